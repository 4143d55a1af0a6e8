"""The training register: who is asked to take what, where each stands, and the figures of it (II, III.c.i)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from requests_app.domain.choices import LocalChoices
from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.trainings import CourseKind, Standing, TrainingRule, TrainingState, standing_of_person
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, TrainingCourse, TrainingEvidence, TrainingRecord
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.scope import may_read_reports, report_scope

KEEPERS = (Role.HR,)


@dataclass(frozen=True, slots=True)
class RosterScope:
    """Whose training somebody reads of: `department_ids` is None for the whole city; `is_masked` leaves names out."""

    department_ids: frozenset[int] | None
    is_masked: bool

    def people(self, on: date) -> QuerySet[Employee]:
        """Give the people on the roster on a day whom this reader may see."""
        rows = on_roster(on)
        return rows if self.department_ids is None else rows.filter(department__in=self.department_ids)


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One course that is asked of somebody, and how they stand with it on the day that was asked about."""

    course: TrainingCourse
    state: TrainingState
    standing: Standing
    is_soon: bool


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One person with what is asked of them; `standing` is the worst, None where nothing is asked."""

    employee: Employee
    lines: tuple[TrainingLine, ...]
    standing: Standing | None

    @property
    def is_soon(self) -> bool:
        """Say whether something is to be taken within the next days."""
        return any(line.is_soon for line in self.lines)


class TrainingBooks:
    """The courses in use and every day one was taken, up to a day; read once for everybody (three queries)."""

    def __init__(self, until: date, *, among: Collection[int] | None = None) -> None:
        self.choices = current_choices()
        courses = list(TrainingCourse.objects.filter(is_active=True, asked_from__lte=until))
        self.rules = [(course, rule_of(course, self.choices)) for course in courses]
        taken = standing_records().filter(on__lte=until)
        if among is not None:
            taken = taken.filter(employee__in=among)
        days: dict[tuple[int, int], list[date]] = defaultdict(list)
        for employee_id, course_id, on in taken.order_by("on").values_list("employee_id", "course_id", "on"):
            days[employee_id, course_id].append(on)
        self._days = dict(days)

    def last_on(self, employee_id: int, course_id: int, *, on: date) -> date | None:
        """Give the day somebody last took a course, seen on a day."""
        days = self._days.get((employee_id, course_id), [])
        place = bisect_right(days, on)
        return days[place - 1] if place else None


class TrainingDesk:
    """How people stand with what is asked of them on a day; of several days the books are read once."""

    def __init__(self, on: date, *, among: Collection[int] | None = None, books: TrainingBooks | None = None) -> None:
        self.on = on
        self._books = books or TrainingBooks(on, among=among)
        self.choices = self._books.choices
        self._asked = [(course, rule) for course, rule in self._books.rules if rule.asked_from <= on]
        self.courses = [course for course, _rule in self._asked]

    def row(self, employee: Employee, *, course_id: int | None = None) -> TrainingRow:
        """Say how somebody stands, with all that is asked of them or with one course."""
        lines = tuple(
            self._line(employee, course, rule)
            for course, rule in self._asked
            if employee.employment in course.employments and course_id in (None, course.pk)
        )
        return TrainingRow(employee, lines, standing_of_person(line.standing for line in lines))

    def _line(self, employee: Employee, course: TrainingCourse, rule: TrainingRule) -> TrainingLine:
        last_on = self._books.last_on(employee.pk, course.pk, on=self.on)
        due_on = rule.due_on(started_on=employee.hired_on, last_on=last_on)
        state = TrainingState(last_on, due_on)
        return TrainingLine(course, state, state.standing(self.on), state.is_soon(self.on))


@dataclass(slots=True)
class TrainingCounts:
    """People by where they stand. Those not due yet and those asked nothing stand beside, never in the share."""

    in_date: int = 0
    overdue: int = 0
    pending: int = 0

    @property
    def n(self) -> int:
        """Give of how many the share is."""
        return self.in_date + self.overdue

    def add(self, standing: Standing | None) -> None:
        """Count one person."""
        if standing is not None:
            setattr(self, standing.value, getattr(self, standing.value) + 1)


def keeps_training(actor: Actor) -> bool:
    """Say whether an actor keeps the register: Human Resources."""
    return actor.holds(*KEEPERS)


def training_scope(actor: Actor) -> RosterScope | None:
    """Give whose training an actor reads of, as with reports: the city's, or that of the departments they lead."""
    if not may_read_reports(actor):
        return None
    scope = report_scope(actor)
    return RosterScope(scope.department_ids, scope.is_masked)


