"""Two people acting on one complaint at once: one outcome, one answer, one story."""

from datetime import datetime
from functools import partial

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import FollowUpOutcome, Milestone, Status, Verdict
from requests_app.models import ComplaintDecision, FollowUp
from requests_app.services.assignments import take_request
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures
from tests.services.complaint_steps import complain, decide, follow_up, open_milestones, review

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 3


def test_decided_by_two_at_once_it_has_one_outcome(cast: Cast, now: datetime) -> None:
    for _n in range(ROUNDS):
        found = complain(cast, now)

        results = at_once(partial(decide, found, cast.sam, now), partial(decide, found, cast.dora, now))

        assert failures(results, ActionRefused) == []
        assert [result.refusal for result in results if isinstance(result, ActionRefused)] == [Refusal.STATUS]
        assert ComplaintDecision.objects.filter(complaint__service_request=found).count() == 1
        assert found.events.filter(kind=EventKind.DECIDED).count() == 1
        assert open_milestones(found) == {Milestone.FOLLOW_UP}


def test_followed_up_by_two_at_once_one_outcome_counts(cast: Cast, now: datetime) -> None:
    for _n in range(ROUNDS):
        found = decide(complain(cast, now), cast.sam, now)

        results = at_once(
            partial(follow_up, found, cast.alice, now, FollowUpOutcome.CONFIRMED),
            partial(follow_up, found, cast.bob, now, FollowUpOutcome.NOT_RESOLVED),
        )

        assert failures(results, ActionRefused) == []
        found.refresh_from_db()
        outcome = FollowUp.objects.exclude(outcome="").get(complaint__service_request=found).outcome
        is_closed = outcome == FollowUpOutcome.CONFIRMED
        assert found.status == (Status.CLOSED if is_closed else Status.OPEN)
        assert open_milestones(found) == (set() if is_closed else {Milestone.COMPLAINT_ANSWER})


def test_followed_up_and_asked_to_be_reviewed_at_once_it_never_owes_two_answers(cast: Cast, now: datetime) -> None:
    for _n in range(ROUNDS):
        found = decide(complain(cast, now), cast.sam, now)

        results = at_once(
            partial(follow_up, found, cast.alice, now, FollowUpOutcome.NOT_RESOLVED),
            partial(review, found, cast.fay, now),
        )

        assert failures(results, ActionRefused) == []
        assert found.clocks.filter(milestone=Milestone.COMPLAINT_ANSWER, verdict=Verdict.OPEN).count() == 1
        assert not found.clocks.filter(milestone=Milestone.FOLLOW_UP, verdict=Verdict.OPEN).exists()


def test_taken_by_who_decided_it_while_a_review_is_asked_it_is_not_theirs_in_the_end(cast: Cast, now: datetime) -> None:
    for _n in range(ROUNDS):
        found = decide(complain(cast, now), cast.sam, now)

        results = at_once(
            partial(take_request, request_id=found.pk, actor=actor(cast.sam), at=now),
            partial(review, found, cast.fay, now),
        )

        assert failures(results, ActionRefused) == []
        found.refresh_from_db()
        assert found.owner != cast.sam
