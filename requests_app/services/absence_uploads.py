"""A file of absences: kept between preview and application, applied whole or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roster_files import RosterFile
from requests_app.models import Absence, AbsenceUpload
from requests_app.selectors.absence_previews import AbsencePlan, PreviewRow, absence_preview
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import lines_of
from requests_app.services.absences import AbsenceEntry, change_absence, record_absence
from requests_app.services.events import record_audit
from requests_app.services.kept_tables import keep_table


@dataclass(frozen=True, slots=True)
class AbsenceCounts:
    """What an application did."""

    added: int
    changed: int


@transaction.atomic
def keep_absence_upload(
    file: RosterFile, *, file_name: str, person_id: int | None, actor: Actor, at: datetime
) -> AbsenceUpload:
    """Keep a file for its preview; what was left lying for a day is thrown away, for it may tell why."""
    return keep_table(AbsenceUpload, file.lines, file_name=file_name, actor=actor, at=at, person_id=person_id)


@transaction.atomic
def apply_absence_upload(
    *, upload_id: int, digest: str, ticked: frozenset[int], actor: Actor, at: datetime
) -> AbsenceCounts:
    """Record and change exactly the ticked rows of the preview with this fingerprint, then forget the file.

    Raises ActionRefused when anything changed since, and AbsenceUpload.DoesNotExist for a file applied already.
    """
    upload = AbsenceUpload.objects.select_for_update().get(pk=upload_id)
    preview = absence_preview(lines_of(upload), person_id=upload.person_id, actor=actor)
    if preview.digest != digest:
        raise ActionRefused(Refusal.PLAN_CHANGED)
    rows = [row for row in preview.to_apply if row.number in ticked]
    for row in rows:
        _apply(row, actor=actor, at=at)
    record_audit("absences_imported", AbsenceUpload, actor=actor, at=at, count=len(rows))
    upload.delete()
    added = sum(row.stored is None for row in rows)
    return AbsenceCounts(added=added, changed=len(rows) - added)


def _apply(row: PreviewRow, *, actor: Actor, at: datetime) -> None:
    plan, stored = row.plan, row.stored
    if plan is None:
        return
    if stored is None:
        record_absence(_entry(plan), employee_id=plan.employee.pk, actor=actor, at=at, source_uid=plan.uid)
    else:
        moved = _moved(stored, plan)
        change_absence(absence_id=stored.pk, version=stored.version, entry=moved, actor=actor, at=at)


def _entry(plan: AbsencePlan) -> AbsenceEntry:
    return AbsenceEntry(
        kind=plan.kind,
        reason=plan.reason,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        alternate_person_id=plan.alternate_person_id,
        alternate_department_id=plan.alternate_department_id,
        no_alternate_reason=plan.no_alternate_reason,
    )


def _moved(stored: Absence, plan: AbsencePlan) -> AbsenceEntry:
    """Keep what is stored, at the time the calendar now says."""
    return AbsenceEntry(
        kind=AbsenceKind(stored.kind),
        reason=AbsenceReason(stored.reason),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        alternate_person_id=stored.alternate_person_id,
        alternate_department_id=stored.alternate_department_id,
        no_alternate_reason=stored.no_alternate_reason,
    )
