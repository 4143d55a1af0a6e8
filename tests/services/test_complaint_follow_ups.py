"""What the complainant says after the answer; nothing else closes a complaint (III.b.v.3)."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import (
    AttemptOutcome,
    Channel,
    ComplaintOutcome,
    Direction,
    Disposition,
    FollowUpOutcome,
    Milestone,
    Status,
    Verdict,
)
from requests_app.models import FollowUp, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import InboundEntry
from requests_app.services.requests import add_contact
from tests.cast import Cast, actor
from tests.services.complaint_steps import DAY, complain, decide, follow_up, open_milestones

pytestmark = pytest.mark.django_db

# Answered Mon 23 Nov 2026: to be followed up by Wed 9 Dec, 5:00 pm in Pinole.
DUE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def answered(cast: Cast, now: datetime) -> ServiceRequest:
    return decide(complain(cast, now), cast.sam, now)


def attempt(found: ServiceRequest, cast: Cast, at: datetime) -> ServiceRequest:
    return follow_up(found, cast.alice, at, attempt=AttemptOutcome.NO_ANSWER, text="")


@pytest.mark.parametrize("outcome", [FollowUpOutcome.CONFIRMED, FollowUpOutcome.DECLINED])
def test_confirmed_or_declined_it_closes(
    cast: Cast, now: datetime, answered: ServiceRequest, outcome: FollowUpOutcome
) -> None:
    follow_up(answered, cast.alice, now + DAY, outcome)

    answered.refresh_from_db()
    assert (answered.status, answered.closed_at) == (Status.CLOSED, now + DAY)
    assert answered.disposition == Disposition.ANSWERED
    assert answered.outcome_note == "You were right, and we are sorry."
    assert open_milestones(answered) == set()
    assert answered.answer_by_at is None
    assert FollowUp.objects.get().outcome == outcome
    assert answered.events.filter(kind=EventKind.FOLLOWED_UP).count() == 1


def test_what_was_withdrawn_ends_so(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now, outcome=ComplaintOutcome.WITHDRAWN)
    follow_up(found, cast.alice, now, FollowUpOutcome.CONFIRMED)
    found.refresh_from_db()
    assert found.disposition == Disposition.WITHDRAWN


def test_not_resolved_it_is_open_again_and_owes_a_new_answer(
    cast: Cast, now: datetime, answered: ServiceRequest
) -> None:
    follow_up(answered, cast.alice, now + DAY, FollowUpOutcome.NOT_RESOLVED)

    answered.refresh_from_db()
    assert (answered.status, answered.closed_at, answered.reopened_count) == (Status.OPEN, None, 1)
    assert open_milestones(answered) == {Milestone.COMPLAINT_ANSWER}
    assert answered.clocks.get(milestone=Milestone.FOLLOW_UP).verdict == Verdict.MET
    assert answered.answer_by_at == answered.clocks.get(milestone=Milestone.COMPLAINT_ANSWER, verdict="open").due_at


@pytest.mark.parametrize(("at", "verdict"), [(DUE, Verdict.MET), (DUE + SECOND, Verdict.LATE)])
def test_the_follow_up_is_in_time_to_the_very_instant(
    cast: Cast, answered: ServiceRequest, at: datetime, verdict: Verdict
) -> None:
    follow_up(answered, cast.alice, at, FollowUpOutcome.CONFIRMED)
    clock = answered.clocks.get(milestone=Milestone.FOLLOW_UP)
    assert (clock.due_at, clock.verdict) == (DUE, verdict)


def test_an_attempt_leaves_it_waiting(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    attempt(answered, cast, now + DAY)
    answered.refresh_from_db()
    assert answered.status == Status.RESOLVED
    assert open_milestones(answered) == {Milestone.FOLLOW_UP}
    tried = FollowUp.objects.get()
    assert (tried.outcome, tried.by, tried.at) == ("", cast.alice, now + DAY)
    assert answered.events.get(kind=EventKind.FOLLOWED_UP).text == "No answer"


def test_it_ends_unreached_only_after_three_attempts(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    for n in range(3):
        with pytest.raises(ActionRefused) as refused:
            follow_up(answered, cast.alice, now + n * DAY, FollowUpOutcome.NOT_REACHED)
        assert refused.value.refusal is Refusal.TOO_FEW_ATTEMPTS
        assert refused.value.params == {"needed": "3", "attempts": str(n)}
        attempt(answered, cast, now + n * DAY)

    follow_up(answered, cast.alice, now + 3 * DAY, FollowUpOutcome.NOT_REACHED, text="")

    answered.refresh_from_db()
    assert answered.status == Status.CLOSED
    assert answered.clocks.get(milestone=Milestone.FOLLOW_UP).verdict == Verdict.MET
    assert answered.interactions.filter(direction=Direction.NOTE).count() == 1  # nobody was told anything


def test_attempts_after_the_answer_before_do_not_count(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    for _n in range(3):
        attempt(answered, cast, now)
    follow_up(answered, cast.alice, now, FollowUpOutcome.NOT_RESOLVED)
    decide(answered, cast.sam, now)
    with pytest.raises(ActionRefused) as refused:
        follow_up(answered, cast.alice, now, FollowUpOutcome.NOT_REACHED)
    assert refused.value.refusal is Refusal.TOO_FEW_ATTEMPTS


def test_who_gave_no_way_to_reach_them_counts_as_not_reached_at_once(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now, customer=CustomerEntry()), cast.sam, now, channel=Channel.LETTER)
    follow_up(found, cast.alice, now, FollowUpOutcome.NOT_REACHED, text="")
    found.refresh_from_db()
    assert found.status == Status.CLOSED


def test_nothing_is_followed_up_before_its_answer(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    with pytest.raises(ActionRefused) as refused:
        follow_up(complain(cast, now), cast.alice, now, FollowUpOutcome.CONFIRMED)
    assert refused.value.refusal is Refusal.STATUS
    with pytest.raises(ActionRefused) as refused:
        follow_up(answered, cast.alice, now, FollowUpOutcome.CONFIRMED, occurred_at=now - DAY)
    assert refused.value.refusal is Refusal.BEFORE_RECEIPT


def test_a_second_outcome_is_refused(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    follow_up(answered, cast.alice, now, FollowUpOutcome.CONFIRMED)
    with pytest.raises(ActionRefused) as refused:
        follow_up(answered, cast.bob, now, FollowUpOutcome.NOT_RESOLVED)
    assert refused.value.refusal is Refusal.STATUS
    assert FollowUp.objects.count() == 1


def test_the_talk_answers_who_called_again_meanwhile(cast: Cast, now: datetime, answered: ServiceRequest) -> None:
    again = InboundEntry(channel=Channel.PHONE, text="Any news?", occurred_at=now + DAY)
    add_contact(request_id=answered.pk, entry=again, actor=actor(cast.fay), at=now + DAY)
    follow_up(answered, cast.alice, now + DAY, FollowUpOutcome.CONFIRMED)
    answered.refresh_from_db()
    assert (answered.status, open_milestones(answered)) == (Status.CLOSED, set())


def test_who_called_again_is_answered_before_it_ends_unreached(
    cast: Cast, now: datetime, answered: ServiceRequest
) -> None:
    again = InboundEntry(channel=Channel.PHONE, text="Any news?", occurred_at=now + DAY)
    add_contact(request_id=answered.pk, entry=again, actor=actor(cast.fay), at=now + DAY)
    for _n in range(3):
        attempt(answered, cast, now + DAY)
    with pytest.raises(ActionRefused) as refused:
        follow_up(answered, cast.alice, now + DAY, FollowUpOutcome.NOT_REACHED)
    assert refused.value.refusal is Refusal.CLOCK_OPEN
