"""Both public samples, as they are."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from requests_app.models import AuditEntry, ImportedCase, ResponseClock, ServiceRequest
from tests.imports.conftest import DATA, Import

pytestmark = pytest.mark.django_db

BOSTON = DATA / "boston-311-2015-sample.csv"
SAN_FRANCISCO = DATA / "sf311-cases-sample.csv"


def test_every_row_of_boston_is_loaded(run_import: Import) -> None:
    assert run_import("boston311", BOSTON).startswith("3,000 rows: 3,000 created, 0 updated, 0 unchanged, 0 rejected;")
    assert ServiceRequest.objects.filter(status="closed").count() == 2578
    assert ServiceRequest.objects.filter(status="open").count() == 422
    plain = ServiceRequest.objects.filter(
        is_imported=True, no_reply="imported", department=None, category=None, owner=None
    )
    assert plain.count() == 3000
    assert not ResponseClock.objects.exists()
    with BOSTON.open(encoding="utf-8") as stream:
        targets = sum(1 for row in csv.DictReader(stream) if row["TARGET_DT"])
    assert ImportedCase.objects.filter(imported_due_at__isnull=False).count() == targets
    assert not ServiceRequest.objects.filter(answer_by_at__isnull=False).exists()


def test_a_row_of_boston_means_what_it_says(run_import: Import) -> None:
    run_import("boston311", BOSTON)
    case = ImportedCase.objects.select_related("service_request").get(source_case_id="101001544601")
    service_request = case.service_request
    assert case.source == "boston311"
    assert service_request.received_at == datetime(2015, 8, 31, 4, 48, tzinfo=UTC)
    assert service_request.closed_at == datetime(2015, 8, 31, 11, 27, 31, tzinfo=UTC)
    assert case.imported_due_at == datetime(2015, 9, 1, 12, 30, tzinfo=UTC)
    assert (service_request.title, service_request.channel) == ("Tree Emergencies", "phone")
    assert service_request.outcome_note == "Case Closed Case Resolved"
    assert service_request.place == "27 Ashmont St Dorchester MA 02124"
    assert case.category_text == "Trees: Tree Emergencies"
    assert case.agency == "Parks & Recreation Department: PARK"
    assert (case.channel_text, case.status_text) == ("Constituent Call", "Closed")
    assert (str(case.latitude), str(case.longitude)) == ("42.285000", "-71.068900")
    assert "tree emergencies" in service_request.search_text
    assert "101001544601" in service_request.search_text


def test_san_francisco_loses_only_the_rows_closed_before_they_were_opened(run_import: Import, tmp_path: Path) -> None:
    said = run_import("sf311", SAN_FRANCISCO, "America/Los_Angeles")
    assert said.startswith("3,000 rows: 2,844 created, 0 updated, 0 unchanged, 156 rejected (see ")
    with (tmp_path / "rejects.csv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["line", "reason", "row"]
    assert Counter(row[1] for row in rows[1:]) == {"closed before opened": 156}
    lines = SAN_FRANCISCO.read_text(encoding="utf-8").splitlines()
    for line, _, case_id, *_cells in rows[1:]:
        assert lines[int(line) - 1].startswith(f"{case_id},")
    assert set(ServiceRequest.objects.values_list("channel", flat=True)) == {"phone", "open311", "web", "social"}


@pytest.mark.parametrize(("source", "path"), [("boston311", BOSTON), ("sf311", SAN_FRANCISCO)])
def test_the_same_file_twice_changes_nothing(run_import: Import, source: str, path: Path) -> None:
    run_import(source, path)
    tables = (ServiceRequest, ImportedCase, AuditEntry)
    before = [list(table._default_manager.order_by("pk").values()) for table in tables]
    again = run_import(source, path)
    assert " 0 created, 0 updated, " in again
    assert [list(table._default_manager.order_by("pk").values()) for table in tables] == before
