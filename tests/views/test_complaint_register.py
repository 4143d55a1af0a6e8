"""The complaint register on screen, in files and for the council: who sees what, and that nobody is in it by name."""

import csv
import io
import re
import subprocess
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from requests_app.models import AuditEntry, ServiceRequest
from tests.cast import Cast, login_of
from tests.complaint_cases import AMONG_COLLEAGUES, counted_complaint, owe, told_complaint
from tests.factories import CustomerFactory
from tests.record_files import every_byte, words_in

pytestmark = pytest.mark.django_db
WHEN = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture(autouse=True)
def complaints(cast: Cast, now: datetime, time_machine: Any) -> list[ServiceRequest]:
    """Nine complaints: one told in full, two late; one title a spreadsheet would run."""
    time_machine.move_to(now, tick=False)
    customer = CustomerFactory.create(name="Namecanary")
    rows = [
        counted_complaint(
            cast, at=now - timedelta(days=2), subject="timeliness", outcome="upheld", customer=customer,
            title='=cmd|"/c calc"!A1',
        )
        for _ in range(8)
    ]  # fmt: skip
    for row in rows:
        owe(row, "complaint_answer", due_at=now, met_at=now - timedelta(hours=1), minutes=540)
    return [*rows, told_complaint(cast, now=now)]


def get(employee: Any, path: str, **asked: str) -> Any:
    client = Client()
    client.force_login(login_of(employee))
    return client.get(f"/complaints/register/{path}", {**WHEN, **asked})


def rows_in(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_human_resources_finds_figures_with_lists_of_as_many_rows(cast: Cast) -> None:
    page = get(cast.hana, "").content.decode()
    assert "Not by itself a finding of non-compliance." in page
    figures = re.findall(r'<a href="/complaints/register/(\w+)/\?([^"]+)">\s*(\d+)\s*</a>', page)
    assert len(figures) > 20
    client = Client()
    client.force_login(login_of(cast.hana))
    for code, query, number in figures:
        listed = client.get(f"/complaints/register/{code}/?{query.replace('&amp;', '&')}").content.decode()
        assert f"{number} row" in " ".join(listed.split()), (code, query)


def test_the_city_manager_and_the_auditor_get_counts_without_lists(cast: Cast) -> None:
    for who in (cast.max, cast.otto):
        page = get(who, "").content.decode()
        assert "Complaint register" in page
        assert "/complaints/register/subject/" not in page
        assert get(who, "subject/").status_code == 403
    assert "Ordinary matters only" in get(cast.otto, "").content.decode()
    assert "council.pdf" not in get(cast.otto, "").content.decode()


@pytest.mark.parametrize("path", ["", "subject/", "council.pdf"])
def test_everybody_else_gets_nothing(cast: Cast, path: str) -> None:
    for who in (cast.alice, cast.sam, cast.dora, cast.fay, cast.ada, cast.charlie, cast.cleo):
        assert get(who, path).status_code == 403


def test_no_name_no_number_and_no_word_of_anybody_is_in_the_figures(
    cast: Cast, complaints: list[ServiceRequest]
) -> None:
    pdf = get(cast.hana, "council.pdf", half="2026-2")
    texts = [get(cast.hana, "").content.decode(), every_byte({"x.pdf": pdf.content})]
    texts += [str(rows_in(get(cast.hana, "", format="csv")))]
    hidden = [*AMONG_COLLEAGUES, "Namecanary", "canary", *(row.number for row in complaints), "=cmd", "Alice Owner"]
    for text in texts:
        assert [word for word in hidden if word in text] == []


def test_the_file_says_what_the_page_says_and_is_recorded(cast: Cast) -> None:
    rows = rows_in(get(cast.hana, "", format="csv"))
    assert ["Complaints", "n", "9"] in rows
    assert ["Subject", "How long it took", "withheld"] in rows
    assert ["Outcome", "Upheld", "9"] in rows
    assert ["Outcome", "No written outcome yet", "0"] in rows
    assert ["Answer, business days", "Median", "1.0"] in rows
    assert AuditEntry.objects.filter(action="exported", actor=cast.hana, object_kind="complaint").count() == 1


def test_a_list_as_a_file_runs_no_formula_and_names_each_restricted_one_in_the_trail(
    cast: Cast, complaints: list[ServiceRequest]
) -> None:
    ServiceRequest.objects.filter(pk=complaints[0].pk).update(confidentiality="confidential")
    rows = rows_in(get(cast.hana, "subject/", cell="timeliness", format="csv"))
    assert len(rows) == 1 + 8
    assert {row[1][:1] for row in rows[1:]} == {"'"}
    assert AuditEntry.objects.filter(action="restricted_exported", object_id=complaints[0].pk).count() == 1
    clocks = rows_in(get(cast.hana, "answer/", cell="met", format="csv"))
    assert [row[4] for row in clocks[1:]] == ["Kept"] * 8


def test_an_address_that_means_nothing_is_left_out_or_not_there(cast: Cast) -> None:
    page = get(cast.hana, "", department="nowhere").content.decode()
    assert "was left out" in page
    assert get(cast.hana, "nothing/").status_code == 404
    assert get(cast.hana, "subject/", cell="a\x00b").status_code == 404
    assert get(cast.hana, "subject/", cell="nothing-like-it", after="xx").status_code == 200
    for half in ("2026-3", "x", "2031-1", "2026-2-1"):
        assert get(cast.hana, "council.pdf", half=half).status_code == 404


def test_the_period_and_the_department_are_in_the_address(cast: Cast) -> None:
    client = Client()
    client.force_login(login_of(cast.hana))
    halves = client.get("/complaints/register/").content.decode()
    assert "July to December 2026" in halves
    finance = client.get("/complaints/register/", {**WHEN, "department": "finance"}).content.decode()
    assert "1 Nov 2026 to 30 Nov 2026 · Finance" in finance
    assert ">none<" in finance


def test_the_report_to_the_council_is_tagged_and_says_what_it_counts(cast: Cast) -> None:
    answer = get(cast.max, "council.pdf", half="2026-2")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="complaints-2026-2.pdf"'
    inside = every_byte({"report.pdf": answer.content})
    for word in ("/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid:part", "/Title"):
        assert word in inside, word
    tags = subprocess.run(
        ["pdfinfo", "-struct", "-"], input=answer.content, capture_output=True, check=True
    ).stdout.decode()
    assert {"H1", "H2", "Table", "TH"} <= set(tags.replace("(", " ").split())
    text = " ".join(words_in(answer.content).split())
    for words in (
        "Complaints, July to December 2026", "Not by itself a finding of non-compliance.", "Generated 2026-11-23 14:10",
        "Page 1 of", "local choice", "Complaint acknowledged", "2 business days", "10 business days", "n = 9", "Upheld",
        "withheld", "How it is counted", "Escalation", "Follow-up", "Median",
    ):  # fmt: skip
        assert words in text, words
    assert AuditEntry.objects.filter(action="exported", actor=cast.max, object_kind="complaint").count() == 1
