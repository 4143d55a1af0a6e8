"""A roster file: kept between preview and application, applied whole or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roster_files import RosterFile
from requests_app.domain.roster_rows import RosterRow
from requests_app.domain.work_patterns import parse_work_pattern
from requests_app.models import Employee, RosterUpload
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import lines_of
from requests_app.selectors.roster_previews import Outcome, PreviewRow, roster_preview, rows_to_apply
from requests_app.services.employees import EmployeeEntry, add_employee, change_employee
from requests_app.services.events import record_audit
from requests_app.services.kept_tables import keep_table
from requests_app.services.roles import give_role


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """What an application did."""

    added: int
    changed: int


@transaction.atomic
def keep_upload(file: RosterFile, *, file_name: str, actor: Actor, at: datetime) -> RosterUpload:
    """Keep a file for its preview; what was left lying for a day is thrown away."""
    return keep_table(RosterUpload, file.lines, file_name=file_name, actor=actor, at=at, ignored=file.ignored)


@transaction.atomic
def apply_upload(*, upload_id: int, digest: str, ticked: frozenset[int], actor: Actor, at: datetime) -> RosterCounts:
    """Add and change exactly what the preview with this fingerprint showed, then forget the file.

    `ticked` are the lines of those found by name that were confirmed. Raises ActionRefused when anything changed
    since, and RosterUpload.DoesNotExist for a file that was applied already.
    """
    upload = RosterUpload.objects.select_for_update().get(pk=upload_id)
    preview = roster_preview(lines_of(upload), actor=actor)
    if preview.digest != digest:
        raise ActionRefused(Refusal.PLAN_CHANGED)
    rows = rows_to_apply(preview, ticked)
    for row in rows:
        _apply(row, actor=actor, at=at)
    record_audit("roster_applied", RosterUpload, actor=actor, at=at, count=len(rows))
    upload.delete()
    added = sum(row.outcome is Outcome.NEW for row in rows)
    return RosterCounts(added=added, changed=len(rows) - added)


def _apply(preview_row: PreviewRow, *, actor: Actor, at: datetime) -> None:
    row, department = preview_row.row, preview_row.department
    if row is None or department is None:
        return
    employee = preview_row.employee
    if employee is None:
        employee = add_employee(_entry(row, department.pk, None), actor=actor, at=at)
    elif preview_row.changes:
        entry = _entry(row, department.pk, employee)
        change_employee(employee_id=employee.pk, version=employee.version, entry=entry, actor=actor, at=at)
    for role, where in preview_row.new_roles:
        give_role(employee_id=employee.pk, role=role, department_id=where.pk, actor=actor, at=at)


def _entry(row: RosterRow, department_id: int, known: Employee | None) -> EmployeeEntry:
    """Put what the row says over what is known: an empty cell leaves a fact as it is."""
    person = known or Employee()
    return EmployeeEntry(
        name=row.name or person.name,
        department_id=department_id,
        title=row.title or person.title,
        email=person.email if person.email.casefold() == row.email.casefold() else row.email or person.email,
        extension=row.extension or person.extension,
        employment=row.employment or person.employment,
        languages=row.languages or tuple(person.languages),
        is_sworn=person.is_sworn,
        hired_on=row.hired_on or person.hired_on,
        work_pattern=parse_work_pattern(person.work_pattern),
    )
