"""Which reminders are put off, and until when."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.snoozes import Quiet, quiets_of
from requests_app.domain.vocabulary import Milestone, Verdict
from requests_app.models import Event, ResponseClock, ServiceRequest, Snooze


def quiets_by_clock(clocks: Iterable[ResponseClock]) -> Mapping[int, list[Quiet]]:
    """Give the quiet times of clocks in one query; whoever owns the request now is bound by no predecessor's."""
    due = {clock.pk: clock.due_at for clock in clocks if clock.due_at is not None}
    made: dict[int, list[tuple[datetime, datetime]]] = {}
    rows = _of_the_owner(Snooze.objects.filter(clock__in=due))
    for clock_id, made_at, until_at in rows.order_by("created_at").values_list("clock_id", "created_at", "until_at"):
        made.setdefault(clock_id, []).append((made_at, until_at))
    return {clock_id: quiets_of(pairs, due_at=due[clock_id]) for clock_id, pairs in made.items()}


def snoozes_running(service_request: ServiceRequest, *, now: datetime) -> QuerySet[Snooze]:
    """Give the snoozes of a request that hold back its owner's reminders now, the newest first."""
    return _of_the_owner(Snooze.objects.filter(clock__service_request=service_request, until_at__gt=now))


def put_off_till(events: Iterable[Event], service_request: ServiceRequest, *, now: datetime) -> Mapping[int, datetime]:
    """Say until when the reminders of each clock of a request are put off now, by its story alone (no query)."""
    found: dict[int, datetime] = {}
    for event in events:
        if event.kind == EventKind.SNOOZED and (event.on_behalf_of_id or event.actor_id) == service_request.owner_id:
            # Words of a request are redacted and destroyed, and these are among them.
            with suppress(LookupError, TypeError, ValueError):
                found[int(event.data["clock"])] = datetime.fromisoformat(event.data["until_at"])
    return {clock_id: until_at for clock_id, until_at in found.items() if until_at > now}


def snoozable_clocks(service_request: ServiceRequest) -> QuerySet[ResponseClock]:
    """Give the open obligations of a request with a date, the owner's own: who accepts an escalation is another."""
    return (
        ResponseClock.objects.filter(
            service_request=service_request, verdict=Verdict.OPEN, stopped_by__isnull=True, due_at__isnull=False
        )
        .exclude(milestone=Milestone.ESCALATION_ACCEPTED)
        .order_by("due_at", "pk")
    )


def may_be_snoozed(clock: ResponseClock) -> bool:
    """Say of one obligation what `snoozable_clocks` asks of all."""
    is_open = clock.verdict == Verdict.OPEN and clock.stopped_by_id is None and clock.due_at is not None
    return is_open and clock.milestone != Milestone.ESCALATION_ACCEPTED


def _of_the_owner(snoozes: QuerySet[Snooze]) -> QuerySet[Snooze]:
    return snoozes.filter(Q(clock__service_request__owner=Coalesce(F("in_place_of"), F("employee"))))
