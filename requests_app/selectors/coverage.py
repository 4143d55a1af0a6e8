"""Who covers on a day to come: answers due whose owner is away then, and who is there (III.b.ii.5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.vocabulary import Milestone, Role, Verdict
from requests_app.models import Department, Employee, ResponseClock
from requests_app.selectors.absences import led_by
from requests_app.selectors.access import Actor
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.visibility import visible_clocks
from requests_app.selectors.whereabouts import Whereabouts

COVERING = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One answer due that day."""

    number: str
    title: str
    url: str
    due: DueView


@dataclass(frozen=True, slots=True)
class AbsentOwner:
    """Somebody away that day with what is due of theirs; `hand_over_pk` is the absence to hand it over from, if any."""

    person: Employee
    away: str
    trouble: str
    hand_over_pk: int | None
    rows: list[CoverageRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DepartmentCover:
    """Who of a department is away that day, and who is there."""

    department: Department
    away: list[AbsentOwner]
    there: list[Employee]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answers due on a day whose owner is away then, by owner, and the departments with somebody away."""

    owners: list[AbsentOwner]
    departments: list[DepartmentCover]
    complete: list[Department]

    @property
    def due(self) -> int:
        """Count the answers due."""
        return sum(len(owner.rows) for owner in self.owners)


def end_of(on: date, calendar: BusinessCalendar) -> datetime:
    """Give the last instant of a business day at which an answer is in time: who is away then answers nothing."""
    return calendar.closing_at(on) - timedelta.resolution


def uncovered_clocks(actor: Actor, *, whereabouts: Whereabouts, calendar: BusinessCalendar) -> Iterable[ResponseClock]:
    """Give the clocks due on the day of `whereabouts` whose owner is away then, in the departments an actor leads."""
    on = calendar.local_date(whereabouts.at)
    away = [each.employee_id for each in whereabouts.everybody_away]
    if not away:
        return []
    clocks = visible_clocks(actor).filter(
        verdict=Verdict.OPEN,
        due_at__gt=calendar.open_intervals_utc(on)[0].start_at,
        due_at__lte=calendar.closing_at(on),
        service_request__owner__in=away,
        service_request__department__in=actor.departments_as(*COVERING),
    )
    # Whoever has to accept an escalation owes that, not the owner.
    clocks = clocks.exclude(milestone=Milestone.ESCALATION_ACCEPTED)
    return clocks.select_related("service_request__owner__department").order_by("due_at", "pk")


def coverage_of(actor: Actor, on: date, *, wording: DueWording, calendar: BusinessCalendar) -> Coverage:
    """Gather who covers on a business day, in a constant number of queries."""
    whereabouts = Whereabouts(end_of(on, calendar), calendar=calendar)
    clocks = list(uncovered_clocks(actor, whereabouts=whereabouts, calendar=calendar))
    people = list(
        Employee.objects.filter(is_active=True, department__in=actor.departments_as(*COVERING))
        .select_related("department")
        .order_by("department__name", "name", "pk")
    )
    owners = {clock.service_request.owner_id: clock.service_request.owner for clock in clocks}
    away = [person for person in people if whereabouts.is_away(person.pk)]
    everybody = {person.pk: person for person in [*away, *(owner for owner in owners.values() if owner)]}
    led = led_by(actor, everybody.values())
    may = frozenset(everybody) if actor.holds(Role.HR) else led | {actor.employee_id}
    absent = {pk: _absent(person, whereabouts, may_hand_over=pk in may) for pk, person in everybody.items()}
    for clock in clocks:
        if clock.service_request.owner_id is not None:
            absent[clock.service_request.owner_id].rows.append(_row(clock, wording))
    departments = _departments(people, absent)
    return Coverage(
        owners=sorted(
            (each for each in absent.values() if each.rows), key=lambda each: (-len(each.rows), each.person.name)
        ),
        departments=[each for each in departments if each.away],
        complete=[each.department for each in departments if not each.away],
    )


def _absent(person: Employee, whereabouts: Whereabouts, *, may_hand_over: bool) -> AbsentOwner:
    words, away = AwayWords(whereabouts), whereabouts.away(person.pk)
    absence = away.absence if away else None
    return AbsentOwner(
        person=person,
        away=words.line(person.pk),
        trouble=words.trouble(person.pk),
        hand_over_pk=absence.pk if absence and may_hand_over else None,
    )


def _row(clock: ResponseClock, wording: DueWording) -> CoverageRow:
    found = clock.service_request
    return CoverageRow(found.number, found.title, found.get_absolute_url(), wording.of_clock(clock))


def _departments(people: Iterable[Employee], absent: dict[int, AbsentOwner]) -> list[DepartmentCover]:
    found: dict[int, DepartmentCover] = {}
    for person in people:
        cover = found.setdefault(person.department_id, DepartmentCover(person.department, [], []))
        if person.pk in absent:
            cover.away.append(absent[person.pk])
        else:
            cover.there.append(person)
    return list(found.values())