def on_roster(on: date) -> QuerySet[Employee]:
    """Give everybody who works here on a day, with a login or without: employees, contractors, volunteers (II)."""
    return on_roster_within(on, on).select_related("department")


def on_roster_within(first_on: date, last_on: date) -> QuerySet[Employee]:
    """Give everybody who worked here on some day of a stretch."""
    begun, there = Q(hired_on=None) | Q(hired_on__lte=last_on), Q(is_active=True) | Q(left_on__gt=first_on)
    return Employee.objects.filter(begun & there)


def was_on_roster(employee: Employee, on: date) -> bool:
    """Say of one person what `on_roster` says of all."""
    has_begun = employee.hired_on is None or employee.hired_on <= on
    return has_begun and (employee.is_active or (employee.left_on is not None and employee.left_on > on))


def rule_of(course: TrainingCourse, choices: LocalChoices) -> TrainingRule:
    """Give a course as the rules know it, with the city's numbers where it has none of its own."""
    return TrainingRule(
        kind=CourseKind(course.kind),
        asked_from=course.asked_from,
        limit_days=choices.training_onboarding_days,
        interval_months=course.interval_months or choices.training_interval_months,
    )


def standing_records() -> QuerySet[TrainingRecord]:
    """Give the records that were not struck out."""
    return TrainingRecord.objects.filter(removed_at__isnull=True)


def records_of(employee_id: int) -> QuerySet[TrainingRecord]:
    """Give all that was recorded of somebody, the newest first, what was struck out among it."""
    rows = TrainingRecord.objects.filter(employee=employee_id)
    return rows.select_related("course", "evidence", "recorded_by", "removed_by")


def records_of_roster(on: date) -> QuerySet[TrainingRecord]:
    """Give all that was recorded of everybody on the roster of a day, the newest first, what was struck out too."""
    rows = TrainingRecord.objects.filter(employee__in=on_roster(on).order_by().values("pk"))
    return rows.select_related("employee__department", "course", "evidence", "recorded_by")


def courses_to_record() -> QuerySet[TrainingCourse]:
    """Give the courses in use, by name."""
    return TrainingCourse.objects.filter(is_active=True).order_by("name", "pk")


def is_course_name_taken(name: str, *, besides: int = 0) -> bool:
    """Say whether another course in use goes by a name."""
    return TrainingCourse.objects.filter(name__iexact=name, is_active=True).exclude(pk=besides).exists()


def mark_of_course(course: TrainingCourse) -> str:
    """Give the mark a form page sends back, so that another keeper's edit in between is noticed."""
    return fingerprint({field.name: str(getattr(course, field.attname)) for field in course._meta.local_fields})


def evidence_open_to(actor: Actor) -> QuerySet[TrainingEvidence]:
    """Give the papers an actor may open: a sign-in sheet names others too, so they are for its keepers alone."""
    return TrainingEvidence.objects.all() if keeps_training(actor) else TrainingEvidence.objects.none()


def count_training(rows: Iterable[TrainingRow]) -> TrainingCounts:
    """Count people by where they stand."""
    counts = TrainingCounts()
    for row in rows:
        counts.add(row.standing)
    return counts


def training_counts(
    scope: RosterScope, *, on: date, department_ids: frozenset[int] | None = None, employments: Collection[str] = ()
) -> TrainingCounts:
    """Count how the roster stands on a day (III.c.i); with types of people, how those do (II). Four queries."""
    return training_counts_on([on], scope, department_ids=department_ids, employments=employments)[on]


def training_counts_on(
    days: Collection[date],
    scope: RosterScope,
    *,
    department_ids: frozenset[int] | None = None,
    employments: Collection[str] = (),
) -> dict[date, TrainingCounts]:
    """Count how the roster stood at the end of each of some days; four queries however many they are.

    Departments and types of people are those of today: where somebody worked before is not kept.
    """
    people = on_roster_within(min(days), max(days))
    for narrowed in (scope.department_ids, department_ids):
        if narrowed is not None:
            people = people.filter(department__in=narrowed)
    if employments:
        people = people.filter(employment__in=employments)
    found, books = list(people), TrainingBooks(max(days))
    desks = {on: TrainingDesk(on, books=books) for on in set(days)}
    return {
        on: count_training(desk.row(person) for person in found if was_on_roster(person, on))
        for on, desk in desks.items()
    }


def rows_by_department(rows: Iterable[TrainingRow]) -> dict[int, list[TrainingRow]]:
    """Sort people by the department they work in."""
    found: dict[int, list[TrainingRow]] = defaultdict(list)
    for row in rows:
        found[row.employee.department_id].append(row)
    return found
