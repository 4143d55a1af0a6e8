"""The procedure form on screen and as PDF: what is on it for whom, in which language, and what is recorded of it."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.models import ApprovedForm, AuditEntry, Event, ServiceRequest
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast, login_of
from tests.complaint_cases import AMONG_COLLEAGUES, FOR_EVERY_READER, told_complaint
from tests.factories import ServiceRequestFactory, concern
from tests.record_files import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(cast: Cast, now: datetime) -> ServiceRequest:
    return told_complaint(cast, now=now)


def get(employee: Any, found: ServiceRequest, name: str = "form/", **asked: str) -> Any:
    client = Client()
    client.force_login(login_of(employee))
    return client.get(f"/requests/{found.number}/{name}", asked)


def told(answer: Any) -> str:
    """Give the text of a page or of a PDF, in one line."""
    is_pdf = answer.headers["Content-Type"] == "application/pdf"
    return " ".join((words_in(answer.content) if is_pdf else answer.content.decode()).split())


@pytest.mark.parametrize("name", ["form/", "form.pdf"])
def test_a_reader_from_inside_finds_everything_on_it(cast: Cast, complaint: ServiceRequest, name: str) -> None:
    text = told(get(cast.hana, complaint, name))
    assert {word for word in (*FOR_EVERY_READER, *AMONG_COLLEAGUES) if word not in text} == set()
    assert complaint.number in text
    assert "Stand-in form" in text
    assert "Signatures" in text
    assert "wanted" in text  # the interpreter
    assert "Level 1: supervisor, to Sam Supervisor" in text
    assert "Level 2: department head, to Public Works" in text


@pytest.mark.parametrize("name", ["form/", "form.pdf"])
def test_the_front_desk_finds_no_note_no_name_and_no_finding(cast: Cast, complaint: ServiceRequest, name: str) -> None:
    text = told(get(cast.fay, complaint, name))
    assert {word for word in FOR_EVERY_READER if word not in text} == set()
    assert {word for word in AMONG_COLLEAGUES if word in text} == set()


@pytest.mark.parametrize("name", ["form/", "form.pdf"])
def test_whom_it_is_about_never_gets_it_whatever_the_roles(cast: Cast, complaint: ServiceRequest, name: str) -> None:
    concern(complaint, cast.hana)
    concern(complaint, cast.max)
    for person in (cast.charlie, cast.hana, cast.max):
        answer = get(person, complaint, name)
        assert answer.status_code == 404
        assert b"canary" not in answer.content


def test_the_auditor_and_the_administrator_do_not_get_it(cast: Cast, complaint: ServiceRequest) -> None:
    assert [get(who, complaint).status_code for who in (cast.otto, cast.ada)] == [403, 404]


@pytest.mark.parametrize("name", ["form/", "form.pdf"])
def test_of_a_restricted_request_it_is_audited_as_an_export(cast: Cast, now: datetime, name: str) -> None:
    found = told_complaint(cast, now=now, confidentiality="confidential")
    assert get(cast.hana, found, name).status_code == 200
    entries = AuditEntry.objects.filter(actor=cast.hana).order_by("pk")
    acts = [entry.action for entry in entries if "xport" in entry.action]
    assert acts == ["restricted_exported", "exported"]
    assert entries.filter(action="restricted_exported", object_id=found.pk).count() == 1


def test_a_look_at_an_ordinary_one_leaves_no_trace_a_file_does(cast: Cast, complaint: ServiceRequest) -> None:
    get(cast.alice, complaint)
    assert not AuditEntry.objects.filter(action="exported").exists()
    get(cast.alice, complaint, "form.pdf")
    assert AuditEntry.objects.filter(action="exported", actor=cast.alice).count() == 1


def test_the_file_is_kept_by_no_cache_and_run_by_no_browser(cast: Cast, complaint: ServiceRequest) -> None:
    headers = get(cast.alice, complaint, "form.pdf", language="es").headers
    assert headers["Content-Security-Policy"] == FILE_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Content-Disposition"] == f'attachment; filename="form-{complaint.number}-es.pdf"'


def test_in_spanish_labels_are_spanish_and_what_people_wrote_stays(cast: Cast, complaint: ServiceRequest) -> None:
    text = told(get(cast.hana, complaint, language="es"))
    for word in ("Formulario provisional", "Número de seguimiento", "Por qué medio nos llegó", "Fundada", "Firmas"):
        assert word in text, word
    assert 'lang="es"' in text
    assert "canaryhappened" in text
    assert "Stand-in form" in told(get(cast.hana, complaint, language="xx"))


def test_words_that_were_taken_out_are_shown_as_taken_out(cast: Cast, complaint: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=complaint.pk).update(title="Call [redacted: Personal privacy] back")
    page = get(cast.hana, complaint).content.decode()
    assert '<span class="redacted">[redacted: Personal privacy]</span>' in page
    assert "[redacted: Personal privacy]" in told(get(cast.hana, complaint, "form.pdf"))


def test_the_citys_own_form_is_named_and_linked(cast: Cast, now: datetime, complaint: ServiceRequest) -> None:
    ApprovedForm.objects.create(
        name="HR form 7", owner=cast.streets, link="https://forms.pinole.example/7", is_procedure_form=True,
        changed_at=now,
    )  # fmt: skip
    text = told(get(cast.hana, complaint))
    assert "The city’s own form is HR form 7" in text
    assert 'href="https://forms.pinole.example/7"' in text
    assert "Stand-in" not in text


def test_a_compliment_and_any_other_request_have_their_form(cast: Cast) -> None:
    for kind in ("compliment", "service", "records"):
        found = ServiceRequestFactory.create(kind=kind, department=cast.streets, title="Thanks to the crew")
        text = told(get(cast.alice, found))
        assert "Thanks to the crew" in text
        assert "Written outcome" not in text


def test_markup_in_what_people_wrote_is_text(cast: Cast, complaint: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=complaint.pk).update(title="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in get(cast.hana, complaint).content.decode()
    assert get(cast.hana, complaint, "form.pdf").status_code == 200


def test_it_asks_as_often_for_a_long_story_as_for_a_short_one(cast: Cast, now: datetime) -> None:
    counts = []
    for number in (3, 30):
        found = told_complaint(cast, now=now)
        Event.objects.bulk_create(
            Event(service_request=found, kind="noted", actor=cast.alice, at=now) for _ in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            get(cast.hana, found)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("language", "said"), [("en", "Stand-in form"), ("es", "Formulario provisional")])
def test_the_blank_form_is_for_everybody(cast: Cast, language: str, said: str) -> None:
    client = Client()
    client.force_login(login_of(cast.charlie))
    page = client.get("/forms/blank/", {"language": language})
    pdf = client.get("/forms/blank.pdf", {"language": language})
    assert said in told(page)
    assert said in told(pdf)
    assert f'filename="form-blank-{language}.pdf"' in pdf.headers["Content-Disposition"]
