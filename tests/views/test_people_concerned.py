"""One person a complaint is about, whatever they are: out of everything at once (DOMAIN 3, DOMAIN 4)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.stages import DEFAULT_LADDER
from requests_app.domain.vocabulary import (
    AnswerKind,
    Channel,
    ComplaintOutcome,
    FairnessKind,
    Involvement,
    RequestKind,
    RootCause,
    Status,
)
from requests_app.forms.confidentiality import ConsultForm
from requests_app.forms.requests import GiveForm
from requests_app.models import Alternate, Complaint, Employee, Notice, OutgoingMail, ResponseClock, ServiceRequest
from requests_app.selectors.departures import Wish, departure_plan
from requests_app.selectors.recipients import Roster, resolve_recipients
from requests_app.selectors.takers import supervisors_of
from requests_app.services.answers import add_note, answer_request
from requests_app.services.assignments import give_request, take_request
from requests_app.services.complaint_decisions import DecisionEntry, decide_complaint
from requests_app.services.complaint_subjects import name_at_intake
from requests_app.services.confidentiality import name_person
from requests_app.services.consultations import ask_colleague
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.entries import AnswerEntry
from requests_app.services.escalations import EscalationEntry, escalate
from requests_app.services.excusals import excuse_clock
from requests_app.services.fairness import FairnessEntry, keep_fair
from requests_app.services.sweeps import fire_due_stages
from requests_app.views.request_verbs import VERBS
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory, start_clock_row
from tests.pages.access import BY_NUMBER, expected, parts_of

pytestmark = pytest.mark.django_db
WHO = ("sam", "dora", "hana", "max", "fay")  # supervisor, head, Human Resources, city manager, whoever logged it
TITLE = "Zanzibar was shouted across the counter"


@pytest.fixture(params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(cast: Cast, who: str) -> Employee:
    found: Employee = getattr(cast, who)
    return found


@pytest.fixture
def client_of_person(person: Employee, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client = Client()
    client.force_login(login_of(person))
    return client


@pytest.fixture
def complaint(cast: Cast, person: Employee, now: datetime) -> ServiceRequest:
    """Alice's, late, logged by Fay; Alice says at once whom it is about."""
    late = now - timedelta(days=4)
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, kind=RequestKind.COMPLAINT, status=Status.OPEN, title=TITLE,
        recorded_by=cast.fay, received_at=late, search_text=TITLE.lower(),
    )  # fmt: skip
    Complaint.objects.create(service_request=found)
    start_clock_row(found, due_at=late + timedelta(days=1))
    return name_at_intake(
        request_id=found.pk, employee_ids=[person.pk], involvement=Involvement.CONCERNED, actor=actor(cast.alice),
        at=now,
    )  # fmt: skip


def test_no_page_list_search_or_file_knows_of_it(who: str, client_of_person: Client, complaint: ServiceRequest) -> None:
    pages = [
        reverse(name, kwargs=parts_of(name, ""))
        for name, rows in expected().items()
        if rows["GET"][who] == 200 and name not in BY_NUMBER and name != "account_logout"
    ]
    pages += [f"{reverse(name)}?format=csv" for name in ("my_work", "queue", "overdue", "request_list")]
    pages += [f"{reverse(name)}?q=zanzi" for name in ("request_list", "suggest_customers", "suggest_topics")]
    for url in pages:
        answer = client_of_person.get(url)
        text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        assert TITLE not in text, url
        assert complaint.number not in text, url


def test_its_page_and_every_act_on_it_are_not_there(client_of_person: Client, complaint: ServiceRequest) -> None:
    for name in ("request_detail", "contact_done", "request_records", "request_originals"):
        assert client_of_person.get(reverse(name, args=[complaint.number])).status_code in (403, 404)
    for verb in VERBS:
        assert client_of_person.post(f"{complaint.get_absolute_url()}{verb}/", {}).status_code == 404


def test_ticked_in_a_list_nothing_is_done_to_it(client_of_person: Client, complaint: ServiceRequest) -> None:
    before = complaint.version
    for verb in ("take", "remind"):
        client_of_person.post(reverse("bulk_act", args=[verb]), {"picked": [complaint.number]})
    complaint.refresh_from_db()
    assert complaint.version == before


