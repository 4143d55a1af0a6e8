"""Place and release legal holds: while one stands, nothing of its requests is destroyed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.retention import REGISTERS, RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import LegalHold, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit, record_event
from requests_app.services.record_keeping import request_for_keeping

MOST_REQUESTS = 5000


@transaction.atomic
def place_hold(*, request_ids: Sequence[int], reason: str, actor: Actor, at: datetime) -> LegalHold:
    """Hold requests for one reason. Raises ActionRefused where there is none, or one is not this actor's to keep.

    A hold with the same reason that stands on all of them already is given back instead.
    """
    wanted = sorted(set(request_ids))
    if not wanted:
        raise ActionRefused(Refusal.NOTHING_TO_HOLD)
    requests = [request_for_keeping(pk, actor=actor) for pk in wanted[:MOST_REQUESTS]]
    known = _same_hold(requests, reason)
    if known is not None:
        return known
    hold = LegalHold.objects.create(reason=reason, placed_by=actor.employee, placed_at=at)
    hold.service_requests.set(requests)
    record_audit("hold_placed", hold, actor=actor, at=at, fields={"reason": reason}, count=len(requests))
    for service_request in requests:
        record_event(service_request, EventKind.HELD, actor=actor, at=at, text=reason, fields={"hold": hold.pk})
    return hold


@transaction.atomic
def hold_register(*, code: RetentionCode, reason: str, actor: Actor, at: datetime) -> LegalHold:
    """Hold a whole register; one with the same reason that stands already is given back. Raises ActionRefused."""
    if not actor.holds(Role.RECORDS_CLERK) or code not in REGISTERS:
        raise ActionRefused(Refusal.ROLE)
    known = LegalHold.objects.filter(register=code.value, reason=reason, released_at__isnull=True).first()
    if known is not None:
        return known
    hold = LegalHold.objects.create(register=code.value, reason=reason, placed_by=actor.employee, placed_at=at)
    record_audit("hold_placed", hold, actor=actor, at=at, fields={"reason": reason, "register": code.value})
    return hold


@transaction.atomic
def release_hold(*, hold_id: int, reason: str, actor: Actor, at: datetime) -> LegalHold:
    """Release a hold on all it keeps, with a reason; releasing twice changes nothing. Raises ActionRefused."""
    hold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold_id)
    if hold.register and not actor.holds(Role.RECORDS_CLERK):
        raise ActionRefused(Refusal.ROLE)
    requests = [request_for_keeping(pk, actor=actor) for pk in _ids_of(hold)]
    if hold.released_at is not None:
        return hold
    hold.released_at, hold.released_by, hold.release_reason = at, actor.employee, reason
    hold.save(update_fields=["released_at", "released_by", "release_reason"])
    record_audit("hold_released", hold, actor=actor, at=at, fields={"reason": reason}, count=len(requests))
    for service_request in requests:
        record_event(
            service_request, EventKind.HOLD_RELEASED, actor=actor, at=at, text=reason, fields={"hold": hold.pk}
        )
    return hold


def _ids_of(hold: LegalHold) -> list[int]:
    return list(hold.service_requests.order_by("pk").values_list("pk", flat=True))


def _same_hold(requests: Sequence[ServiceRequest], reason: str) -> LegalHold | None:
    wanted = [service_request.pk for service_request in requests]
    standing = LegalHold.objects.filter(service_requests=requests[0], released_at__isnull=True, reason=reason)
    return next((hold for hold in standing if _ids_of(hold) == wanted), None)
