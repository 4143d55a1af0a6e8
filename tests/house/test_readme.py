"""Every setting is in the README, and the README names no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.findings import ROOT

READERS = [*sorted((ROOT / "pinole_service").glob("*.py")), ROOT / "requests_app/management/commands/run_local.py"]


def variables_read(path: Path) -> Iterator[str]:
    """Find `env.str("X")`, `env("X")` and `os.environ.get("X")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            reader = ast.unparse(node.func)
            if reader == "env" or reader.startswith(("env.", "os.environ.get")):
                yield str(node.args[0].value)


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    read = {name for path in READERS for name in variables_read(path) if re.fullmatch("[A-Z_]+", name)}
    section = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)`", section, re.MULTILINE))
    assert len(read) > 15
    assert documented == read


def test_the_environment_is_read_in_these_places_only() -> None:
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "requests_app").rglob("*.py")
        if path not in READERS and re.search(r"os\.(environ|getenv)", path.read_text())
    ]
    assert elsewhere == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
