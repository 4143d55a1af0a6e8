from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requests_app.models import AuditEntry, Employee, RosterUpload
from tests.cast import Cast


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_people", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(
        "name,e-mail,title,department,roles\nNeo,neo@pinole.example,Clerk,finance,staff\n"
        "Bob Teammate,bob@pinole.example,Foreman,,\nMax,max@pinole.example,,Atlantis,\n",
        encoding="utf-8",
    )
    return path


def test_without_apply_nothing_is_written(cast: Cast, file: Path) -> None:
    text = run(file)
    assert "line 2: new: Neo; role Staff, Finance" in text
    assert "line 3: Bob Teammate: title: Foreman" in text
    assert "line 4: no department is called Atlantis" in text
    assert "1 new, 1 changed, 0 unchanged, 1 cannot be used." in text
    assert not Employee.objects.filter(name="Neo").exists()
    assert not RosterUpload.objects.exists()


def test_with_apply_it_is_done_once_with_evidence(cast: Cast, file: Path) -> None:
    assert "1 added, 1 changed." in run(file, "--apply")
    assert "0 added, 0 changed." in run(file, "--apply")
    assert Employee.objects.get(name="Neo").role_assignments.get().role == "staff"
    assert AuditEntry.objects.filter(action="employee_added").count() == 1


def test_a_file_that_is_none_ends_with_one_line(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nowhere.csv")
    (tmp_path / "bad.csv").write_bytes(b"\x00")
    with pytest.raises(CommandError, match="no CSV file"):
        run(tmp_path / "bad.csv")
