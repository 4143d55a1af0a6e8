"""Who is away at an instant, until when, and who stands in: asked by date, never kept as a flag (III.b.ii.5)."""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from requests_app.domain.absences import AbsenceKind, AbsencePeriod, cover_for, goes_in_circles, returns_on
from requests_app.domain.business_time import next_business_day
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.work_patterns import WorkPattern, parse_work_pattern
from requests_app.models import Absence, Alternate, Department, Employee
from requests_app.selectors.standards import response_calendar_version


class StandIn(NamedTuple):
    """Who stands in: a person, or a department with its queue. Exactly one of the two ids is set."""

    kind: Literal["person", "department"]
    pk: int


# Who is away, the person or the department named to stand in, and whether that person or that one is still there.
_NamedRow = tuple[int, int | None, int | None, bool | None, bool | None]


class CoverTrouble(StrEnum):
    """What is wrong with who stands in for somebody away."""

    NOBODY_NAMED = "nobody_named"
    CIRCLE = "circle"
    NOBODY_THERE = "nobody_there"
    FIRST_AWAY = "first_away"


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away: the local date they are expected back, None while nobody knows.

    `absence` is the record behind it; None where their own work pattern keeps them away, which excuses nothing.
    """

    employee_id: int
    back_on: date | None
    absence: Absence | None


def absences_on(at: datetime) -> QuerySet[Absence]:
    """Give the absences that stand at an instant; whoever is back at it is not away."""
    return Absence.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at), removed_at__isnull=True, starts_at__lte=at
    )


class Whereabouts:
    """Who is where at `at`, read once for as many questions as there are (at most five queries, each on demand).

    With `among` it knows of these people only, which is enough to say whether they are away, not who stands in.
    """

    def __init__(
        self, at: datetime, *, among: Collection[int] | None = None, calendar: BusinessCalendar | None = None
    ) -> None:
        self.at = at
        self._among = among
        self._calendar_given = calendar

    def away(self, employee_id: int) -> Away | None:
        """Say that somebody is away and until when; None for somebody who is there."""
        return self._away.get(employee_id)

    def is_away(self, employee_id: int) -> bool:
        """Say whether somebody is away."""
        return employee_id in self._away

    @property
    def everybody_away(self) -> Iterable[Away]:
        """Give everybody who is away, by id."""
        return self._away.values()

    def stand_in(self, employee_id: int, *, besides: Iterable[int] = ()) -> StandIn | None:
        """Follow the alternates of somebody who is away to the first who is there; None where there is none.

        The alternate named for this absence comes first, then those of the directory, then their alternates.
        `besides` are people who may not have what it is about: they are passed over as if they were away.
        """
        closed = {StandIn("person", other) for other in besides}
        return cover_for(StandIn("person", employee_id), self._alternates, is_away=self._unavailable | closed)

    def trouble(self, employee_id: int) -> CoverTrouble | None:
        """Say what is wrong with who stands in for somebody away; None where the first who was named does."""
        named = self._alternates.get(StandIn("person", employee_id), [])
        if not named:
            return CoverTrouble.NOBODY_NAMED
        if self.stand_in(employee_id) is None:
            return CoverTrouble.CIRCLE if self.goes_in_circles(employee_id) else CoverTrouble.NOBODY_THERE
        return CoverTrouble.FIRST_AWAY if named[0] in self._unavailable else None

    def goes_in_circles(self, employee_id: int) -> bool:
        """Say whether somebody's alternates lead back to them."""
        return goes_in_circles(StandIn("person", employee_id), self._alternates)

    def stands_in_for(self, employee_id: int) -> frozenset[int]:
        """Give the ids of everybody away for whom this person stands in; nobody away does."""
        me = StandIn("person", employee_id)
        return frozenset(away for away in self._away if self._stand_ins[away] == me)

    def person(self, stand_in: StandIn | None) -> Employee | None:
        """Give the person who stands in for somebody away; None for a department, and for nobody."""
        if stand_in is None or stand_in.kind != "person":
            return None
        # Only where others were passed over is it somebody who stands in for nobody else.
        known = self._people.get(stand_in.pk)
        return known or Employee.objects.select_related("department").filter(pk=stand_in.pk).first()

    def department(self, stand_in: StandIn | None) -> Department | None:
        """Give the department that stands in for somebody away; None for a person, and for nobody."""
        if stand_in is None or stand_in.kind != "department":
            return None
        return self._departments.get(stand_in.pk) or Department.objects.filter(pk=stand_in.pk).first()

    @cached_property
    def _calendar(self) -> BusinessCalendar | None:
        if self._calendar_given is not None:
            return self._calendar_given
        version = response_calendar_version()
        return version.business_calendar() if version else None

    @cached_property
    def _away(self) -> dict[int, Away]:
        found = {away.employee_id: away for away in self._off_by_pattern()}
        rows = (
            self._asked_of(absences_on(self.at), "employee")
            .select_related("employee", "alternate_person", "alternate_department")
            .order_by(F("ends_at").desc(nulls_first=True), "pk")
        )
        for absence in rows:
            known = found.get(absence.employee_id)
            if known is None or known.absence is None:
                found[absence.employee_id] = Away(absence.employee_id, self._back_on(absence), absence)
        return found

    def _off_by_pattern(self) -> Iterable[Away]:
        calendar = self._calendar
        if calendar is None:
            return
        with suppress(CalendarError):
            today = calendar.local_date(self.at)
            if not calendar.is_business_day(today):
                return
            people = self._asked_of(Employee.objects.filter(is_active=True), "pk").exclude(work_pattern={})
            for pk, stored in people.values_list("pk", "work_pattern"):
                pattern = read_pattern(stored)
                if pattern is not None and not pattern.works_on(today):
                    yield Away(pk, _next_day_at_work(pattern, calendar, today), None)

    def _asked_of(self, rows: QuerySet[Any], person: str) -> QuerySet[Any]:
        return rows if self._among is None else rows.filter(**{f"{person}__in": self._among})

    def _back_on(self, absence: Absence) -> date | None:
        if absence.ends_at is None:
            return None
        if self._calendar is None:
            return timezone.localdate(absence.ends_at)
        period = AbsencePeriod(AbsenceKind(absence.kind), absence.starts_at, absence.ends_at)
        return returns_on(period, self._calendar, read_pattern(absence.employee.work_pattern))

    @cached_property
    def _stand_ins(self) -> dict[int, StandIn | None]:
        return {employee_id: self.stand_in(employee_id) for employee_id in self._away}

    @property
    def _alternates(self) -> dict[StandIn, list[StandIn]]:
        return self._named_to_stand_in[0]

    @cached_property
    def _unavailable(self) -> set[StandIn]:
        return {*(StandIn("person", employee_id) for employee_id in self._away), *self._named_to_stand_in[1]}

    @cached_property
    def _named_to_stand_in(self) -> tuple[dict[StandIn, list[StandIn]], set[StandIn]]:
        """Give who is named for whom, and which of those who are named have left or are retired; one query."""
        found: dict[StandIn, list[StandIn]] = {}
        gone: set[StandIn] = set()
        for employee_id, person_id, department_id, *is_active in (*self._named_by_absence(), *_named_in_directory()):
            named = _named(person_id, department_id)
            found.setdefault(StandIn("person", employee_id), []).extend(named)
            gone.update(() if any(is_active) else named)
        return found, gone

    def _named_by_absence(self) -> Iterator[_NamedRow]:
        for absence in (away.absence for away in self._away.values() if away.absence is not None):
            person, department = absence.alternate_person, absence.alternate_department
            yield (
                absence.employee_id,
                absence.alternate_person_id,
                absence.alternate_department_id,
                person.is_active if person else None,
                department.is_active if department else None,
            )

    @cached_property
    def _people(self) -> dict[int, Employee]:
        return Employee.objects.select_related("department").in_bulk(self._standing_in("person"))

    @cached_property
    def _departments(self) -> dict[int, Department]:
        return Department.objects.in_bulk(self._standing_in("department"))

    def _standing_in(self, kind: str) -> list[int]:
        return [stand_in.pk for stand_in in self._stand_ins.values() if stand_in and stand_in.kind == kind]


