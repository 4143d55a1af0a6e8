"""A complaint as it is logged: its record, its clocks, and what the counter can end of it."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import (
    Channel,
    Confidentiality,
    Disposition,
    Milestone,
    RequestKind,
    Status,
    Verdict,
)
from requests_app.models import Category, Complaint, ServiceRequest
from requests_app.services.answers import answer_request
from requests_app.services.closing import close_request
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, CloseEntry, ContactEntry, ContactOutcome
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def complain(cast: Cast, now: datetime, **typed: object) -> ServiceRequest:
    facts: dict[str, object] = {
        "channel": Channel.PHONE,
        "title": "Nobody called back about the bins",
        "received_at": now - timedelta(minutes=5),
        "kind": RequestKind.COMPLAINT,
        "customer": CustomerEntry(name="Rosa Prueba", phone="510 555 0134"),
        **typed,
    }
    return log_request(ContactEntry(**facts), actor=actor(cast.fay), at=now)  # type: ignore[arg-type]


def open_milestones(found: ServiceRequest) -> set[str]:
    return set(found.clocks.filter(verdict=Verdict.OPEN).values_list("milestone", flat=True))


def test_it_gets_its_record_and_the_clocks_of_acknowledgement_and_answer(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    assert found.complaint.stage == 1
    assert open_milestones(found) == {
        Milestone.RESPONSE, Milestone.COMPLAINT_ACKNOWLEDGED, Milestone.COMPLAINT_ANSWER,
    }  # fmt: skip


def test_logged_twice_it_has_one_record(cast: Cast, now: datetime) -> None:
    key = "6a1d9a40-93c4-4c39-8f0a-1f0e2a2f7a11"
    assert complain(cast, now, submission_key=key) == complain(cast, now, submission_key=key)
    assert Complaint.objects.count() == 1


def test_nobody_is_acknowledged_who_cannot_be_reached_but_it_is_answered(cast: Cast, now: datetime) -> None:
    assert open_milestones(complain(cast, now, customer=CustomerEntry())) == {Milestone.COMPLAINT_ANSWER}


def test_one_personal_answer_stops_first_response_and_acknowledgement_together(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    entry = AnswerEntry(channel=Channel.PHONE, text="We look into it.", occurred_at=now)
    answer_request(request_id=found.pk, entry=entry, actor=actor(cast.fay), at=now)
    assert open_milestones(found) == {Milestone.COMPLAINT_ANSWER}


def test_answered_on_the_spot_it_is_acknowledged_and_stays_open_for_its_outcome(cast: Cast, now: datetime) -> None:
    found = complain(cast, now, outcome=ContactOutcome.ANSWERED)
    assert found.status == Status.NEW
    assert open_milestones(found) == {Milestone.COMPLAINT_ANSWER}


@pytest.mark.parametrize("disposition", [Disposition.ANSWERED, Disposition.DONE, Disposition.WITHDRAWN])
def test_it_does_not_close_as_other_requests_do(cast: Cast, now: datetime, disposition: Disposition) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        close_request(
            request_id=found.pk, entry=CloseEntry(disposition=disposition, note="Done."), actor=actor(cast.fay), at=now
        )
    assert refused.value.refusal is Refusal.FOLLOW_UP_NEEDED
    found.refresh_from_db()
    assert found.closed_at is None


def test_what_was_no_complaint_closes(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    entry = CloseEntry(disposition=Disposition.SPAM, note="An advertisement.")
    assert close_request(request_id=found.pk, entry=entry, actor=actor(cast.fay), at=now).closed_at == now
    assert open_milestones(found) == set()


def test_the_request_complained_of_is_linked_and_stays_as_it_is(cast: Cast, now: datetime) -> None:
    first = log_request(
        ContactEntry(channel=Channel.PHONE, title="Bins", received_at=now), actor=actor(cast.fay), at=now
    )
    found = complain(cast, now, about_request_id=first.pk)
    first.refresh_from_db()
    assert found.complaint.about_request == first
    assert first.status == Status.NEW


def test_a_category_says_who_may_read_it(cast: Cast, now: datetime) -> None:
    category = Category.objects.get(slug="complaint")
    category.confidentiality = Confidentiality.CONFIDENTIAL
    category.save()
    assert complain(cast, now, category_id=category.pk).confidentiality == Confidentiality.CONFIDENTIAL