def acts(cast: Cast, found: ServiceRequest, now: datetime) -> list[Callable[..., object]]:
    """Give the decisions somebody could take past the pages: answer, excuse, correct, take, give, note, escalate."""
    clock = found.clocks.earliest("pk").pk
    answer = AnswerEntry(channel=Channel.PHONE, text="x", occurred_at=now, answer=AnswerKind.FULL)
    decision = DecisionEntry(
        outcome=ComplaintOutcome.NOT_UPHELD, findings="x", reasons="x", channel=Channel.EMAIL, told_at=now,
        root_cause=RootCause.NONE_FOUND,
    )  # fmt: skip
    told = FairnessEntry(employee_id=cast.bob.pk, kind=FairnessKind.TOLD, on=localdate(now))
    return [
        lambda by: decide_complaint(request_id=found.pk, entry=decision, actor=by, at=now),
        lambda by: keep_fair(request_id=found.pk, entry=told, actor=by, at=now),
        lambda by: answer_request(request_id=found.pk, entry=answer, actor=by, at=now),
        lambda by: excuse_clock(clock_id=clock, reason="x", actor=by, at=now),
        lambda by: correct_clock(
            clock_id=clock, entry=CorrectionEntry(channel=Channel.EMAIL, reason="x"), actor=by, at=now
        ),
        lambda by: take_request(request_id=found.pk, actor=by, at=now),
        lambda by: give_request(
            request_id=found.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=by, at=now
        ),
        lambda by: add_note(request_id=found.pk, text="x", actor=by, at=now),
        lambda by: escalate(request_id=found.pk, entry=EscalationEntry(reason="x"), actor=by, at=now),
        lambda by: name_person(
            request_id=found.pk, employee_id=by.employee_id, involvement=None, reason="x", actor=by, at=now
        ),
    ]


def test_they_decide_nothing_on_it(cast: Cast, person: Employee, complaint: ServiceRequest, now: datetime) -> None:
    for act in acts(cast, complaint, now):
        with pytest.raises(ActionRefused) as refused, transaction.atomic():
            act(actor(person))
        assert refused.value.refusal is Refusal.ROLE


def test_it_is_given_and_opened_to_them_by_nobody(
    cast: Cast, person: Employee, complaint: ServiceRequest, now: datetime
) -> None:
    for form in (GiveForm(service_request=complaint), ConsultForm(service_request=complaint)):
        name = "owner" if isinstance(form, GiveForm) else "employee"
        offered = {value for value, _label in form.fields[name].choices}  # type: ignore[attr-defined]
        assert person.pk not in offered
        assert cast.bob.pk in offered
    alice = actor(cast.alice)
    for refusal, act in (
        (
            Refusal.PERSON_CONCERNED,
            lambda: give_request(
                request_id=complaint.pk, owner_id=person.pk, department_id=None, note="", actor=alice, at=now
            ),
        ),
        (
            Refusal.PERSON_CONCERNED,
            lambda: ask_colleague(request_id=complaint.pk, employee_id=person.pk, question="?", actor=alice, at=now),
        ),
        (
            Refusal.NOBODY_TO_ESCALATE_TO,
            lambda: escalate(
                request_id=complaint.pk, entry=EscalationEntry(reason="x", employee_id=person.pk), actor=alice, at=now
            ),
        ),
    ):
        with pytest.raises(ActionRefused) as refused, transaction.atomic():
            act()
        assert refused.value.refusal is refusal


def test_they_hear_nothing_of_it_at_any_stage(
    cast: Cast, person: Employee, complaint: ServiceRequest, now: datetime
) -> None:
    clock = complaint.clocks.earliest("pk")
    assert all(person not in resolve_recipients(clock, stage) for stage in DEFAULT_LADDER)
    assert person not in supervisors_of(complaint)
    ResponseClock.objects.update(next_stage_at=clock.due_at)
    for days in range(12):
        fire_due_stages(now=now + timedelta(days=days))

    assert OutgoingMail.objects.filter(body__contains=complaint.number).exists()  # others are told
    assert not OutgoingMail.objects.filter(recipient=person, body__contains=complaint.number).exists()
    assert not Notice.objects.filter(recipient=person, service_request=complaint).exists()


def test_the_escalation_passes_them_over(
    cast: Cast, person: Employee, complaint: ServiceRequest, now: datetime
) -> None:
    sent = escalate(request_id=complaint.pk, entry=EscalationEntry(reason="x"), actor=actor(cast.alice), at=now)
    assert not sent.receivers.filter(employee=person).exists()
    assert sent.receivers.exists()


def test_as_an_alternate_they_do_not_inherit_it(cast: Cast, person: Employee, complaint: ServiceRequest) -> None:
    Alternate.objects.create(employee=cast.alice, person=person, position=1)
    plan = departure_plan(cast.alice, Wish(Heir(Receiver.ALTERNATE)))
    (handover,) = plan.handovers
    assert handover.owner != person


def test_a_naming_that_was_wrong_gives_reading_back_and_not_the_ownership(
    cast: Cast, person: Employee, complaint: ServiceRequest, now: datetime
) -> None:
    """A second person of Human Resources corrects it where the first is the one who was named."""
    hana2 = cast.hana if person != cast.hana else cast.bob
    if person == cast.hana:
        cast.bob.role_assignments.update(role="hr", department=cast.public_works.parent)
    owner = complaint.owner
    name_person(
        request_id=complaint.pk, employee_id=person.pk, involvement=None, reason="Another one was meant",
        actor=actor(hana2), at=now,
    )  # fmt: skip
    roster = Roster([complaint])
    complaint.refresh_from_db()
    assert complaint.owner == owner
    assert roster.may_see(person, complaint) is (person != cast.fay)  # confidential stays confidential
    assert complaint.events.filter(kind="person_named").count() == 2
