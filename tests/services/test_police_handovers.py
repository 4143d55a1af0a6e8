"""A complaint about a police employee leaves a receipt and no story, anywhere (DOMAIN 4)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Channel, Confidentiality, NoReply, RequestKind, Status
from requests_app.models import AuditEntry, Category, Complaint, Customer, Draft, OutgoingMail, ServiceRequest
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.customers import CustomerEntry
from requests_app.services.drafts import keep_draft
from requests_app.services.entries import ContactEntry, ContactOutcome, DangerEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
WORD = "canarypolicestory"


def everything_stored() -> str:
    """Give every row of every table as text."""
    rows = (str(list(model._base_manager.values())) for model in apps.get_models())
    return "\n".join(rows).lower()


def hand_over(cast: Cast, now: datetime, **facts: object) -> ServiceRequest:
    typed: dict[str, object] = {
        "channel": Channel.COUNTER,
        "title": f"{WORD} title",
        "text": f"{WORD} text",
        "place": f"{WORD} place",
        "best_time_to_reach": f"{WORD} time",
        "outcome_note": f"{WORD} note",
        "received_at": now - timedelta(minutes=5),
        "category_id": Category.objects.get(slug="police-complaint").pk,
        "customer": CustomerEntry(name=f"{WORD} name", phone="510 555 0178", email=f"{WORD}@mail.example"),
        "for_employee_id": cast.charlie.pk,
        "danger": DangerEntry(told=f"{WORD} told", told_at=now),
        "outcome": ContactOutcome.ANSWERED,
        "submission_key": uuid4(),
        **facts,
    }
    return log_request(ContactEntry(**typed), actor=actor(cast.fay), at=now)  # type: ignore[arg-type]


def test_nothing_typed_is_anywhere_in_the_database(cast: Cast, now: datetime) -> None:
    hand_over(cast, now)

    stored = everything_stored()
    assert WORD not in stored
    assert "5550178" not in stored
    assert not Customer.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_number_date_channel_and_to_whom_are_kept(cast: Cast, now: datetime) -> None:
    found = hand_over(cast, now)

    assert (found.channel, found.received_at, found.kind) == (
        Channel.COUNTER, now - timedelta(minutes=5), RequestKind.COMPLAINT,
    )  # fmt: skip
    assert found.department is not None
    assert found.department.slug == "police"
    assert (found.status, found.owner, found.customer, found.for_employee) == (Status.CLOSED, None, None, None)
    assert found.confidentiality == Confidentiality.POLICE_STUB
    assert found.title == "Complaint handed over to the Police Department"
    event = found.events.get()
    assert (event.kind, event.text) == (EventKind.HANDED_OFF, "Police, 510-555-0170")
    assert AuditEntry.objects.filter(action="handed_off", object_id=found.pk, actor=cast.fay).count() == 1


def test_no_clock_of_ours_runs_and_the_reason_says_why(cast: Cast, now: datetime) -> None:
    found = hand_over(cast, now)

    assert found.no_reply == NoReply.HANDED_OVER
    assert not found.clocks.exists()
    assert not Complaint.objects.exists()
    assert not found.is_complaint
    assert not [finding for finding in watchdog_findings(now + timedelta(days=9)) if "without an answer-by" in finding]


def test_two_clicks_hand_over_once(cast: Cast, now: datetime) -> None:
    key = uuid4()
    assert hand_over(cast, now, submission_key=key) == hand_over(cast, now, submission_key=key)


@pytest.mark.parametrize("box", ["category", "for_whom"])
def test_a_half_typed_one_is_kept_nowhere_and_what_was_kept_before_goes(cast: Cast, now: datetime, box: str) -> None:
    typed = {"title": [WORD], "submission_key": [str(uuid4())]}
    assert keep_draft("log-1", typed, actor=actor(cast.fay), at=now)

    assert not keep_draft("log-1", {**typed, box: ["Complaint about a police employee"]}, actor=actor(cast.fay), at=now)

    assert not Draft.objects.exists()
    assert WORD not in everything_stored()


def test_improper_activity_is_a_complaint_that_human_resources_runs(cast: Cast, now: datetime) -> None:
    category = Category.objects.get(slug="improper-activity")
    found = log_request(
        ContactEntry(
            channel=Channel.PHONE, title="Money is missing", received_at=now, category_id=category.pk,
            for_employee_id=cast.sam.pk, customer=CustomerEntry(name="Rosa Prueba", phone="510 555 0134"),
        ),
        actor=actor(cast.fay), at=now,
    )  # fmt: skip

    assert found.confidentiality == Confidentiality.IMPROPER_ACTIVITY
    assert found.department is not None
    assert (found.owner, found.department.slug) == (None, "human-resources")
    assert found.complaint.stage == 1
