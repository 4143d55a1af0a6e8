"""What the import makes of files, good and bad."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError
from django.db import IntegrityError

from requests_app.models import ImportedCase, ServiceRequest
from requests_app.services.import_files import read_file
from requests_app.services.imports import import_cases
from tests.imports.conftest import DATA, Import

pytestmark = pytest.mark.django_db

OLD_BOSTON = (
    "CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,OnTime_Status,CASE_STATUS,CLOSURE_REASON,CASE_TITLE,REASON,TYPE"
)
NEW_BOSTON = (
    "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,closure_reason,case_title,reason,type,source,_id"
)


def _write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _rejects(tmp_path: Path) -> list[tuple[int, str]]:
    with (tmp_path / "rejects.csv").open(encoding="utf-8") as stream:
        return [(int(line), reason) for line, reason, *_ in list(csv.reader(stream))[1:]]


def _row(case_id: str, opened: str = "2016-01-01 00:13:00", closed: str = "", title: str = "Lamp") -> str:
    return f"{case_id},{opened},,{closed},ONTIME,Open,,{title},Street Lights,Outage,Self Service,1"


def test_both_generations_of_boston_headers_give_the_same_case(run_import: Import, tmp_path: Path) -> None:
    old = _write(
        tmp_path / "old.csv",
        OLD_BOSTON,
        "7,01/01/2016 12:13:00 AM,01/05/2016 05:00:00 PM,,ONTIME,Open,,Lamp,Street Lights,Outage",
    )
    new = _write(
        tmp_path / "new.csv",
        NEW_BOSTON,
        "7,2016-01-01 00:13:00,2016-01-05 17:00:00,,ONTIME,Open,,Lamp,Street Lights,Outage,,1",
    )
    assert " 1 created" in run_import("boston311", old)
    assert " 1 unchanged" in run_import("boston311", new)
    case = ImportedCase.objects.get()
    assert case.service_request.received_at == datetime(2016, 1, 1, 5, 13, tzinfo=UTC)
    assert case.imported_due_at == datetime(2016, 1, 5, 22, 0, tzinfo=UTC)


def test_a_changed_row_updates_its_request_and_nothing_else(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    run_import("boston311", _write(path, NEW_BOSTON, _row("1"), _row("2")))
    numbers = dict(ImportedCase.objects.values_list("source_case_id", "service_request__number"))
    said = run_import("boston311", _write(path, NEW_BOSTON, _row("1", closed="2016-01-02 08:00:00"), _row("2")))
    assert " 0 created, 1 updated, 1 unchanged, 0 rejected" in said
    closed = ServiceRequest.objects.get(imported_case__source_case_id="1")
    assert (closed.status, closed.disposition, closed.number) == ("closed", "done", numbers["1"])
    assert closed.closed_at == datetime(2016, 1, 2, 13, 0, tzinfo=UTC)
    said = run_import("boston311", _write(path, NEW_BOSTON, _row("1"), _row("2")))
    reopened = ServiceRequest.objects.get(imported_case__source_case_id="1")
    assert (reopened.status, reopened.disposition) == ("open", "")
    assert reopened.closed_at is None


def test_an_id_that_comes_twice_in_one_file_keeps_its_last_row(run_import: Import, tmp_path: Path) -> None:
    path = _write(tmp_path / "b.csv", NEW_BOSTON, _row("1", title="First"), _row("2"), _row("1", title="Last"))
    assert " 2 created, 1 updated" in run_import("boston311", path)
    assert ServiceRequest.objects.get(imported_case__source_case_id="1").title == "Last"


def test_ids_are_unique_for_each_source_only(run_import: Import, tmp_path: Path) -> None:
    run_import("boston311", _write(tmp_path / "b.csv", NEW_BOSTON, _row("1")))
    run_import(
        "sf311",
        _write(tmp_path / "s.csv", "CaseID,Opened,Closed,Status,Category", "1,07/01/2014 09:40:39 AM,,Open,Trees"),
    )
    assert sorted(ImportedCase.objects.values_list("source", "source_case_id")) == [("boston311", "1"), ("sf311", "1")]


def test_bad_rows_are_left_out_with_line_and_reason(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    rows = [
        NEW_BOSTON, _row("1"), _row(""), _row("3", opened="soon"), _row("4", opened=""),
        _row("5", closed="2015-12-31 23:00:00"), "6,2016-01-01 00:13:00", _row("7", opened="2016-03-13 02:30:00"),
        "", _row("8\0"), _row("9", title='"two\nlines"'), _row("10", title='"a,""b"""'), _row("11") + ",surplus",
        _row("x" * 61),
    ]  # fmt: skip
    path.write_bytes("\n".join(rows).encode() + b"\n" + _row("14").encode().replace(b"Lamp", b"L\xe4mp") + b"\n")
    said = run_import("boston311", path)
    assert " 3 created, 0 updated, 0 unchanged, 10 rejected" in said
    assert _rejects(tmp_path) == [
        (3, "no id"),
        (4, "unreadable date in open_dt: 'soon'"),
        (5, "no date in open_dt"),
        (6, "closed before opened"),
        (7, "too few columns: 2 of 12"),
        (8, "local time left out by a clock change in open_dt: '2016-03-13 02:30:00'"),
        (10, "NUL byte"),
        (14, "too many columns: 13 instead of 12"),
        (15, "id longer than 60 characters"),
        (16, "not UTF-8"),
    ]
    assert set(ImportedCase.objects.values_list("source_case_id", flat=True)) == {"1", "9", "10"}


