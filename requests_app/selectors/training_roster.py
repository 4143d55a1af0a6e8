"""The roster of training as a list, narrowed, and counted by department and by type of people (II, III.c.i)."""

from dataclasses import dataclass
from datetime import date

from requests_app.domain.trainings import Standing
from requests_app.models import Employee
from requests_app.selectors.access import divisions_of, parents_of_departments
from requests_app.selectors.departments import department_rows
from requests_app.selectors.people import matching_people
from requests_app.selectors.trainings import (
    RosterScope,
    TrainingCounts,
    TrainingDesk,
    TrainingRow,
    count_training,
    rows_by_department,
)

SOON_CODE = "soon"
DUE_CODE = "due"  # all of whom the share is: in date or overdue


@dataclass(frozen=True, slots=True)
class RosterFilters:
    """What narrows the roster; a department takes in its divisions, an empty text narrows nothing."""

    text: str = ""
    department_id: int | None = None
    employment: str = ""
    course_id: int | None = None
    standing: str = ""


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How one department, with its divisions, or one type of people stands; `key` is what the list is narrowed by."""

    key: str
    name: str
    depth: int
    counts: TrainingCounts


def training_rows(filters: RosterFilters, scope: RosterScope, *, on: date) -> list[TrainingRow]:
    """Give the people who fit, by name, with how they stand (at most six queries)."""
    people = scope.people(on).order_by("name_normalised", "pk")
    if filters.department_id:
        people = people.filter(department__in=divisions_of([filters.department_id], parents_of_departments()))
    if filters.employment:
        people = people.filter(employment=filters.employment)
    if filters.text and not scope.is_masked:
        condition = matching_people(filters.text)
        people = people.filter(condition) if condition is not None else people.none()
    desk = TrainingDesk(on)
    rows = (desk.row(person, course_id=filters.course_id) for person in people)
    return [row for row in rows if _stands(row, filters.standing)]


def counts_by_department(rows: list[TrainingRow]) -> list[GroupCounts]:
    """Count people by department, divisions within theirs, in the order of the tree; empty ones are left out."""
    own, parents = rows_by_department(rows), parents_of_departments()
    found = []
    for each in department_rows():
        below = divisions_of([each.department.pk], parents)
        within = [row for department_id in below for row in own.get(department_id, [])]
        if within and each.depth:
            group = GroupCounts(str(each.department.pk), each.department.name, each.depth, count_training(within))
            found.append(group)
    return found


def counts_by_type(rows: list[TrainingRow]) -> list[GroupCounts]:
    """Count people by type: employees, contractors, volunteers (II)."""
    return [
        GroupCounts(code, str(label), 1, count_training(row for row in rows if row.employee.employment == code))
        for code, label in Employee.Employment.choices
    ]


def _stands(row: TrainingRow, wanted: str) -> bool:
    if not wanted:
        return True
    if wanted == SOON_CODE:
        return row.is_soon
    if wanted == DUE_CODE:
        return row.standing in (Standing.IN_DATE, Standing.OVERDUE)
    return row.standing == wanted
