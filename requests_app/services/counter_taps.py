"""Count a person at the counter with one tap, and take a tap back (III.b.iii.1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from requests_app.domain.counter_taps import is_hasty, may_be_undone
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Category, CounterDevice, CounterTap
from requests_app.selectors.access import Actor
from requests_app.selectors.counter_taps import counted_taps
from requests_app.selectors.front_desk import serves_counter
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True)
class Tapped:
    """What came of a tap: the row, whether it was counted now, and whether it came suspiciously soon after the last."""

    tap: CounterTap
    is_new: bool
    is_hasty: bool


@transaction.atomic
def tap_at_counter(
    *,
    key: UUID,
    is_answered: bool,
    category: Category | None,
    device: CounterDevice | None,
    actor: Actor,
    at: datetime,
) -> Tapped:
    """Count one person greeted; the same button pressed twice, or sent again, counts once. Raises ActionRefused."""
    if actor.employee is None or not serves_counter(actor, device=device):
        raise ActionRefused(Refusal.ROLE)
    before_at = counted_taps().filter(tapped_by=actor.employee).values_list("tapped_at", flat=True).first()
    tap, is_new = CounterTap.objects.get_or_create(
        key=key,
        defaults={
            "tapped_at": at,
            "is_answered": is_answered,
            "category": category,
            "department_id": actor.employee.department_id,
            "device": device,
            "tapped_by": actor.employee,
        },
    )
    if is_new:
        record_audit("counter_tapped", tap, actor=actor, at=at, fields={"category": category, "answered": is_answered})
    return Tapped(tap, is_new, is_new and is_hasty(at, before_at=before_at))


@transaction.atomic
def undo_tap(tap_id: int, *, actor: Actor, at: datetime) -> bool:
    """Take back one's own fresh tap; False if that was done before. Raises ActionRefused after two minutes."""
    tap = CounterTap.objects.select_for_update().get(pk=tap_id)
    if tap.tapped_by_id != actor.employee_id:
        raise ActionRefused(Refusal.ROLE)
    if tap.undone_at is not None:
        return False
    if not may_be_undone(tap.tapped_at, now=at):
        raise ActionRefused(Refusal.UNDO_TOO_LATE)
    tap.undone_at = at
    tap.save(update_fields=["undone_at"])
    record_audit("counter_tap_undone", tap, actor=actor, at=at)
    return True