def _named_in_directory() -> Iterable[_NamedRow]:
    return Alternate.objects.order_by("employee_id", "position", "pk").values_list(
        "employee_id", "person_id", "department_id", "person__is_active", "department__is_active"
    )


def read_pattern(stored: object) -> WorkPattern | None:
    """Read a stored work pattern; None for none, and for one no program can read."""
    return _read_once(json.dumps(stored, sort_keys=True)) if stored else None


@lru_cache(maxsize=512)
def _read_once(stored: str) -> WorkPattern | None:
    # A city has a handful of patterns and asks for them on every page.
    with suppress(CalendarError, LookupError, TypeError, ValueError):
        return parse_work_pattern(json.loads(stored))
    return None


def naming(employee_id: int, at: datetime) -> tuple[QuerySet[Alternate], QuerySet[Absence]]:
    """Give where those who may be away name this person as an alternate: few rows, and cheap to ask for."""
    standing = absences_on(at)
    may_be_off = ~Q(employee__work_pattern={}) | Exists(standing.filter(employee=OuterRef("employee")))
    in_directory = Alternate.objects.filter(may_be_off, person=employee_id)
    return in_directory.order_by(), standing.filter(alternate_person=employee_id).order_by()


def covered_by(employee_id: int, *, at: datetime, named_by: Collection[int]) -> frozenset[int]:
    """Give whom this person stands in for, of all the city; nobody, unless one of those who name them is away."""
    if not any(Whereabouts(at, among=named_by).everybody_away):
        return frozenset()
    return Whereabouts(at).stands_in_for(employee_id)


def may_be_away(at: datetime, *, fields: Iterable[str] = ("pk",)) -> Q:
    """Say of rows with people in these fields whether one of them may be away: asked within the query that reads them.

    So whoever is there costs no question of their own; who it is true of is answered by `Whereabouts`.
    """
    asked = Q()
    for name in fields:
        pattern = "work_pattern" if name == "pk" else f"{name}__work_pattern"
        asked |= Q(Exists(absences_on(at).filter(employee=OuterRef(name))))
        asked |= Q(**{f"{name}__isnull": False}) & ~Q(**{pattern: {}})
    return asked


def _named(person_id: int | None, department_id: int | None) -> list[StandIn]:
    if person_id:
        return [StandIn("person", person_id)]
    return [StandIn("department", department_id)] if department_id else []


def _next_day_at_work(pattern: WorkPattern, calendar: BusinessCalendar, today: date) -> date | None:
    if pattern.season_until is not None and today > pattern.season_until:
        return None
    on = today
    for _day in range(400):
        on = next_business_day(calendar, on)
        if pattern.works_on(on):
            return on
    return None
