"""Who is away at an instant, until when, and who stands in: asked by date, never kept as a flag (III.b.ii.5)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal, NamedTuple

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
    """Who is where at `at`, read once for as many questions as there are (at most five queries, each on demand)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

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

    def goes_in_circles(self, employee_id: int) -> bool:
        """Say whether somebody's alternates lead back to them."""
        return goes_in_circles(StandIn("person", employee_id), self._alternates)

    def stands_in_for(self, employee_id: int) -> frozenset[int]:
        """Give the ids of everybody away for whom this person stands in; nobody away does."""
        me = StandIn("person", employee_id)
        return frozenset(away for away in self._away if self._stand_ins[away] == me)

    def person(self, stand_in: StandIn | None) -> Employee | None:
        """Give the person who stands in; None for a department, and for nobody."""
        if stand_in is None or stand_in.kind != "person":
            return None
        return self._people.get(stand_in.pk)

    def department(self, stand_in: StandIn | None) -> Department | None:
        """Give the department that stands in; None for a person, and for nobody."""
        if stand_in is None or stand_in.kind != "department":
            return None
        return self._departments.get(stand_in.pk)

    @cached_property
    def _calendar(self) -> BusinessCalendar | None:
        version = response_calendar_version()
        return version.business_calendar() if version else None

    @cached_property
    def _away(self) -> dict[int, Away]:
        found = {away.employee_id: away for away in self._off_by_pattern()}
        rows = absences_on(self.at).select_related("employee").order_by(F("ends_at").desc(nulls_first=True), "pk")
        for absence in rows:
            known = found.get(absence.employee_id)
            if known is None or known.absence is None:
                found[absence.employee_id] = Away(absence.employee_id, self._back_on(absence), absence)
        return found

    def _off_by_pattern(self) -> Iterable[Away]:
        calendar = self._calendar
        if calendar is None:
            return
        today = calendar.local_date(self.at)
        for pk, stored in (
            Employee.objects.filter(is_active=True).exclude(work_pattern={}).values_list("pk", "work_pattern")
        ):
            pattern = read_pattern(stored)
            if pattern is None:
                continue
            with suppress(CalendarError):
                if calendar.is_business_day(today) and not pattern.works_on(today):
                    yield Away(pk, _next_day_at_work(pattern, calendar, today), None)

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

    @cached_property
    def _alternates(self) -> dict[StandIn, list[StandIn]]:
        found: dict[StandIn, list[StandIn]] = {}
        for away in self._away.values():
            if away.absence is not None:
                named = _named(away.absence.alternate_person_id, away.absence.alternate_department_id)
                found[StandIn("person", away.employee_id)] = named
        for row in Alternate.objects.order_by("employee_id", "position", "pk"):
            found.setdefault(StandIn("person", row.employee_id), []).extend(_named(row.person_id, row.department_id))
        return found

    @cached_property
    def _unavailable(self) -> set[StandIn]:
        mentioned = {each for stand_ins in self._alternates.values() for each in stand_ins}
        gone = {each for each in mentioned if each.kind == "person" and each.pk not in self._people}
        retired = {each for each in mentioned if each.kind == "department" and each.pk not in self._departments}
        return {StandIn("person", employee_id) for employee_id in self._away} | gone | retired

    @cached_property
    def _people(self) -> dict[int, Employee]:
        wanted = {each.pk for named in self._alternates.values() for each in named if each.kind == "person"}
        return Employee.objects.filter(is_active=True).select_related("department").in_bulk(wanted)

    @cached_property
    def _departments(self) -> dict[int, Department]:
        wanted = {each.pk for named in self._alternates.values() for each in named if each.kind == "department"}
        return Department.objects.filter(is_active=True).in_bulk(wanted) if wanted else {}


def read_pattern(stored: object) -> WorkPattern | None:
    """Read a stored work pattern; None for none, and for one no program can read."""
    with suppress(CalendarError, LookupError, TypeError, ValueError):
        return parse_work_pattern(stored)
    return None


def who_may_need(employee_id: int, at: datetime) -> QuerySet[Employee]:
    """Give those who name this person as an alternate and may be away: few, so that asking on every page is cheap."""
    standing = absences_on(at).filter(employee=OuterRef("pk"))
    by_absence = Exists(standing.filter(alternate_person=employee_id))
    in_directory = Exists(Alternate.objects.filter(employee=OuterRef("pk"), person=employee_id))
    return Employee.objects.filter(by_absence | in_directory & (Exists(standing) | ~Q(work_pattern={}))).order_by()


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
    on = today
    for _day in range(400):
        on = next_business_day(calendar, on)
        if pattern.works_on(on):
            return on
    return None
