"""Which clocks have a stage to fire, and which stages fired already."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from requests_app.domain.vocabulary import Verdict
from requests_app.models import ResponseClock, StageFiring

Fired = set[tuple[int, str, date]]


def clock_ids_due(now: datetime) -> list[int]:
    """Give the open clocks with a stage that has come, longest waiting first; reads the partial index only."""
    due = ResponseClock.objects.filter(verdict=Verdict.OPEN, next_stage_at__lte=now)
    return list(due.order_by("next_stage_at", "pk").values_list("pk", flat=True))


def clocks_to_fire(clock_ids: Iterable[int], *, now: datetime) -> QuerySet[ResponseClock]:
    """Give those of the clocks that are still due, locked with their requests; call it in a transaction.

    Rows somebody else holds are left for the next sweep: waiting for a service that has the request and wants its
    clocks would be a deadlock. SQLite has one writer and needs no lock.
    """
    return (
        ResponseClock.objects.filter(pk__in=list(clock_ids), verdict=Verdict.OPEN, next_stage_at__lte=now)
        .select_related("service_request", "service_request__owner")
        .select_for_update(of=("self", "service_request"), skip_locked=True)
        .order_by("next_stage_at", "pk")
    )


def already_fired(clocks: Iterable[ResponseClock]) -> Fired:
    """Give what fired of these clocks so far."""
    rows = StageFiring.objects.filter(clock__in=list(clocks)).values_list("clock_id", "stage", "occurs_on")
    return set(rows)
