"""Courses and records of training for tests, spelt out where a test is about them."""

from datetime import date
from typing import Any

from requests_app.models import Employee, TrainingCourse, TrainingRecord
from tests.factories import NOW

ALL = ("employee", "contractor", "volunteer")


def make_course(name: str = "Customer service", **facts: Any) -> TrainingCourse:
    """Make a course that is asked of everybody, on starting and periodically, since April 2025."""
    known = {"kind": "both", "employments": list(ALL), "asked_from": date(2025, 4, 1), "changed_at": NOW}
    return TrainingCourse.objects.create(name=name, **{**known, **facts})


def took(employee: Employee, course: TrainingCourse, on: date = date(2026, 3, 2), **facts: Any) -> TrainingRecord:
    """Record that somebody took a course."""
    return TrainingRecord.objects.create(employee=employee, course=course, on=on, recorded_at=NOW, **facts)
