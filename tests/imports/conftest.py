"""Run the import as a person would: a file, a format, a zone."""

from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.findings import ROOT

DATA = ROOT / "tests" / "data"
Import = Callable[..., str]


@pytest.fixture
def run_import(tmp_path: Path) -> Import:
    """Give a function that imports and returns what was said at the end; rejects go to rejects.csv in tmp_path."""

    def run(source: str, path: Path, zone: str = "America/New_York", options: Sequence[str] = ()) -> str:
        said = StringIO()
        rejects = ["--rejects", str(tmp_path / "rejects.csv")]
        call_command(
            "import_requests", str(path), "--format", source, "--time-zone", zone, *rejects, *options,
            stdout=said, stderr=StringIO(),
        )  # fmt: skip
        return said.getvalue()

    return run
