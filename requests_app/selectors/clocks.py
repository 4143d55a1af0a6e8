"""Questions about clocks."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from requests_app.domain.vocabulary import Milestone, Verdict
from requests_app.models import CalendarVersion, ResponseClock, ServiceRequest

ANSWERABLE = (Milestone.RESPONSE, Milestone.PROMISED_ANSWER, Milestone.COMPLAINT_ACKNOWLEDGED)


def open_clocks(
    service_request: ServiceRequest, milestones: Iterable[Milestone] = tuple(Milestone)
) -> list[ResponseClock]:
    """Give the open clocks of a request, locked; one that is answered but undated is still among them."""
    return list(
        ResponseClock.objects.select_for_update()
        .filter(service_request=service_request, verdict=Verdict.OPEN, milestone__in=list(milestones))
        .order_by("pk")
    )


def unanswered(clocks: Iterable[ResponseClock]) -> list[ResponseClock]:
    """Leave out the clocks that were answered and only wait for their date."""
    return [clock for clock in clocks if clock.stopped_by_id is None]


def overdue(now: datetime) -> Q:
    """Say which clocks are overdue: open, not answered, and strictly past due."""
    return Q(verdict=Verdict.OPEN, stopped_by__isnull=True, due_at__lt=now)


def undated_clocks() -> QuerySet[ResponseClock]:
    """Give the open clocks that have no due instant yet, oldest first."""
    return ResponseClock.objects.filter(verdict=Verdict.OPEN, due_at__isnull=True).order_by("pk")


def datable_clocks() -> QuerySet[ResponseClock]:
    """Narrow the undated clocks to those whose calendar has a version they were not tried on."""
    newest = CalendarVersion.objects.filter(calendar=OuterRef("standard__calendar")).order_by("-number")
    return (
        undated_clocks()
        .annotate(newest_version=Subquery(newest.values("pk")[:1]))
        .filter(Q(calendar_version__isnull=True) | ~Q(calendar_version=F("newest_version")))
        .filter(newest_version__isnull=False)
    )


def open_on_calendar(calendar_id: int) -> QuerySet[ResponseClock]:
    """Give the unanswered clocks that were dated by a calendar."""
    return ResponseClock.objects.filter(
        verdict=Verdict.OPEN, stopped_by__isnull=True, standard__calendar=calendar_id, due_at__isnull=False
    )


def recomputable_clocks(calendar_id: int, *, at: datetime) -> QuerySet[ResponseClock]:
    """Narrow them to those a recomputation may move: not yet due. Overdue ones stay."""
    return open_on_calendar(calendar_id).filter(due_at__gte=at)


def last_fired_at(clock: ResponseClock) -> datetime | None:
    """Say when the last stage of a clock that fired was due to; None when none has."""
    return clock.firings.aggregate(last=Max("occurs_at"))["last"] if clock.pk else None


def latest_trace(clock: ResponseClock) -> list[dict[str, object]]:
    """Give the explanation of the due instant in force, as stored steps."""
    revision = clock.revisions.exclude(trace=[]).order_by("-number").first()
    return revision.trace if revision else []


def possibly_late(clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
    """Narrow clocks to those that are late, or open and may be overdue; the service decides at its instant."""
    return clocks.filter(Q(verdict=Verdict.LATE) | Q(verdict=Verdict.OPEN, stopped_by__isnull=True))


def excused(clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
    """Narrow clocks to those under an excuse nobody has taken back."""
    return clocks.filter(excusals__revoked_at__isnull=True, excusals__isnull=False)


def clocks_of(service_request: ServiceRequest) -> QuerySet[ResponseClock]:
    """Give every clock a request ever had."""
    return ResponseClock.objects.filter(service_request=service_request)
