"""The register as a list: who is away, who will be, who was; and who is off by their own work pattern (III.b.ii.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, OrderBy, Q, QuerySet
from django.utils import timezone

from requests_app.domain.absences import days_off
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence, Employee
from requests_app.selectors.absence_words import named_stand_in, until_words
from requests_app.selectors.absences import led_by, standing_absences
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.directory import active_employees
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import Whereabouts, read_pattern

PATTERN_DAYS = timedelta(days=13)


class When(StrEnum):
    """Which absences are asked for; without an answer, those that are not over."""

    STANDING = ""
    NOW = "now"
    AHEAD = "ahead"
    PAST = "past"
    ALL = "all"


ORDERS: Mapping[str, str | OrderBy] = {
    "name": "employee__name_normalised",
    "starts": "starts_at",
    "ends": F("ends_at").asc(nulls_last=True),
    "recorded": "recorded_at",
    "-name": "-employee__name_normalised",
    "-starts": "-starts_at",
    "-ends": F("ends_at").desc(nulls_first=True),
    "-recorded": "-recorded_at",
}


@dataclass(frozen=True, slots=True)
class AbsenceFilters:
    """What narrows the register; a department takes in its divisions."""

    when: When = When.STANDING
    department_id: int | None = None
    person_id: int | None = None
    sort: str = ""

    @property
    def order(self) -> str:
        """Give the order in use: what is next first, of what is past the newest."""
        return self.sort or ("-starts" if self.when in (When.PAST, When.ALL) else "starts")


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence as a list shows it; `shows_why` says whether its reader may know kind and reason."""

    absence: Absence
    state: When
    until: str
    stand_in: str
    shows_why: bool


@dataclass(frozen=True, slots=True)
class PatternDay:
    """A business day, and who is off on it by their own work pattern."""

    on: date
    people: list[Employee]


def absences(filters: AbsenceFilters, *, now: datetime) -> QuerySet[Absence]:
    """Give the absences that fit, those that were removed left out."""
    rows = standing_absences().filter(_when(filters.when, now))
    if filters.department_id:
        below = divisions_of([filters.department_id], parents_of_departments())
        rows = rows.filter(employee__department__in=below)
    if filters.person_id:
        rows = rows.filter(employee=filters.person_id)
    return rows.order_by(ORDERS[filters.order], "pk")


def absence_rows(found: Iterable[Absence], *, actor: Actor, now: datetime) -> list[AbsenceRow]:
    """Put absences into words for their reader, in a number of queries that does not grow with them."""
    found = list(found)
    known = known_reasons(actor, [absence.employee for absence in found])
    whereabouts, today = Whereabouts(now), timezone.localdate(now)
    return [
        AbsenceRow(
            absence,
            state_of(absence, now=now),
            until_words(absence, today=today),
            stand_in_words(absence, whereabouts),
            absence.employee_id in known,
        )
        for absence in found
    ]


def known_reasons(actor: Actor, people: Sequence[Employee]) -> frozenset[int]:
    """Give the ids of those of whom an actor may know why they are away, in one query (as `reads_reason`)."""
    if actor.holds(Role.HR):
        return frozenset(person.pk for person in people)
    own = {person.pk for person in people if person.pk == actor.employee_id}
    return led_by(actor, people) | own


def state_of(absence: Absence, *, now: datetime) -> When:
    """Say whether an absence is running, to come or over."""
    if absence.starts_at > now:
        return When.AHEAD
    return When.NOW if absence.ends_at is None or absence.ends_at > now else When.PAST


def stand_in_words(absence: Absence, whereabouts: Whereabouts) -> str:
    """Name who stands in: of a running absence whoever it really is by now, else whoever was named."""
    if state_of(absence, now=whereabouts.at) is not When.NOW:
        return named_stand_in(absence)
    stand_in = whereabouts.stand_in(absence.employee_id)
    return str(whereabouts.person(stand_in) or whereabouts.department(stand_in) or "")


def days_off_by_pattern(filters: AbsenceFilters, *, now: datetime) -> list[PatternDay]:
    """List today and the two weeks from it with whoever their own pattern keeps away: coverage, never an excuse."""
    version = response_calendar_version()
    if version is None or filters.when not in (When.STANDING, When.NOW, When.AHEAD, When.ALL):
        return []
    calendar, today = version.business_calendar(), timezone.localdate(now)
    since = today + timedelta(days=filters.when is When.AHEAD)
    through = today if filters.when is When.NOW else today + PATTERN_DAYS
    off: dict[date, list[Employee]] = {}
    for person in _with_pattern(filters):
        if pattern := read_pattern(person.work_pattern):
            try:
                for on in days_off(pattern, calendar, since=since, through=through):
                    off.setdefault(on, []).append(person)
            except CalendarError:  # the end of what is known of the year: what was found until there is told
                continue
    return [PatternDay(on, off[on]) for on in sorted(off)]


def _with_pattern(filters: AbsenceFilters) -> QuerySet[Employee]:
    people = active_employees().exclude(work_pattern={})
    if filters.department_id:
        people = people.filter(department__in=divisions_of([filters.department_id], parents_of_departments()))
    return people.filter(pk=filters.person_id) if filters.person_id else people


def _when(when: When, now: datetime) -> Q:
    begun, over = Q(starts_at__lte=now), Q(ends_at__isnull=False, ends_at__lte=now)
    return {
        When.STANDING: ~over,
        When.NOW: begun & ~over,
        When.AHEAD: Q(starts_at__gt=now),
        When.PAST: over,
        When.ALL: Q(),
    }[when]
