"""Record who is away, until when and who stands in; end it on return, or remove what was wrong (III.b.ii.5)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Absence, Employee
from requests_app.selectors.absences import may_change, may_record, overlapping
from requests_app.selectors.access import Actor
from requests_app.services.employees import lock_employee
from requests_app.services.events import record_audit
from requests_app.services.excusal_proposals import reconsider_excusals


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntry:
    """What is known of an absence, whole; instants are aware, `ask_again_on` is a local date."""

    kind: AbsenceKind
    reason: AbsenceReason
    starts_at: datetime
    ends_at: datetime | None = None
    ask_again_on: date | None = None
    alternate_person_id: int | None = None
    alternate_department_id: int | None = None
    no_alternate_reason: str = ""


@transaction.atomic
def record_absence(
    entry: AbsenceEntry, *, employee_id: int, actor: Actor, at: datetime, source_uid: str = ""
) -> Absence:
    """Put an absence into the register (III.b.ii.5).

    Raises ActionRefused for whoever may not, for a time that is taken, a planned absence without return, and one
    without a stand-in and without a reason why nobody is.
    """
    employee = lock_employee(employee_id)
    _check(entry, employee, actor=actor)
    if overlapping(employee.pk, starts_at=entry.starts_at, ends_at=entry.ends_at).exists():
        raise ActionRefused(Refusal.ABSENCE_OVERLAPS)
    values = asdict(entry)
    absence = Absence.objects.create(
        employee=employee, source_uid=source_uid, recorded_at=at, recorded_by=actor.employee, **values
    )
    record_audit("absence_recorded", absence, actor=actor, at=at, fields={"employee": employee.pk, **values})
    reconsider_excusals(absence, actor=actor, at=at)
    return absence


@transaction.atomic
def change_absence(
    *, absence_id: int, version: int, entry: AbsenceEntry, actor: Actor, at: datetime
) -> dict[str, object]:
    """Replace what is known of an absence and say what changed; saving what is so already leaves no trace.

    Raises ActionRefused as recording does, and when somebody else changed it since that version was read.
    """
    absence = lock_absence(absence_id)
    if absence.version != version:
        raise ActionRefused(Refusal.ABSENCE_CHANGED)
    _may_change(absence, actor=actor)
    _check(entry, absence.employee, actor=actor)
    others = overlapping(absence.employee_id, starts_at=entry.starts_at, ends_at=entry.ends_at).exclude(pk=absence.pk)
    if others.exists():
        raise ActionRefused(Refusal.ABSENCE_OVERLAPS)
    changed = {name: value for name, value in asdict(entry).items() if getattr(absence, name) != value}
    if changed:
        _save(absence, changed)
        record_audit("absence_changed", absence, actor=actor, at=at, fields=changed)
        reconsider_excusals(absence, actor=actor, at=at)
    return changed


@transaction.atomic
def end_absence(*, absence_id: int, actor: Actor, at: datetime) -> Absence:
    """Record that somebody is back now. Raises ActionRefused for an absence that has not begun, or is over."""
    absence = lock_absence(absence_id)
    _may_change(absence, actor=actor)
    if not absence.period.is_on(at) or absence.starts_at == at:
        raise ActionRefused(Refusal.ABSENCE_OVER)
    _save(absence, {"ends_at": at, "ask_again_on": None})
    record_audit("absence_ended", absence, actor=actor, at=at, fields={"ends_at": at})
    reconsider_excusals(absence, actor=actor, at=at)
    return absence


@transaction.atomic
def remove_absence(*, absence_id: int, reason: str, actor: Actor, at: datetime) -> Absence:
    """Take an absence that was recorded wrongly out of the register; its row and its record stay."""
    absence = lock_absence(absence_id)
    _may_change(absence, actor=actor)
    _save(absence, {"removed_at": at, "removed_by": actor.employee, "removed_reason": reason})
    record_audit("absence_removed", absence, actor=actor, at=at, fields={"reason": reason})
    reconsider_excusals(absence, actor=actor, at=at)
    return absence


def lock_absence(absence_id: int) -> Absence:
    """Read a standing absence for change, its person locked with it. Raises ActionRefused for one that was removed."""
    employee_id = Absence.objects.values_list("employee_id", flat=True).get(pk=absence_id)
    employee = lock_employee(employee_id)
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence_id)
    if absence.removed_at is not None:
        raise ActionRefused(Refusal.ABSENCE_OVER)
    absence.employee = employee
    return absence


def _may_change(absence: Absence, *, actor: Actor) -> None:
    if not may_change(actor, absence):
        raise ActionRefused(Refusal.ABSENCE_NOT_YOURS)


def _check(entry: AbsenceEntry, employee: Employee, *, actor: Actor) -> None:
    if not may_record(actor, employee, entry.kind):
        raise ActionRefused(Refusal.ABSENCE_NOT_YOURS)
    if not employee.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    if entry.ends_at is not None and entry.ends_at <= entry.starts_at:
        raise ActionRefused(Refusal.ABSENCE_ORDER)
    is_planned = entry.kind is AbsenceKind.PLANNED
    if entry.ends_at is None and (is_planned or entry.ask_again_on is None):
        raise ActionRefused(Refusal.RETURN_NEEDED)
    has_alternate = entry.alternate_person_id or entry.alternate_department_id
    if is_planned and not has_alternate and not entry.no_alternate_reason.strip():
        raise ActionRefused(Refusal.ALTERNATE_NEEDED)  # III.b.ii.5.c
    if entry.alternate_person_id == employee.pk:
        raise ActionRefused(Refusal.ALTERNATE_TAKEN)


def _save(absence: Absence, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        setattr(absence, name, value)
    absence.version += 1
    absence.save(update_fields=[*(name.removesuffix("_id") for name in changed), "version"])
