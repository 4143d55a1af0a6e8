"""Sample weeks of waiting times: the one that runs, who waits now, and what the times come to (III.b.iii.1)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.domain.waiting_times import Visit
from requests_app.models import VisitorWait, WaitingSample

_SHOWN_FOR = timedelta(hours=12)  # whoever was forgotten yesterday waits no longer on the screen


def running_sample(today: date) -> WaitingSample | None:
    """Give the sample that runs on a local day; None while it is off."""
    return WaitingSample.objects.filter(from_on__lte=today, to_on__gte=today, ended_at=None).first()


def samples() -> QuerySet[WaitingSample]:
    """Give every sample, the newest first."""
    return WaitingSample.objects.select_related("switched_on_by").prefetch_related("waits")


def overlaps(from_on: date, to_on: date) -> bool:
    """Say whether a sample that was not ended has one of these days."""
    return WaitingSample.objects.filter(from_on__lte=to_on, to_on__gte=from_on, ended_at=None).exists()


def waiting_now(*, now: datetime) -> list[tuple[VisitorWait, Visit]]:
    """List who checked in today and is not done, the longest waiting first."""
    if running_sample(timezone.localdate(now)) is None:
        return []
    rows = VisitorWait.objects.filter(Q(helped_at=None, left_at=None), checked_in_at__gte=now - _SHOWN_FOR)
    return [(row, visit_of(row)) for row in rows]


def visit_of(row: VisitorWait) -> Visit:
    """Give a visitor's times to the rules."""
    return Visit(row.checked_in_at, row.called_at, row.helped_at, row.left_at)


def visits_of(rows: QuerySet[VisitorWait, Any]) -> list[Visit]:
    """Give the times of many."""
    return [Visit(*times) for times in rows.values_list("checked_in_at", "called_at", "helped_at", "left_at")]
