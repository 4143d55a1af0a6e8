"""The city's holidays as rules, and the closures they make of a year for an administrator to confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from requests_app.domain.calendars import ONE_DAY

MONDAY, _, _, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class DateRule(Protocol):
    """Something that falls on one date a year."""

    def falls_on(self, year: int) -> date:
        """Return the date in a year."""


@dataclass(frozen=True)
class Fixed:
    """The same month and day every year."""

    month: int
    day: int

    def falls_on(self, year: int) -> date:
        """Return the date in a year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class NthWeekday:
    """The n-th such weekday of a month, n from 1 to 4."""

    month: int
    weekday: int
    n: int

    def falls_on(self, year: int) -> date:
        """Return the date in a year."""
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.n - 1))


@dataclass(frozen=True)
class LastWeekday:
    """The last such weekday of a month."""

    month: int
    weekday: int

    def falls_on(self, year: int) -> date:
        """Return the date in a year."""
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - ONE_DAY
        return last - timedelta(days=(last.weekday() - self.weekday) % 7)


@dataclass(frozen=True)
class DayAfter:
    """The day after another holiday."""

    rule: DateRule

    def falls_on(self, year: int) -> date:
        """Return the date in a year."""
        return self.rule.falls_on(year) + ONE_DAY


@dataclass(frozen=True)
class Holiday:
    """A named rule; a shifted one that falls on Saturday is observed on Friday, on Sunday on Monday."""

    name: str
    rule: DateRule
    shifted: bool = False

    def observed_on(self, year: int) -> date:
        """Return the date on which the city is closed for it, which may lie in the year before."""
        falls_on = self.rule.falls_on(year)
        if self.shifted and falls_on.weekday() == SATURDAY:
            return falls_on - ONE_DAY
        if self.shifted and falls_on.weekday() == SUNDAY:
            return falls_on + ONE_DAY
        return falls_on


_THANKSGIVING = NthWeekday(11, THURSDAY, 4)

# Not the federal list and not the state's: no Columbus Day, and Farmworkers Day is a Friday, not 31 March.
CITY_HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("New Year's Day", Fixed(1, 1), shifted=True),
    Holiday("Martin Luther King Jr. Day", NthWeekday(1, MONDAY, 3)),
    Holiday("Presidents' Day", NthWeekday(2, MONDAY, 3)),
    Holiday("Farmworkers Day", LastWeekday(3, FRIDAY)),
    Holiday("Memorial Day", LastWeekday(5, MONDAY)),
    Holiday("Juneteenth", Fixed(6, 19), shifted=True),
    Holiday("Independence Day", Fixed(7, 4), shifted=True),
    Holiday("Labor Day", NthWeekday(9, MONDAY, 1)),
    Holiday("Veterans Day", Fixed(11, 11), shifted=True),
    Holiday("Thanksgiving Day", _THANKSGIVING),
    Holiday("Day after Thanksgiving", DayAfter(_THANKSGIVING)),
    Holiday("Christmas Eve", Fixed(12, 24), shifted=True),
    Holiday("Christmas Day", Fixed(12, 25), shifted=True),
)


class HolidayClosure(NamedTuple):
    """A date on which the city closes for a holiday, and the date the holiday itself falls on."""

    on: date
    name: str
    falls_on: date

    @property
    def is_observed_elsewhere(self) -> bool:
        """Return whether the closure is not on the holiday itself."""
        return self.on != self.falls_on


class Collision(NamedTuple):
    """Several holidays on one date: the city loses a day off unless an administrator moves one."""

    on: date
    names: tuple[str, ...]


def closures_for_year(year: int, holidays: Sequence[Holiday] = CITY_HOLIDAYS) -> list[HolidayClosure]:
    """Return every holiday closure dated in a year, in order.

    The next year's holidays are looked at too: New Year 2028 is observed on 31 December 2027.
    """
    found = []
    for holiday in holidays:
        for holiday_year in (year - 1, year, year + 1):
            on, falls_on = holiday.observed_on(holiday_year), holiday.rule.falls_on(holiday_year)
            if on.year == year:
                name = holiday.name if on == falls_on else f"{holiday.name} (observed)"
                found.append(HolidayClosure(on, name, falls_on))
    return sorted(found, key=lambda closure: (closure.on, closure.falls_on))


def collisions(closures: Iterable[HolidayClosure]) -> list[Collision]:
    """Return the dates on which several holidays meet, to warn the administrator."""
    names = defaultdict(list)
    for closure in closures:
        names[closure.on].append(closure.name)
    return [Collision(on, tuple(together)) for on, together in sorted(names.items()) if len(together) > 1]
