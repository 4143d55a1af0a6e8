"""Keep the training register: its courses, and who took which (III.c.i)."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.trainings import CourseKind
from requests_app.models import Employee, TrainingCourse, TrainingEvidence, TrainingRecord
from requests_app.selectors.access import Actor
from requests_app.selectors.trainings import is_course_name_taken, keeps_training, mark_of_course, standing_records
from requests_app.services.attachment_files import StoredFile, remove_files, store_file
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.register_locks import lock_registers_of_hr
from requests_app.services.uploads import IncomingFile


class CourseNameTaken(ValueError):
    """Another course in use goes by this name."""


class TrainingInFuture(ValueError):
    """A training that was not held yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEntry:
    """A course as typed; one that is not in use is asked of nobody, and its records stay."""

    name: str
    kind: CourseKind
    employments: tuple[str, ...]
    asked_from: date
    interval_months: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenEntry:
    """That people took a course on a local date."""

    course_id: int
    employee_ids: Collection[int]
    on: date
    is_imported: bool = False


@transaction.atomic
def add_course(entry: CourseEntry, *, actor: Actor, at: datetime) -> TrainingCourse:
    """Add a course; a second click gives back the one of the first. Raises CourseNameTaken, ActionRefused."""
    _require_keeper(actor)
    lock_registers_of_hr()
    known = TrainingCourse.objects.filter(name__iexact=entry.name, is_active=True).first()
    if known is not None and _facts(known) == _typed(entry):
        return known
    if entry.is_active and known is not None:
        raise CourseNameTaken(entry.name)
    course = TrainingCourse.objects.create(**_typed(entry), changed_by=actor.employee, changed_at=at)
    record_audit("training_course_added", course, actor=actor, at=at, fields=_facts(course))
    return course


@transaction.atomic
def change_course(course_id: int, entry: CourseEntry, *, seen: str, actor: Actor, at: datetime) -> TrainingCourse:
    """Change a course; what is stored already changes nothing.

    Raises CourseNameTaken, ActionRefused, and ChangedMeanwhile where somebody else saved since `seen`.
    """
    _require_keeper(actor)
    lock_registers_of_hr()
    course = TrainingCourse.objects.select_for_update().get(pk=course_id)
    if _facts(course) == _typed(entry):
        return course
    require_unchanged(seen=seen, now=mark_of_course(course))
    if entry.is_active and is_course_name_taken(entry.name, besides=course_id):
        raise CourseNameTaken(entry.name)
    for name, value in _typed(entry).items():
        setattr(course, name, value)
    course.changed_by, course.changed_at = actor.employee, at
    course.save()
    record_audit("training_course_changed", course, actor=actor, at=at, fields=_facts(course))
    return course


@transaction.atomic
def record_training(entry: TakenEntry, *, file: IncomingFile | None, actor: Actor, at: datetime) -> int:
    """Record that people took a course, with the paper that shows it; say how many were not recorded before.

    Doing it again changes nothing and stores no second file. Raises TrainingInFuture, ActionRefused.
    """
    _require_keeper(actor)
    if entry.on > timezone.localdate(at):
        raise TrainingInFuture
    course = TrainingCourse.objects.select_for_update().get(pk=entry.course_id)
    known = standing_records().filter(course=course, on=entry.on).values("employee")
    people = list(Employee.objects.filter(pk__in=entry.employee_ids).exclude(pk__in=known).order_by("pk"))
    if not people:
        return 0
    stored = store_file(file) if file else None
    try:
        evidence = _evidence(stored, file, actor=actor, at=at)
        facts = {"course": course, "on": entry.on, "evidence": evidence, "is_imported": entry.is_imported}
        for person in people:
            row = TrainingRecord.objects.create(employee=person, recorded_by=actor.employee, recorded_at=at, **facts)
            record_audit("training_recorded", row, actor=actor, at=at, fields=_told(row))
    except BaseException:
        remove_files([stored.key] if stored else [])
        raise
    return len(people)


@transaction.atomic
def remove_training(*, record_id: int, reason: str, actor: Actor, at: datetime) -> TrainingRecord:
    """Strike out a record that was wrong; it stays to be read, with the reason. A second click changes nothing.

    Raises ActionRefused.
    """
    _require_keeper(actor)
    row = TrainingRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if row.removed_at is None:
        row.removed_at, row.removed_by, row.removed_reason = at, actor.employee, reason
        row.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        record_audit("training_record_removed", row, actor=actor, at=at, fields={"reason": reason})
    return row


def record_evidence_read(evidence: TrainingEvidence, *, actor: Actor, at: datetime) -> None:
    """Leave evidence that somebody took a copy of a sign-in sheet: it names people."""
    record_audit("training_evidence_read", evidence, actor=actor, at=at, fields={"sha256": evidence.sha256})


def _require_keeper(actor: Actor) -> None:
    if not keeps_training(actor):
        raise ActionRefused(Refusal.ROLE)


def _evidence(
    stored: StoredFile | None, file: IncomingFile | None, *, actor: Actor, at: datetime
) -> TrainingEvidence | None:
    if stored is None or file is None:
        return None
    return TrainingEvidence.objects.create(
        key=stored.key,
        name=file.name,
        content_type=file.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor.employee,
        uploaded_at=at,
    )


def _typed(entry: CourseEntry) -> dict[str, object]:
    return {**asdict(entry), "kind": entry.kind.value, "employments": list(entry.employments)}


def _facts(course: TrainingCourse) -> dict[str, object]:
    return {name: getattr(course, name) for name in CourseEntry.__dataclass_fields__}


def _told(row: TrainingRecord) -> dict[str, object]:
    return {"employee": row.employee_id, "course": row.course_id, "on": row.on, "evidence": row.evidence_id}
