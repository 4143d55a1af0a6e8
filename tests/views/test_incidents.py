"""Incidents: known on the log form, reports linked with one tick, all answered in one act, each by itself."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.vocabulary import AnswerKind, Channel, Disposition, Status, Verdict
from requests_app.models import (
    AuditEntry,
    Event,
    Incident,
    IncidentReport,
    Interaction,
    Notice,
    OutgoingMail,
    ResponseClock,
    ServiceRequest,
)
from requests_app.services.receipts import forget_receipt_addresses
from requests_app.services.undelivered import tell_of_undelivered
from tests.cast import Cast
from tests.factories import NOW, ContactPointFactory, CustomerFactory, ServiceRequestFactory, concern, start_clock_row
from tests.views.log_form import LOG, as_, text_of, typed

ANSWER = {"text": "Power is back.", "text_es": "La luz ha vuelto.", "disposition": "done"}


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def outage(cast: Cast) -> Incident:
    return Incident.objects.create(
        key=uuid4(), title="Power out", place="Pear Street", expected_on=date(2026, 11, 25), text="Back by Wednesday.",
        text_es="Vuelve el miércoles.", opened_at=NOW, opened_by=cast.fay,
    )  # fmt: skip


def report(cast: Cast, outage: Incident, *, email: str = "", **facts: Any) -> ServiceRequest:
    customer = CustomerFactory.create()
    if email:
        ContactPointFactory.create(customer=customer, value=email, as_typed=email)
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, customer=customer, **facts)
    start_clock_row(found, due_at=NOW)
    IncidentReport.objects.create(incident=outage, service_request=found, linked_at=NOW)
    return found


def test_eighty_reports_are_answered_in_one_act_each_in_its_language(cast: Cast, outage: Incident) -> None:
    for number in range(80):
        language = "es" if number % 4 == 0 else "en"
        report(cast, outage, email=f"r{number}@mail.example" if number % 2 else "", language=language)
    fay, page = as_(cast.fay), outage.get_absolute_url()

    shown = fay.post(f"{page}answer/", {**ANSWER, "told_by": "phone"}, follow=True)

    assert "80 reports answered, 40 by e-mail." in text_of(shown)
    assert set(ResponseClock.objects.values_list("verdict", flat=True)) == {Verdict.MET}
    ended = set(ServiceRequest.objects.values_list("status", "disposition", "merged_into"))
    assert ended == {(Status.CLOSED, Disposition.DONE, None)}
    told = Interaction.objects.filter(answer=AnswerKind.FULL)
    assert told.count() == 80
    assert told.filter(service_request__language="es", text=ANSWER["text_es"]).count() == 20
    assert (told.filter(channel=Channel.EMAIL).count(), told.filter(channel=Channel.PHONE).count()) == (40, 40)
    assert {mail.body.splitlines()[0] for mail in OutgoingMail.objects.all()} == {ANSWER["text"]}
    assert AuditEntry.objects.get(action="incident_answered").count == 80

    again = fay.post(f"{page}answer/", {**ANSWER, "told_by": "phone"}, follow=True)

    assert "Nothing was left to answer" in text_of(again)
    assert told.count() == 80
    assert OutgoingMail.objects.count() == 40


def test_what_cannot_be_answered_so_is_told_and_stays(cast: Cast, outage: Incident) -> None:
    mailed = report(cast, outage, email="one@mail.example")
    uncalled = report(cast, outage)
    complaint = report(cast, outage, email="two@mail.example", kind="complaint")
    report(cast, outage, status=Status.CLOSED, closed_at=NOW, disposition=Disposition.DONE)
    hidden = report(cast, outage, email="three@mail.example", confidentiality="confidential")
    about = report(cast, outage, email="four@mail.example")
    concern(about, cast.sam)
    sam, page = as_(cast.sam), outage.get_absolute_url()
    assert about.number not in text_of(sam.get(page))

    said = text_of(sam.post(f"{page}answer/", ANSWER, follow=True))

    assert "1 report answered, 1 by e-mail." in said
    assert "1 not answered: No e-mail address" in said
    assert "2 not answered: Confidential matters, complaints" in said
    for found, is_open in ((mailed, False), (uncalled, True), (complaint, True), (hidden, True), (about, True)):
        found.refresh_from_db()
        assert (found.closed_at is None) is is_open
    sam.post(f"{page}answer/", {**ANSWER, "told_by": "phone", "disposition": ""})
    uncalled.refresh_from_db()
    assert uncalled.status == Status.OPEN
    assert uncalled.clocks.get().verdict == Verdict.MET
    forget_receipt_addresses(mailed)
    assert not OutgoingMail.objects.filter(to_address="one@mail.example").exists()


def test_an_answer_that_did_not_arrive_is_told_to_a_supervisor(cast: Cast, outage: Incident) -> None:
    """The clock was stopped when it left, so somebody must know that nobody read it."""
    found = report(cast, outage, email="one@mail.example")
    as_(cast.fay).post(f"{outage.get_absolute_url()}answer/", ANSWER)
    mail = OutgoingMail.objects.get()
    mail.last_error = "SMTPRecipientsRefused: no such mailbox"

    assert tell_of_undelivered(mail, at=NOW) == 1
    told = Notice.objects.get(kind=Notice.Kind.UNDELIVERED)
    assert (told.recipient, told.service_request) == (cast.sam, found)


def test_the_log_form_tells_what_is_known_and_links_with_one_tick(cast: Cast, outage: Incident) -> None:
    fay = as_(cast.fay)
    shown = text_of(fay.get(LOG))
    assert "expected Wed 25 Nov" in shown
    done = fay.post(LOG, typed(who="Rosa, 510 555 0144", language="es", incident=outage.pk), follow=True)
    found = ServiceRequest.objects.get()
    assert IncidentReport.objects.get(service_request=found).incident == outage
    assert found.clocks.get().verdict == Verdict.OPEN
    assert done.context["read_backs"][0][1][-1] == "Vuelve el miércoles."
    assert Event.objects.get(kind="incident_linked").text == "Power out"
    fay.post(f"{outage.get_absolute_url()}end/")
    assert "Pear Street" not in text_of(fay.get(LOG))
    fay.post(LOG, typed(incident=outage.pk))  # of a page that was open meanwhile
    assert IncidentReport.objects.count() == 1


def test_open_requests_are_linked_from_page_and_list_and_taken_off_again(cast: Cast, outage: Incident) -> None:
    one, two, complaint = (
        ServiceRequestFactory.create(department=cast.streets, owner=owner, kind=kind)
        for owner, kind in ((cast.alice, "service"), (None, "service"), (None, "complaint"))
    )
    alice, page = as_(cast.alice), outage.get_absolute_url()
    assert "Link to an incident" in text_of(alice.get("/queue/"))
    alice.post(f"{one.get_absolute_url()}incident/", {"incident": outage.pk})
    picked = {"picked": [one.number, two.number, complaint.number], "incident": outage.pk, "asked": "1"}
    said = text_of(alice.post("/requests/bulk/incident/", picked, follow=True))
    assert "2 linked to the incident." in said
    assert "1 refused: Confidential matters, complaints" in said
    assert Event.objects.filter(kind="incident_linked").count() == 2  # linked twice, it stays linked once
    assert "Power out" in text_of(alice.get(one.get_absolute_url()))
    for _click in range(2):
        alice.post(f"{page}unlink/", {"number": one.number})
    assert [row.service_request for row in IncidentReport.objects.all()] == [two]
    assert as_(cast.charlie).post(f"{page}unlink/", {"number": two.number}).status_code == 404


def test_an_incident_is_opened_once_and_a_second_editor_is_told(cast: Cast) -> None:
    fay, form = as_(cast.fay), {"key": str(uuid4()), "title": "Water main", "text": "Soon.", "text_es": "Pronto."}
    for _click in range(2):
        fay.post("/incidents/new/", form)
    found = Incident.objects.get()
    edit = f"{found.get_absolute_url()}edit/"
    seen = fay.get(edit).context["mark"]
    assert fay.post(edit, {**form, "expected_on": "2026-11-25", "seen": seen}).status_code == 302
    assert as_(cast.sam).post(edit, {**form, "title": "Main", "seen": seen}).status_code == 409
    assert as_(cast.alice).post(edit, form).status_code == 403
    assert AuditEntry.objects.filter(action__startswith="incident_").count() == 2


def test_the_page_asks_no_more_for_thirty_reports_than_for_three(cast: Cast, outage: Incident) -> None:
    fay, asked = as_(cast.fay), []
    for more in (3, 27):
        for _number in range(more):
            report(cast, outage)
        with CaptureQueriesContext(connection) as queries:
            fay.get(outage.get_absolute_url())
        asked.append(len(queries))
    assert asked[0] == asked[1]
