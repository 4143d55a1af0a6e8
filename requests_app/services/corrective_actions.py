"""Keep the register of corrective action; its evidence names lines by their number, never people (III.d.ii)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.corrective_actions import CorrectiveEntry, CorrectiveRefusal, CorrectiveRefused, faults
from requests_app.models import CorrectiveAction, CorrectiveSwitch
from requests_app.selectors.access import Actor
from requests_app.selectors.corrective_actions import (
    corrective_actions_visible_to,
    corrective_switch,
    is_register_on,
    may_know,
    people_for_register,
)
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.register_locks import lock_registers_of_hr


@transaction.atomic
def switch_register(
    *, is_on: bool, includes_sworn: bool, noted_on: date, note: str, actor: Actor, at: datetime
) -> CorrectiveSwitch:
    """Switch the register on or off with a dated note; what is so already leaves no trace. Raises CorrectiveRefused."""
    if not may_know(actor):
        raise CorrectiveRefused(CorrectiveRefusal.ROLE)
    if noted_on > timezone.localdate(at):
        raise CorrectiveRefused(CorrectiveRefusal.IN_FUTURE)
    lock_registers_of_hr()
    last = corrective_switch()
    if last is not None and (last.is_on, last.includes_sworn) == (is_on, includes_sworn):
        return last
    turned = CorrectiveSwitch.objects.create(
        is_on=is_on, includes_sworn=includes_sworn, noted_on=noted_on, note=note, changed_at=at,
        changed_by=actor.employee,
    )  # fmt: skip
    fields = {"is_on": is_on, "includes_sworn": includes_sworn, "noted_on": noted_on, "note": note}
    record_audit("corrective_register_switched", turned, actor=actor, at=at, fields=fields)
    return turned


@transaction.atomic
def record_corrective_action(entry: CorrectiveEntry, *, actor: Actor, at: datetime) -> CorrectiveAction:
    """Add a line; a second click gives back the first one's. Raises CorrectiveRefused."""
    _require_keeper(actor)
    lock_registers_of_hr()
    _check(entry, actor=actor, at=at)
    same = asdict(entry)
    del same["closed_on"]
    known = CorrectiveAction.objects.filter(**same).first()
    if known is not None:
        return known
    line = CorrectiveAction.objects.create(**asdict(entry), changed_at=at, changed_by=actor.employee)
    # No values, not even as hashes: of so few people a hash of whom could be guessed.
    record_audit("corrective_action_recorded", line, actor=actor, at=at)
    return line


@transaction.atomic
def change_corrective_action(
    line_id: int, entry: CorrectiveEntry, *, seen: str, actor: Actor, at: datetime
) -> CorrectiveAction:
    """Close or correct a line; what is so already leaves no trace. Raises CorrectiveRefused, ChangedMeanwhile."""
    _require_keeper(actor)
    lock_registers_of_hr()
    line = corrective_actions_visible_to(actor).get(pk=line_id)
    facts = asdict(entry)
    if all(getattr(line, name) == value for name, value in facts.items()):
        return line
    require_unchanged(seen=seen, now=line.changed_at.isoformat())
    is_about_the_same = entry.employee_id == line.employee_id  # who has left meanwhile may still be closed
    _check(entry, actor=actor, at=at, is_known=is_about_the_same)
    if CorrectiveAction.objects.exclude(pk=line_id).filter(
        **{name: value for name, value in facts.items() if name != "closed_on"}
    ):
        raise CorrectiveRefused(CorrectiveRefusal.RECORDED_ALREADY)
    for name, value in facts.items():
        setattr(line, name, value)
    line.changed_at, line.changed_by = at, actor.employee
    line.save()
    record_audit("corrective_action_changed", line, actor=actor, at=at)
    return line


def record_register_read(*, actor: Actor, at: datetime) -> None:
    """Record that somebody read the register, every time (III.b.i.4).

    How many lines it had is left out: a colleague who sees fewer would learn of one about themselves.
    """
    record_audit("corrective_actions_read", CorrectiveAction, actor=actor, at=at)


def _require_keeper(actor: Actor) -> None:
    if not may_know(actor):
        raise CorrectiveRefused(CorrectiveRefusal.ROLE)
    if not is_register_on():
        raise CorrectiveRefused(CorrectiveRefusal.OFF)


def _check(entry: CorrectiveEntry, *, actor: Actor, at: datetime, is_known: bool = False) -> None:
    if entry.employee_id == actor.employee_id:
        raise CorrectiveRefused(CorrectiveRefusal.ONESELF)
    if not is_known and not people_for_register(actor).filter(pk=entry.employee_id).exists():
        raise CorrectiveRefused(CorrectiveRefusal.SWORN)
    for fault in faults(entry, today=timezone.localdate(at)):
        raise CorrectiveRefused(fault)
