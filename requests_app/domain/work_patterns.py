"""When a person works: weekly hours, alternate days off, a season; days off in it are absences, never excuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendar_schema import (
    dump_intervals,
    parse_date,
    read_alternate_day_off,
    read_intervals,
    read_list,
    read_object,
)
from requests_app.domain.calendars import WEEKDAYS, AlternateDayOff, Interval
from requests_app.domain.typed_hours import format_hours
from requests_app.domain.wording import words_in

Hours = tuple[Interval, ...]
_OPTIONAL = ("alternate_days_off", "season_from", "season_until")


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """`weekly_hours` has seven entries, Monday first; outside the season, where there is one, nobody is expected."""

    weekly_hours: tuple[Hours, ...]
    alternate_days_off: tuple[AlternateDayOff, ...] = ()
    season_from: date | None = None
    season_until: date | None = None

    def __post_init__(self) -> None:
        if not any(self.weekly_hours):
            raise InvalidCalendar("weekly_hours", "needs hours on at least one day.")
        for number, anchor in self.alternate_days_off:
            if anchor.weekday() != number:
                raise InvalidCalendar("alternate_days_off", f"the anchor {anchor} is not a {WEEKDAYS[number]}.")
            if not self.weekly_hours[number]:
                raise InvalidCalendar("alternate_days_off", f"{WEEKDAYS[number]} has no hours in the first place.")
        if self.season_from and self.season_until and self.season_from > self.season_until:
            raise InvalidCalendar("season_until", f"is before season_from ({self.season_from}).")

    def works_on(self, on: date) -> bool:
        """Say whether somebody with this pattern is expected at work on a date, holidays aside."""
        if (self.season_from and on < self.season_from) or (self.season_until and on > self.season_until):
            return False
        is_off = any(day.weekday == on.weekday() and day.covers(on) for day in self.alternate_days_off)
        return bool(self.weekly_hours[on.weekday()]) and not is_off


def parse_work_pattern(data: object) -> WorkPattern | None:
    """Read a pattern from its JSON object; None for the empty one. InvalidCalendar names the field that is wrong."""
    if isinstance(data, Mapping) and not data:
        return None
    fields = read_object("work_pattern", data, required=("weekly_hours",), optional=_OPTIONAL)
    hours = read_object("weekly_hours", fields["weekly_hours"], required=WEEKDAYS)
    return WorkPattern(
        weekly_hours=tuple(read_intervals(f"weekly_hours.{weekday}", hours[weekday]) for weekday in WEEKDAYS),
        alternate_days_off=tuple(
            read_alternate_day_off(*item)
            for item in read_list("alternate_days_off", fields.get("alternate_days_off", []))
        ),
        season_from=_date_or_none("season_from", fields.get("season_from")),
        season_until=_date_or_none("season_until", fields.get("season_until")),
    )


def dump_work_pattern(pattern: WorkPattern | None) -> dict[str, object]:
    """Return the JSON object that parses to an equal pattern."""
    if pattern is None:
        return {}
    return {
        "weekly_hours": dict(zip(WEEKDAYS, map(dump_intervals, pattern.weekly_hours), strict=True)),
        "alternate_days_off": [
            {"weekday": WEEKDAYS[weekday], "anchor": anchor.isoformat()}
            for weekday, anchor in pattern.alternate_days_off
        ],
        "season_from": pattern.season_from.isoformat() if pattern.season_from else None,
        "season_until": pattern.season_until.isoformat() if pattern.season_until else None,
    }


def describe_work_pattern(pattern: WorkPattern, *, language: str = "en") -> str:
    """Put a pattern into words: "Mon–Thu 8:00–16:30, every other Friday off"."""
    words = words_in(language)
    parts = []
    for hours, days in groupby(range(len(WEEKDAYS)), key=lambda day: pattern.weekly_hours[day]):
        first, *rest = list(days)
        if hours:
            span = f"{words.weekdays[first]}–{words.weekdays[rest[-1]]}" if rest else words.weekdays[first]
            parts.append(f"{span} {format_hours(hours)}")
    parts += [
        words.alternate_day_off.format(weekday=words.weekdays_long[weekday])
        for weekday, _ in pattern.alternate_days_off
    ]
    if pattern.season_from:
        parts.append(words.season_from.format(date=_date_words(pattern.season_from, words.months)))
    if pattern.season_until:
        parts.append(words.season_until.format(date=_date_words(pattern.season_until, words.months)))
    return ", ".join(parts)


def _date_words(on: date, months: tuple[str, ...]) -> str:
    return f"{on.day} {months[on.month - 1]} {on.year}"


def _date_or_none(place: str, value: object) -> date | None:
    return None if value is None else parse_date(place, value)
