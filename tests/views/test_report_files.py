"""Files of the compliance report: who has them made, what is in them, who fetches them, when they go."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
import time_machine
from django.test import Client

from requests_app.domain.vocabulary import Confidentiality, Role, Verdict
from requests_app.models import AuditEntry, BackgroundJob, Department, Employee, ReportFile, RoleAssignment
from requests_app.services.jobs import run_next_jobs
from requests_app.services.report_files import remove_old_report_files
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast, login_of
from tests.clock_histories import write_history
from tests.factories import NOW, ServiceRequestFactory
from tests.record_files import words_in

HOUR = timedelta(hours=1)
LIST = "/compliance/files/"
OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def october(cast: Cast) -> Cast:
    """Six kept answers, one late, one of a confidential matter; a title a spreadsheet would run."""
    for verdict in (*[Verdict.MET] * 6, Verdict.LATE):
        _answered(cast, verdict=verdict)
    _answered(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    return cast


def _answered(cast: Cast, *, verdict: Verdict = Verdict.MET, **facts: object) -> None:
    start = datetime(2026, 10, 6, 17, tzinfo=UTC)
    row = ServiceRequestFactory.create(department=cast.streets, received_at=start, title='=cmd|"/c calc"!A1', **facts)
    ending = {"verdict": verdict.value, "met_at": start + 2 * HOUR, "business_minutes": 90}
    due_at = start + (HOUR if verdict is Verdict.LATE else 5 * HOUR)
    write_history(row, (start, {"due_at": due_at}), (start + 3 * HOUR, ending))


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def ask(client: Client, file_format: str, **filters: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in {**OCTOBER, **filters}.items())
    return client.post(f"{LIST}?{query}", {"format": file_format, "submission_key": str(uuid4())})


def made(employee: Employee, file_format: str, **filters: str) -> bytes:
    client = as_(employee)
    page = ask(client, file_format, **filters).url
    run_next_jobs(clock=lambda: NOW)
    answer = client.get(f"{page}fetch/")
    assert answer.status_code == 200, client.get(page).content.decode()
    return bytes(answer.content)


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    assert all(page.freeze_panes == "A2" for page in book)
    assert not [cell for page in book for row in page for cell in row if cell.data_type == "f"]
    return {page.title: list(page.values) for page in book}


def test_a_pdf_is_asked_for_on_the_page_made_in_the_background_and_fetched(october: Cast) -> None:
    client = as_(october.hana)
    form = client.get("/compliance/", OCTOBER).content.decode().partition(f'action="{LIST}?from=2026-10-01')[2]
    assert 'name="csrfmiddlewaretoken"' in form.partition("</form>")[0]

    sent = ask(client, "pdf", department=october.streets.slug)

    file = ReportFile.objects.get()
    assert (sent.status_code, sent.url) == (302, file.get_absolute_url())
    assert file.asked == {"from": "2026-10-01", "to": "2026-10-31", "department": october.streets.slug}
    waiting = client.get(sent.url).content.decode()
    assert "Being made" in waiting
    assert "every 3s" in waiting
    assert client.get(f"{sent.url}fetch/").status_code == 404
    run_next_jobs(clock=lambda: NOW)
    ready = client.get(sent.url).content.decode()
    assert "Ready" in ready
    assert "every 3s" not in ready
    answer = client.get(f"{sent.url}fetch/")
    assert answer["Content-Disposition"] == 'attachment; filename="compliance-2026-10-01-to-2026-10-31.pdf"'
    assert answer["Content-Security-Policy"] == FILE_POLICY
    assert [entry.action for entry in AuditEntry.objects.filter(action__in=["exported", "report_fetched"])] == [
        "exported",
        "report_fetched",
    ]


def test_the_pdf_says_of_what_as_of_when_and_what_it_is_not_and_is_tagged(october: Cast, tmp_path: Any) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made(october.hana, "pdf"))
    text = " ".join(words_in(path.read_bytes()).split())
    for words in (
        "Compliance, October 2026", "Of logged contacts", "Generated 2026-11-23", "Data as of 2026-11-23",
        "Not by itself a finding of non-compliance.", "87.5 %", "n = 8: 7 kept, 1 late, 0 overdue", "Page 1 of ",
        "How it is counted", "On time by month", "Department by department",
    ):  # fmt: skip
        assert words in text, words
    said = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", said)
    assert re.search(r"Title:\s+Compliance, October 2026", said)
    tree = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Figure" in tree


def test_the_workbook_has_typed_cells_a_frozen_heading_and_no_formula(october: Cast) -> None:
    Department.objects.filter(pk=october.streets.pk).update(name="Parks & Lights")
    sheets = sheets_of(made(october.hana, "xlsx", department=october.streets.slug))
    heading, *clocks = sheets["Clocks"]
    started, answered, minutes = (heading.index(name) for name in ("Started", "Answered", "Business minutes"))
    assert len(clocks) == 8
    assert {row[started] for row in clocks} == {datetime(2026, 10, 6, 10)}
    assert {row[answered] for row in clocks} == {datetime(2026, 10, 6, 12)}
    assert {row[minutes] for row in clocks} == {90}
    heading, *figures = sheets["Figures"]
    row = dict(zip(heading, figures[0], strict=True))
    assert (row["month"], row["met"], row["late"], row["waited n"]) == (datetime(2026, 10, 1), 7, 1, 8)
    assert row["on time rate"] == pytest.approx(7 / 8)
    assert not [cell for rows in sheets.values() for row in rows for cell in row if "calc" in str(cell)]
    about = dict(row[:2] for row in sheets["About"])
    assert "Parks & Lights" in about["Of what"]
    assert about["Data as of"].date() == date(2026, 11, 23)
    assert "Not by itself a finding" in about["Please note"]


def test_each_gets_what_they_may_see_and_confidential_rows_are_told_in_the_trail(october: Cast) -> None:
    found = {
        name: len(sheets_of(made(getattr(october, name), "xlsx"))["Clocks"]) - 1 for name in ("otto", "hana", "max")
    }
    assert found == {"otto": 7, "hana": 8, "max": 8}
    assert AuditEntry.objects.filter(action="restricted_exported").count() == 2


def test_a_file_is_nobody_elses(october: Cast) -> None:
    page = ask(as_(october.hana), "pdf").url
    run_next_jobs(clock=lambda: NOW)
    for who, status in ((october.max, 404), (october.otto, 404), (october.alice, 403), (october.ada, 403)):
        assert as_(who).get(page).status_code == status
        assert as_(who).get(f"{page}fetch/").status_code == status
        assert page not in as_(who).get(LIST).content.decode()
    assert page in as_(october.hana).get(LIST).content.decode()


def test_a_file_is_gone_once_its_asker_may_see_less(october: Cast) -> None:
    made(october.hana, "xlsx")
    page = ReportFile.objects.get().get_absolute_url()
    RoleAssignment.objects.filter(employee=october.hana).update(role=Role.SUPERVISOR, department=october.streets)
    client = as_(october.hana)
    assert client.get(page).status_code == client.get(f"{page}fetch/").status_code == 404
    assert page not in client.get(LIST).content.decode()
    made(october.hana, "xlsx")
    assert ReportFile.objects.latest("pk").get_absolute_url() in client.get(LIST).content.decode()


def test_a_double_click_asks_once_and_a_format_there_is_not_is_refused(october: Cast) -> None:
    client, form = as_(october.hana), {"format": "pdf", "submission_key": str(uuid4())}
    first, second = (client.post(LIST, form)["Location"] for _ in range(2))
    assert first == second
    assert client.post(LIST, {**form, "format": "xlsx"})["Location"] != first, "the other button of the same form"
    assert set(ReportFile.objects.values_list("format", flat=True)) == {"pdf", "xlsx"}
    assert (ReportFile.objects.count(), BackgroundJob.objects.filter(kind="report_file").count()) == (2, 2)
    assert client.post(LIST, {"format": "exe"}).status_code == 422


def test_whoever_reads_no_reports_any_more_gets_no_file(october: Cast) -> None:
    page = ask(as_(october.hana), "pdf").url
    RoleAssignment.objects.filter(employee=october.hana).delete()
    run_next_jobs(clock=lambda: NOW)
    file = ReportFile.objects.get()
    assert not file.is_kept
    assert file.job is not None
    assert file.job.status == "failed"
    assert as_(october.hana).get(page).status_code == 403


def test_files_go_after_some_days_and_their_rows_stay(october: Cast) -> None:
    client = as_(october.hana)
    page = ask(client, "xlsx").url
    run_next_jobs(clock=lambda: NOW)
    assert remove_old_report_files(now=NOW + timedelta(days=6)) == 0
    assert remove_old_report_files(now=NOW + timedelta(days=7)) == 1
    assert remove_old_report_files(now=NOW + timedelta(days=8)) == 0
    assert client.get(f"{page}fetch/").status_code == 404
    assert "No longer kept" in client.get(page).content.decode()
    assert AuditEntry.objects.get(action="report_files_removed").count == 1