def test_a_repaired_file_clears_the_reject_file(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    run_import("boston311", _write(path, NEW_BOSTON, _row("")))
    assert len(_rejects(tmp_path)) == 1
    run_import("boston311", _write(path, NEW_BOSTON, _row("1")))
    assert _rejects(tmp_path) == []


def test_batches_and_byte_order_marks_change_nothing(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("\n".join([NEW_BOSTON, *(_row(str(number)) for number in range(7))]), encoding="utf-8-sig")
    assert " 7 created" in run_import("boston311", path, options=["--batch", "2"])
    assert " 7 unchanged" in run_import("boston311", path)


def test_new_york_in_both_spellings_of_its_header(run_import: Import, tmp_path: Path) -> None:
    path = DATA / "nyc311-invented.csv"
    assert " 4 created, 0 updated, 0 unchanged, 5 rejected" in run_import("nyc311", path)
    assert [line for line, _ in _rejects(tmp_path)] == [4, 6, 7, 8, 9]
    case = ImportedCase.objects.select_related("service_request").get(source_case_id="90000001")
    assert case.service_request.title == "Street Condition: Pothole"
    assert case.imported_due_at == datetime(2019, 1, 11, 14, 15, tzinfo=UTC)
    assert str(case.latitude) == "40.712346"
    fold = ServiceRequest.objects.get(imported_case__source_case_id="90000004")
    assert fold.received_at == datetime(2019, 11, 3, 5, 30, tzinfo=UTC)
    assert ServiceRequest.objects.get(imported_case__source_case_id="90000009").place == (
        "9 INVENTED ROAD APARTMENT UNKNOWN: QUEENS"
    )
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    lower = tmp_path / "lower.csv"
    lower.write_text(header.lower().replace(" ", "_") + "\n" + rest, encoding="utf-8")
    assert " 4 unchanged, 5 rejected" in run_import("nyc311", lower)


def test_open311_offsets_win_over_the_zone(run_import: Import, tmp_path: Path) -> None:
    said = run_import("open311", DATA / "open311-invented.json", "America/Los_Angeles")
    assert " 2 created, 0 updated, 0 unchanged, 5 rejected" in said
    assert [reason for _, reason in _rejects(tmp_path)] == [
        "local time left out by a clock change in requested_datetime: '2026-03-08T02:30:00'",
        "NUL byte",
        "not UTF-8",
        "no id",
        "not an object",
    ]
    assert [line for line, _ in _rejects(tmp_path)] == [25, 26, 27, 28, 29]
    closed = ServiceRequest.objects.get(imported_case__source_case_id="638344")
    assert closed.received_at == datetime(2026, 3, 8, 6, 30, tzinfo=UTC)
    assert closed.closed_at == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    assert (closed.channel, closed.outcome_note) == ("open311", "Lamp replaced.")
    assert closed.imported_case.imported_due_at == datetime(2026, 3, 13, 0, 0, tzinfo=UTC)
    local = ServiceRequest.objects.get(imported_case__source_case_id="638345")
    assert local.received_at == datetime(2026, 3, 8, 10, 30, tzinfo=UTC)


def test_open311_as_one_request_a_line(run_import: Import, tmp_path: Path) -> None:
    items = json.loads((DATA / "open311-invented.json").read_text(encoding="utf-8"))[:2]
    path = _write(tmp_path / "lines.json", *(json.dumps(item) for item in items), "{broken", "")
    assert " 2 created, 0 updated, 0 unchanged, 1 rejected" in run_import("open311", path, "America/Los_Angeles")
    assert _rejects(tmp_path) == [(3, "unreadable JSON")]


def test_open311_cut_off_in_the_middle_keeps_what_came_before(run_import: Import, tmp_path: Path) -> None:
    item = {
        "service_request_id": "1",
        "status": "open",
        "service_name": "Tree",
        "requested_datetime": "2026-03-01T10:00:00Z",
    }
    items = [{**item, "service_request_id": str(number), "description": "x" * 200} for number in range(1000)]
    path = tmp_path / "cut.json"
    path.write_text(json.dumps(items, indent=1)[:-150], encoding="utf-8")
    assert " 999 created, 0 updated, 0 unchanged, 1 rejected" in run_import("open311", path, "UTC")
    assert _rejects(tmp_path) == [(1 + 999 * 7 + 1, "unreadable JSON; nothing after this was read")]


@pytest.mark.parametrize(
    ("content", "source", "reason"),
    [
        ("", "boston311", "the file is empty"),
        ("a,b\n1,2\n", "sf311", "no column caseid, opened, closed, status, category"),
        ("CaseID,Opened,Status,Category\n", "sf311", "no column closed"),
        ("CaseID\n", "open311", "neither a JSON array"),
        ("", "open311", "neither a JSON array"),
    ],
)
def test_an_unusable_file_is_one_line(
    run_import: Import, tmp_path: Path, content: str, source: str, reason: str
) -> None:
    path = tmp_path / "f"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=reason) as refused:
        run_import(source, path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "zone", "options", "reason"),
    [
        ("none.csv", "UTC", [], "No such file"),
        (".", "UTC", [], "Is a directory"),
        ("b.csv", "Mars/Base", [], "not a known time zone"),
        ("b.csv", "UTC", ["--batch", "0"], "--batch must be at least 1"),
        ("b.csv", "UTC", ["--rejects", "b.csv"], "would be overwritten"),
    ],
)
def test_what_was_asked_wrongly_is_one_line(
    run_import: Import, tmp_path: Path, name: str, zone: str, options: list[str], reason: str
) -> None:
    path = _write(tmp_path / "b.csv", NEW_BOSTON, _row("1"))
    options = [str(path) if option == "b.csv" else option for option in options]
    with pytest.raises(CommandError, match=reason):
        run_import("boston311", tmp_path / name, zone, options)
    assert not ServiceRequest.objects.exists()
    assert path.read_text(encoding="utf-8").startswith(NEW_BOSTON)


def test_a_batch_that_breaks_leaves_the_ones_before_it_and_can_be_run_again(run_import: Import, tmp_path: Path) -> None:
    path = _write(tmp_path / "b.csv", NEW_BOSTON, *(_row(str(number)) for number in range(6)))
    cases = list(read_file(path, format_name="boston311", zone=ZoneInfo("UTC")))
    kept = [entry.case for entry in cases if entry.case]
    import_cases(kept[:2], source="boston311", at=datetime(2026, 11, 23, tzinfo=UTC))
    with pytest.raises(IntegrityError):  # one id twice in a batch, which the command never hands over
        import_cases([kept[2], kept[3], kept[2]], source="boston311", at=datetime(2026, 11, 23, tzinfo=UTC))
    assert ImportedCase.objects.count() == 2
    assert " 4 created, 0 updated, 2 unchanged" in run_import("boston311", path, "UTC")
