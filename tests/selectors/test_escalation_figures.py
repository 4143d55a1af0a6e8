"""The measure of III.b.v.2: of the complaints that are unresolved or late, those that were passed upwards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.vocabulary import Channel, ComplaintOutcome, FollowUpOutcome, Milestone, RootCause, Verdict
from requests_app.models import Complaint, ComplaintDecision, FollowUp, Interaction, ServiceRequest
from requests_app.selectors.escalation_figures import (
    EscalationMeasure,
    escalation_measure,
    late_and_not_escalated,
    unresolved_or_late,
)
from requests_app.services.escalation_steps import withdraw_escalation
from tests.cast import Cast
from tests.escalating import send
from tests.factories import ServiceRequestFactory, start_clock_row

Complain = Callable[..., ServiceRequest]
SECOND = timedelta(seconds=1)


@pytest.fixture
def complain(cast: Cast, now: datetime) -> Complain:
    """Make a complaint with one clock, due when a test says."""

    def made(due_at: datetime, milestone: Milestone = Milestone.COMPLAINT_ANSWER, **facts: Any) -> ServiceRequest:
        found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, kind="complaint", status="open")
        Complaint.objects.create(service_request=found)
        start_clock_row(
            found,
            due_at=due_at,
            started_at=now - timedelta(days=9),
            milestone=milestone.value,
            standard_code=milestone.value,
            **facts,
        )
        return found

    return made


def complaints() -> Any:
    return ServiceRequest.objects.filter(complaint__isnull=False)


@pytest.mark.parametrize(("after", "is_late"), [(-SECOND, False), (0 * SECOND, False), (SECOND, True)])
def test_it_is_late_strictly_after_its_date(complain: Complain, now: datetime, after: timedelta, is_late: bool) -> None:
    found = complain(now)
    assert list(late_and_not_escalated(complaints(), now=now + after)) == ([found] if is_late else [])
    assert escalation_measure(complaints(), now=now + after).owed == is_late


@pytest.mark.parametrize(
    ("milestone", "counts"),
    [
        (Milestone.COMPLAINT_ACKNOWLEDGED, True),
        (Milestone.COMPLAINT_ANSWER, True),
        (Milestone.FOLLOW_UP, True),
        (Milestone.ESCALATION_ACCEPTED, False),
    ],
)
def test_only_the_clocks_of_the_procedure_make_it_late(
    complain: Complain, now: datetime, milestone: Milestone, counts: bool
) -> None:
    complain(now - SECOND, milestone)
    assert escalation_measure(complaints(), now=now) == EscalationMeasure(escalated=0, owed=int(counts))


def test_the_share_is_of_complaints_each_counted_once(cast: Cast, complain: Complain, now: datetime) -> None:
    first, second = (complain(now - SECOND) for _ in range(2))
    start_clock_row(
        first, due_at=now - SECOND, milestone="follow_up", standard_code="follow_up", started_at=now - timedelta(days=9)
    )
    complain(now + SECOND)
    for who in (cast.alice, cast.sam):
        send(first, who, now - timedelta(days=1))
        withdraw_escalation(first, at=now)
    measure = escalation_measure(complaints(), now=now)
    assert measure == EscalationMeasure(escalated=1, owed=2)
    assert list(late_and_not_escalated(complaints(), now=now)) == [second]


def test_without_such_a_complaint_nothing_is_owed(city: None, now: datetime) -> None:
    assert escalation_measure(complaints(), now=now) == EscalationMeasure(escalated=0, owed=0)


def test_what_was_answered_late_and_what_was_not_resolved_should_have_gone_up(
    cast: Cast, complain: Complain, now: datetime
) -> None:
    late = complain(
        now - timedelta(days=2), verdict=Verdict.LATE.value, met_at=now, verdict_recorded_at=now, next_stage_at=None
    )
    unresolved = complain(now + timedelta(days=5))
    decide_and_follow_up(unresolved, cast, FollowUpOutcome.NOT_RESOLVED, now)
    decide_and_follow_up(complain(now + timedelta(days=5)), cast, FollowUpOutcome.CONFIRMED, now)
    assert set(unresolved_or_late(complaints(), now=now)) == {late, unresolved}
    assert list(late_and_not_escalated(complaints(), now=now)) == [], "nothing is late of them now"


def decide_and_follow_up(found: ServiceRequest, cast: Cast, outcome: FollowUpOutcome, at: datetime) -> None:
    touch = Interaction.objects.create(
        service_request=found, direction="outbound", channel=Channel.PHONE, occurred_at=at, recorded_at=at, text="So"
    )
    decision = ComplaintDecision.objects.create(
        complaint=found.complaint,
        stage=1,
        outcome=ComplaintOutcome.UPHELD,
        findings="It was so",
        reasons="It was so",
        root_cause=RootCause.DELAY,
        interaction=touch,
        decided_by=cast.sam,
        decided_at=at,
    )
    FollowUp.objects.create(
        complaint=found.complaint, decision=decision, outcome=outcome, interaction=touch, by=cast.alice, at=at
    )
