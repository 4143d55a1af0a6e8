"""A file of training records: kept between preview and application, applied whole or not at all (III.c.i)."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roster_files import RosterFile, RosterLine
from requests_app.models import TrainingUpload
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import lines_of
from requests_app.selectors.training_previews import Outcome, training_preview
from requests_app.services.events import record_audit
from requests_app.services.kept_tables import keep_table
from requests_app.services.trainings import TakenEntry, record_training


@transaction.atomic
def keep_training_upload(
    file: RosterFile, *, file_name: str, course: str, actor: Actor, at: datetime
) -> TrainingUpload:
    """Keep a file for its preview, rows without a course under the given one; what lay a day is thrown away."""
    lines = (RosterLine(line.line, _with_course(line.cells, course)) for line in file.lines)
    return keep_table(TrainingUpload, lines, file_name=file_name, actor=actor, at=at)


@transaction.atomic
def apply_training_upload(*, upload_id: int, digest: str, actor: Actor, at: datetime) -> int:
    """Record exactly what the preview with this fingerprint showed as new, then forget the file; say how many.

    Raises ActionRefused when anything changed since, and TrainingUpload.DoesNotExist for a file applied already.
    """
    upload = TrainingUpload.objects.select_for_update().get(pk=upload_id)
    preview = training_preview(lines_of(upload), today=timezone.localdate(at))
    if preview.digest != digest:
        raise ActionRefused(Refusal.PLAN_CHANGED)
    classes: dict[tuple[int, date], list[int]] = defaultdict(list)
    for row in preview.of(Outcome.NEW):
        if row.employee and row.course and row.on:
            classes[row.course.pk, row.on].append(row.employee.pk)
    done = 0
    for (course_id, on), people in sorted(classes.items()):
        entry = TakenEntry(course_id=course_id, employee_ids=people, on=on, is_imported=True)
        done += record_training(entry, file=None, actor=actor, at=at)
    record_audit("trainings_imported", TrainingUpload, actor=actor, at=at, count=done)
    upload.delete()
    return done


def _with_course(cells: dict[str, str], course: str) -> dict[str, str]:
    return cells if cells.get("course", "").strip() else {**cells, "course": course}
