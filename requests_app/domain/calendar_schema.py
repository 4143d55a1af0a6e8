"""Calendars as JSON: read strictly, written back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendars import (
    WEEKDAYS,
    AlternateDayOff,
    BusinessCalendar,
    Closure,
    Interval,
    check_intervals,
    merge_closures,
)

REQUIRED_FIELDS = ("time_zone", "weekly_hours", "business_day_hours", "known_from", "known_through")
OPTIONAL_FIELDS = ("name", "alternate_days_off", "partial_days_count", "closures")

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def parse_calendar(data: object) -> BusinessCalendar:
    """Build a calendar from its JSON object; InvalidCalendar names the field that is wrong.

    Unknown fields are refused: a misspelt "closures" must not silently open the city on a holiday.
    """
    fields = read_object("calendar", data, required=REQUIRED_FIELDS, optional=OPTIONAL_FIELDS)
    hours = read_object("weekly_hours", fields["weekly_hours"], required=WEEKDAYS)
    return BusinessCalendar(
        name=_text("name", fields.get("name", "")),
        time_zone=_time_zone(fields["time_zone"]),
        weekly_hours=tuple(read_intervals(f"weekly_hours.{weekday}", hours[weekday]) for weekday in WEEKDAYS),
        business_day_hours=_hours("business_day_hours", fields["business_day_hours"]),
        known_from=parse_date("known_from", fields["known_from"]),
        known_through=parse_date("known_through", fields["known_through"]),
        closures=merge_closures(parse_closures(data)),
        alternate_days_off=tuple(
            read_alternate_day_off(*item)
            for item in read_list("alternate_days_off", fields.get("alternate_days_off", []))
        ),
        partial_days_count=_boolean("partial_days_count", fields.get("partial_days_count", False)),
    )


def parse_closures(data: object) -> list[Closure]:
    """Read the closures of a calendar's JSON object one by one, before those of one date become one."""
    listed = data.get("closures", []) if isinstance(data, Mapping) else []
    return [_closure(*item) for item in read_list("closures", listed)]


def dump_calendar(calendar: BusinessCalendar) -> dict[str, object]:
    """Return the JSON object that parses to an equal calendar."""
    return {
        "name": calendar.name,
        "time_zone": calendar.time_zone.key,
        "weekly_hours": dict(zip(WEEKDAYS, map(dump_intervals, calendar.weekly_hours), strict=True)),
        "alternate_days_off": [
            {"weekday": WEEKDAYS[weekday], "anchor": anchor.isoformat()}
            for weekday, anchor in calendar.alternate_days_off
        ],
        "partial_days_count": calendar.partial_days_count,
        "business_day_hours": float(calendar.business_day_hours),
        "known_from": calendar.known_from.isoformat(),
        "known_through": calendar.known_through.isoformat(),
        "closures": [
            {"date": on.isoformat(), "name": closure.name, "open": dump_intervals(closure.open)}
            for on, closure in sorted(calendar.closures.items())
        ],
    }


def parse_date(place: str, value: object) -> date:
    """Read YYYY-MM-DD and nothing else (week dates and basic format are refused)."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidCalendar(place, "must be a date like 2026-11-25.")


def parse_minute(place: str, value: object) -> int:
    """Read HH:MM, 24:00 included, as minutes of the day."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise InvalidCalendar(place, "must be a time like 08:00, at most 24:00.")
    return int(value[:2]) * 60 + int(value[3:])


def format_minute(minute: int) -> str:
    """Return HH:MM; 1440 is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def read_object(
    place: str, value: object, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Mapping[str, object]:
    """Read an object that has the required fields and no unknown ones."""
    if not isinstance(value, Mapping):
        raise InvalidCalendar(place, "must be an object.")
    for key in required:
        if key not in value:
            raise InvalidCalendar(f"{place}.{key}", "is missing.")
    for key in value:
        if key not in required and key not in optional:
            raise InvalidCalendar(f"{place}.{key}", "is not a known field.")
    return value


def read_list(place: str, value: object) -> list[tuple[str, object]]:
    """Read a list: the items, each with its own place."""
    if not isinstance(value, list):
        raise InvalidCalendar(place, "must be a list.")
    return [(f"{place}[{index}]", item) for index, item in enumerate(value)]


def _text(place: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidCalendar(place, "must be text.")
    return value


def _boolean(place: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidCalendar(place, "must be true or false.")
    return value


def _hours(place: str, value: object) -> Decimal:
    if not isinstance(value, bool) and isinstance(value, int | float | Decimal):
        try:
            hours = Decimal(str(value))
        except InvalidOperation:
            hours = Decimal("NaN")
        if hours.is_finite():
            return hours
    raise InvalidCalendar(place, "must be a number of hours.")


def _time_zone(value: object) -> ZoneInfo:
    # ZoneInfo answers a bad key in several ways: absolute paths, folders and odd bytes each raise something else.
    try:
        return ZoneInfo(_text("time_zone", value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if isinstance(error, InvalidCalendar):
            raise
        raise InvalidCalendar("time_zone", f"{value!r} is not a known time zone.") from error


def read_intervals(place: str, value: object) -> tuple[Interval, ...]:
    """Read pairs like ["08:00", "17:00"], sorted and not overlapping."""
    intervals = []
    for pair_place, pair in read_list(place, value):
        if not isinstance(pair, list) or len(pair) != 2:
            raise InvalidCalendar(pair_place, 'must be a pair like ["08:00", "17:00"].')
        start, end = (parse_minute(pair_place, item) for item in pair)
        intervals.append(Interval(start, end))
    check_intervals(place, intervals)
    return tuple(intervals)


def _closure(place: str, value: object) -> Closure:
    fields = read_object(place, value, required=("date",), optional=("name", "open"))
    return Closure(
        on=parse_date(f"{place}.date", fields["date"]),
        name=_text(f"{place}.name", fields.get("name", "")),
        open=read_intervals(f"{place}.open", fields.get("open", [])),
    )


def read_alternate_day_off(place: str, value: object) -> AlternateDayOff:
    """Read a weekday with its anchor."""
    fields = read_object(place, value, required=("weekday", "anchor"))
    weekday = fields["weekday"]
    if weekday not in WEEKDAYS:
        raise InvalidCalendar(f"{place}.weekday", f"must be one of {', '.join(WEEKDAYS)}.")
    return AlternateDayOff(WEEKDAYS.index(str(weekday)), parse_date(f"{place}.anchor", fields["anchor"]))


def dump_intervals(intervals: Iterable[Interval]) -> list[list[str]]:
    """Write intervals as `read_intervals` reads them."""
    return [[format_minute(interval.start_minute), format_minute(interval.end_minute)] for interval in intervals]
