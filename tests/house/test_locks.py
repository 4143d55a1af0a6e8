"""Both lock files agree, carry hashes and name no place to fetch from."""

import re

import pytest

from tests.architecture.findings import ROOT

pytestmark = pytest.mark.once


def pins(name: str) -> dict[str, str]:
    """Read each pinned library with its hashes."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line.partition(" # ")[0] for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split()[0]: " ".join(sorted(re.findall(r"sha256:[0-9a-f]{64}", line))) for line in lines}


def test_what_runs_is_what_was_tested() -> None:
    run, everything = pins("requirements-run.txt"), pins("requirements.txt")
    assert len(run) > 20
    assert run.items() <= everything.items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-run.txt"])
def test_every_library_is_held_by_hashes(name: str) -> None:
    assert [library for library, hashes in pins(name).items() if "==" not in library or not hashes] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-run.txt", "requirements.in", "requirements-run.in"])
def test_no_lock_names_a_place_to_fetch_from(name: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", (ROOT / name).read_text())
