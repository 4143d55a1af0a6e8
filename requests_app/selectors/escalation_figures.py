"""The measure of III.b.v.2: of the complaints that are unresolved or late, how many were passed upwards."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from requests_app.domain.vocabulary import FollowUpOutcome, Milestone, Verdict
from requests_app.models import Escalation, FollowUp, ResponseClock, ServiceRequest
from requests_app.selectors.clocks import overdue

COMPLAINT_MILESTONES = (Milestone.COMPLAINT_ACKNOWLEDGED, Milestone.COMPLAINT_ANSWER, Milestone.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class EscalationMeasure:
    """How many of the complaints that should have gone up did; both are counts of complaints."""

    escalated: int
    owed: int


def escalation_measure(complaints: QuerySet[ServiceRequest], *, now: datetime) -> EscalationMeasure:
    """Measure complaints that a caller has narrowed to a scope and a period (one query)."""
    owed = unresolved_or_late(complaints, now=now).annotate(went_up=went_up())
    counts = owed.aggregate(owed=Count("pk"), escalated=Count("pk", filter=Q(went_up=True)))
    return EscalationMeasure(**counts)


def unresolved_or_late(complaints: QuerySet[ServiceRequest], *, now: datetime) -> QuerySet[ServiceRequest]:
    """Narrow complaints to those whose complainant said "not resolved", or of which a date was or is not kept."""
    late = _complaint_clocks().filter(overdue(now) | Q(verdict=Verdict.LATE))
    unresolved = FollowUp.objects.filter(
        complaint__service_request=OuterRef("pk"), outcome=FollowUpOutcome.NOT_RESOLVED
    )
    return complaints.filter(Exists(late) | Exists(unresolved))


def went_up() -> Exists:
    """Say in SQL whether a complaint was passed upwards at all."""
    return Exists(_escalations())


def late_and_not_escalated(complaints: QuerySet[ServiceRequest], *, now: datetime) -> QuerySet[ServiceRequest]:
    """Narrow them to those that are open, late and went to nobody above, the longest late first (`late_since`)."""
    late = Q(clocks__milestone__in=COMPLAINT_MILESTONES, clocks__verdict=Verdict.OPEN, clocks__due_at__lt=now)
    return (
        complaints.filter(~went_up(), closed_at__isnull=True)
        .annotate(late_since=Min("clocks__due_at", filter=late & Q(clocks__stopped_by__isnull=True)))
        .filter(late_since__isnull=False)
        .order_by("late_since", "pk")
    )


def _complaint_clocks() -> QuerySet[ResponseClock]:
    return ResponseClock.objects.filter(service_request=OuterRef("pk"), milestone__in=COMPLAINT_MILESTONES)


def _escalations() -> QuerySet[Escalation]:
    return Escalation.objects.filter(service_request=OuterRef("pk"))
