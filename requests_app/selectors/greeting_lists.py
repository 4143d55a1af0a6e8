"""Whose greetings wait: not set, to be looked at, to be taken down, and what else is wrong (III.b.ii.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.greeting_tracks import Stage
from requests_app.domain.greeting_warnings import GreetingWarning
from requests_app.domain.greetings import Element, ElementState
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence
from requests_app.models.absence_words import GREETING_ELEMENTS
from requests_app.selectors.absences import led_by
from requests_app.selectors.access import Actor
from requests_app.selectors.greeting_warnings import GreetingWatch, Tracked, Uncovered
from requests_app.selectors.greeting_words import WARNINGS, Sign, away_words, day_words, state_of
from requests_app.selectors.greetings import GreetingRights, greeting_rights

READERS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR, Role.ADMINISTRATOR)
MOST_ROWS = 100
_EVERYWHERE = (Role.CITY_MANAGER, Role.HR, Role.ADMINISTRATOR)
_LEADING = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
# What the other groups say already.
_SAID_ELSEWHERE = frozenset({GreetingWarning.NOT_SET, GreetingWarning.FOUND_WRONG, GreetingWarning.NOT_CLEARED})


@dataclass(frozen=True, slots=True)
class GreetingRow:
    """An absence whose greetings somebody may deal with; nothing in it says why somebody is away."""

    tracked: Tracked
    rights: GreetingRights
    state: Sign
    away: str
    lacking: list[str]
    warnings: list[str]

    @property
    def absence(self) -> Absence:
        """The absence."""
        return self.tracked.absence


@dataclass(frozen=True, slots=True)
class UncoveredRow:
    """A department of which everybody is away, with the days."""

    name: str
    days: str


@dataclass(frozen=True, slots=True)
class GreetingLists:
    """The groups of the page, each in the order absences begin."""

    to_set: list[GreetingRow]
    to_check: list[GreetingRow]
    to_clear: list[GreetingRow]
    coming: list[GreetingRow]
    wrong: list[GreetingRow]
    uncovered: list[UncoveredRow]


def greeting_lists(actor: Actor, *, now: datetime) -> GreetingLists:
    """Read what waits, of those an actor leads; Human Resources and administrators read it of everybody."""
    watch = GreetingWatch(now)
    led = led_by(actor, [each.absence.employee for each in watch.tracked])
    rows = []
    for each in watch.tracked:
        employee = each.absence.employee
        rights = greeting_rights(actor, employee, is_led=employee.pk in led)
        if rights.sets:
            rows.append(_row(each, rights, watch, now=now))
    return GreetingLists(
        to_set=_those(rows, lambda row: row.tracked.stage in (Stage.MISSING, Stage.SET_AGAIN)),
        to_check=_those(rows, lambda row: row.rights.checks and _awaits_check(row.tracked)),
        to_clear=_those(rows, lambda row: row.tracked.stage is Stage.TO_CLEAR),
        coming=_those(rows, lambda row: row.tracked.stage is Stage.PENDING),
        wrong=_those(rows, lambda row: bool(row.warnings)),
        uncovered=_uncovered(actor, watch),
    )


def _those(rows: list[GreetingRow], wanted: Callable[[GreetingRow], bool]) -> list[GreetingRow]:
    return [row for row in rows if wanted(row)][:MOST_ROWS]


def _awaits_check(tracked: Tracked) -> bool:
    return tracked.stage is Stage.SET and tracked.track.awaits_check


def _row(each: Tracked, rights: GreetingRights, watch: GreetingWatch, *, now: datetime) -> GreetingRow:
    states = watch.desk.elements(each.absence)
    return GreetingRow(
        tracked=each,
        rights=rights,
        state=state_of(each.track, each.stage, now=now),
        away=away_words(each.track, now=now),
        lacking=[str(GREETING_ELEMENTS[element]) for element in Element if states[element] is ElementState.LACKING],
        warnings=[str(WARNINGS[warning]) for warning in each.warnings if warning not in _SAID_ELSEWHERE],
    )


def _uncovered(actor: Actor, watch: GreetingWatch) -> list[UncoveredRow]:
    """Say it of all departments to those who answer for the city, of their own to whoever leads one."""
    is_everywhere, own = actor.holds(*_EVERYWHERE), actor.departments_as(*_LEADING)
    found: dict[str, list[Uncovered]] = {}
    for each in watch.departments_uncovered():
        if is_everywhere or each.department.pk in own:
            found.setdefault(each.department.name, []).append(each)
    return [
        UncoveredRow(name, ", ".join(day_words(each.on, now=watch.now) for each in days))
        for name, days in sorted(found.items())
    ]
