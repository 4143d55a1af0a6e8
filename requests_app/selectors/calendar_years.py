"""A year of a calendar at a glance: every day, whether it counts, and why not."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.domain.calendar_schema import parse_closures
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar, DayReason
from requests_app.domain.typed_hours import format_hours
from requests_app.selectors.calendars import Draft


class DayKind(StrEnum):
    """How a day is shown; each but an ordinary one has a letter or sign of its own beside its colour."""

    OPEN = "open"
    CLOSED = "closed"
    PART = "part"
    EXTRA = "extra"
    ALTERNATE = "alternate"
    WEEKLY = "weekly"
    UNKNOWN = "unknown"


_KINDS = {
    DayReason.OPEN: DayKind.OPEN,
    DayReason.WEEKLY_CLOSED: DayKind.WEEKLY,
    DayReason.ALTERNATE_DAY_OFF: DayKind.ALTERNATE,
    DayReason.CLOSED: DayKind.CLOSED,
}
MARKS = {DayKind.CLOSED: "C", DayKind.PART: "P", DayKind.EXTRA: "+", DayKind.ALTERNATE: "A", DayKind.UNKNOWN: "?"}

_WORDS: dict[DayKind, str | Promise] = {
    DayKind.CLOSED: gettext_lazy("closed"),
    DayKind.PART: gettext_lazy("part of the day"),
    DayKind.EXTRA: gettext_lazy("extra open day"),
    DayKind.ALTERNATE: gettext_lazy("alternate day off"),
    DayKind.WEEKLY: gettext_lazy("closed every week"),
    DayKind.UNKNOWN: gettext_lazy("not known"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One date: what it is, what it is called, its hours, and whether that is confirmed yet."""

    on: date
    kind: DayKind
    name: str = ""
    hours: str = ""
    counts: bool = False
    is_unconfirmed: bool = False

    @property
    def mark(self) -> str:
        """Give the sign beside the number, so that no meaning hangs on colour."""
        return MARKS.get(self.kind, "")

    @property
    def words(self) -> str:
        """Say what colour and sign say, with the day's name; nothing for an ordinary day."""
        words = [str(_WORDS[self.kind])] if self.kind in _WORDS else []
        words += [_("not confirmed yet")] if self.is_unconfirmed else []
        text = ", ".join(words)
        return f"{text}: {self.name}" if self.name else text

    @property
    def css_class(self) -> str:
        """Name the classes of its cell."""
        return f"day day-{self.kind}{' day-new' if self.is_unconfirmed else ''}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Sunday to Saturday; the days of its neighbours are left blank."""

    first_on: date
    weeks: list[list[Day | None]]

    @property
    def exceptions(self) -> list[Day]:
        """List the days that are not as every week, to be read as text."""
        plain = (DayKind.OPEN, DayKind.WEEKLY, DayKind.ALTERNATE, DayKind.UNKNOWN)
        days = (day for week in self.weeks for day in week if day)
        return [day for day in days if day.kind not in plain or day.is_unconfirmed]

    @property
    def business_days(self) -> int:
        """Count the days that count."""
        return sum(day.counts for week in self.weeks for day in week if day)


def months_of(draft: Draft, year: int) -> list[Month]:
    """Lay out a year of the draft, or of what was confirmed where the draft contradicts itself (no query)."""
    shown = draft.shown
    if shown is None:
        return []
    confirmed = draft.newest.business_calendar() if draft.newest else None
    return [_month(date(year, month, 1), shown, confirmed) for month in range(1, 13)]


def day_of(draft: Draft, on: date) -> Day | None:
    """Describe one day of the draft."""
    if draft.shown is None:
        return None
    return _day(on, draft.shown, draft.newest.business_calendar() if draft.newest else None)


def _month(first_on: date, shown: BusinessCalendar, confirmed: BusinessCalendar | None) -> Month:
    days = [_day(on, shown, confirmed) for on in _dates(first_on)]
    blanks: list[Day | None] = [None] * ((first_on.weekday() + 1) % 7)
    cells = [*blanks, *days]
    cells += [None] * (-len(cells) % 7)
    return Month(first_on, [cells[start : start + 7] for start in range(0, len(cells), 7)])


def _dates(first_on: date) -> Iterator[date]:
    on = first_on
    while on.month == first_on.month:
        yield on
        on += ONE_DAY


def _day(on: date, shown: BusinessCalendar, confirmed: BusinessCalendar | None) -> Day:
    described = _described(on, shown)
    if confirmed is None or confirmed is shown or _described(on, confirmed) == described:
        return described
    return Day(on, described.kind, described.name, described.hours, described.counts, is_unconfirmed=True)


def _described(on: date, calendar: BusinessCalendar) -> Day:
    if not calendar.knows(on):
        return Day(on, DayKind.UNKNOWN)
    status, closure = calendar.day_status(on), calendar.closures.get(on)
    kind = _KINDS.get(status.reason)
    if kind is None:
        usual = calendar.weekly_hours[on.weekday()] and not any(
            rule.covers(on) for rule in calendar.alternate_days_off if rule.weekday == on.weekday()
        )
        kind = DayKind.PART if usual else DayKind.EXTRA
    intervals = closure.open if closure else status.intervals
    return Day(on, kind, status.name, format_hours(intervals), status.counts)


def doubled_days(draft: Draft, year: int) -> list[tuple[date, list[str]]]:
    """Give the dates of a year on which several entries meet, with their names: the city loses a day off."""
    names: defaultdict[date, list[str]] = defaultdict(list)
    for closure in parse_closures(draft.definition) if not draft.problem else []:
        if closure.on.year == year and not closure.open:
            names[closure.on].append(closure.name)
    return [(on, together) for on, together in sorted(names.items()) if len(together) > 1]


def next_exception(draft: Draft, *, after: date) -> Day | None:
    """Give the next day within a year that is closed, part of a day or extra by an entry of its own."""
    shown = draft.shown
    coming = sorted(on for on in (shown.closures if shown else ()) if after < on <= after + timedelta(days=366))
    return day_of(draft, coming[0]) if coming else None
