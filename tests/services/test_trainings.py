"""The training register: who keeps it, what a second click does, and what stays of what was wrong (III.c.i)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.trainings import CourseKind
from requests_app.models import AuditEntry, TrainingCourse, TrainingEvidence, TrainingRecord
from requests_app.selectors.reports.scope import report_scope
from requests_app.selectors.trainings import mark_of_course, training_counts, training_scope
from requests_app.services.attachment_files import sweep_orphan_files
from requests_app.services.edits import ChangedMeanwhile
from requests_app.services.trainings import (
    CourseEntry,
    CourseNameTaken,
    TakenEntry,
    TrainingInFuture,
    add_course,
    change_course,
    record_training,
    remove_training,
)
from tests.cast import Cast, actor
from tests.factories import NOW, EmployeeFactory
from tests.sample_files import incoming
from tests.training_cases import ALL, make_course, took

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ATTACHMENTS_ROOT = str(tmp_path)
    return tmp_path


def entry(**facts: Any) -> CourseEntry:
    known = {"name": "Customer service", "kind": CourseKind.BOTH, "employments": ALL, "asked_from": date(2025, 4, 1)}
    return CourseEntry(**{**known, **facts})


def actions() -> list[str]:
    return list(
        AuditEntry.objects.filter(action__startswith="training").order_by("pk").values_list("action", flat=True)
    )


def test_a_course_is_added_once_changed_and_a_name_is_taken_once(cast: Cast) -> None:
    hana = actor(cast.hana)
    first = add_course(entry(), actor=hana, at=NOW)
    assert add_course(entry(), actor=hana, at=NOW) == first
    with pytest.raises(CourseNameTaken):
        add_course(entry(name="customer SERVICE", interval_months=3), actor=hana, at=NOW)
    seen = mark_of_course(first)
    change_course(first.pk, entry(interval_months=12), seen=seen, actor=hana, at=NOW)
    change_course(first.pk, entry(interval_months=12), seen="whatever", actor=hana, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_course(first.pk, entry(interval_months=6), seen=seen, actor=hana, at=NOW)
    assert TrainingCourse.objects.get().interval_months == 12
    assert actions() == ["training_course_added", "training_course_changed"]


def test_only_human_resources_keeps_the_register(cast: Cast) -> None:
    course = make_course()
    row = took(cast.bob, course)
    taken = TakenEntry(course_id=course.pk, employee_ids=[cast.alice.pk], on=TODAY)
    for who in (cast.sam, cast.max, cast.ada, cast.bob):
        for act in (
            lambda by: add_course(entry(name="New"), actor=by, at=NOW),
            lambda by: change_course(course.pk, entry(name="New"), seen="", actor=by, at=NOW),
            lambda by: record_training(taken, file=None, actor=by, at=NOW),
            lambda by: remove_training(record_id=row.pk, reason="No", actor=by, at=NOW),
        ):
            with pytest.raises(ActionRefused):
                act(actor(who))
    assert actions() == []


def test_a_class_is_recorded_once_with_one_paper_for_all(cast: Cast, folder: Path) -> None:
    course, hana = make_course(), actor(cast.hana)
    volunteer = EmployeeFactory.create(employment="volunteer", email="")
    people = [cast.alice.pk, cast.bob.pk, volunteer.pk]
    taken = TakenEntry(course_id=course.pk, employee_ids=people, on=TODAY)
    assert record_training(taken, file=incoming(), actor=hana, at=NOW) == 3
    assert record_training(taken, file=incoming(), actor=hana, at=NOW) == 0
    assert TrainingEvidence.objects.get().records.count() == 3
    assert len([path for path in folder.glob("??/*") if path.is_file()]) == 1
    assert actions() == ["training_recorded"] * 3


def test_the_sweep_of_files_leaves_the_paper_alone(cast: Cast) -> None:
    taken = TakenEntry(course_id=make_course().pk, employee_ids=[cast.bob.pk], on=TODAY)
    record_training(taken, file=incoming(), actor=actor(cast.hana), at=NOW)
    path = TrainingEvidence.objects.get().path
    assert sweep_orphan_files(now=NOW + timedelta(days=9000)) == {"orphans_removed": 0, "orphans_refused": 0}
    assert path.is_file()


def test_what_was_not_held_yet_cannot_have_been_taken(cast: Cast, folder: Path) -> None:
    taken = TakenEntry(course_id=make_course().pk, employee_ids=[cast.bob.pk], on=TODAY + timedelta(days=1))
    with pytest.raises(TrainingInFuture):
        record_training(taken, file=incoming(), actor=actor(cast.hana), at=NOW)
    assert not list(folder.glob("??/*"))


def test_a_wrong_record_is_struck_out_with_the_reason_and_may_be_recorded_anew(cast: Cast) -> None:
    course, hana = make_course(), actor(cast.hana)
    row = took(cast.bob, course, TODAY)
    for reason in ("Somebody else of that name", "Another reason"):
        remove_training(record_id=row.pk, reason=reason, actor=hana, at=NOW)
    taken = TakenEntry(course_id=course.pk, employee_ids=[cast.bob.pk], on=TODAY)
    assert record_training(taken, file=None, actor=hana, at=NOW) == 1
    assert [each.removed_reason for each in TrainingRecord.objects.order_by("pk")] == ["Somebody else of that name", ""]
    assert actions() == ["training_record_removed", "training_recorded"]


def test_the_figures_count_people_of_the_roster_with_or_without_a_login(cast: Cast) -> None:
    course = make_course()
    scope = training_scope(actor(cast.hana))
    assert scope
    took(cast.bob, course)  # in date
    took(cast.alice, course, date(2024, 1, 1))  # over
    EmployeeFactory.create(employment="volunteer", email="", hired_on=TODAY, department=cast.streets)  # not due yet
    EmployeeFactory.create(is_active=False, left_on=TODAY, department=cast.streets)  # gone
    EmployeeFactory.create(hired_on=TODAY + timedelta(days=1), department=cast.streets)  # not there yet
    counts = training_counts(scope, on=TODAY, department_ids=frozenset({cast.streets.pk}))
    assert (counts.in_date, counts.overdue, counts.pending, counts.n) == (1, 2, 1, 3)  # Sam never took it
    volunteers = training_counts(scope, on=TODAY, employments=("contractor", "volunteer"))
    assert (volunteers.n, volunteers.pending) == (0, 1)


def test_a_leader_reads_of_their_departments_and_an_auditor_of_nobody_by_name(cast: Cast) -> None:
    assert training_scope(actor(cast.alice)) is None
    sam, otto = training_scope(actor(cast.sam)), training_scope(actor(cast.otto))
    assert sam
    assert otto
    assert sam.department_ids == report_scope(actor(cast.sam)).department_ids
    assert (sam.is_masked, otto.is_masked, otto.department_ids) == (False, True, None)
