"""Calendars built for one test, with Monday to Friday 8 to 5 unless it says otherwise."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from requests_app.domain.calendars import (
    WEEKDAYS,
    AlternateDayOff,
    BusinessCalendar,
    Closure,
    Interval,
    merge_closures,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
EIGHT_TO_FIVE = (Interval(480, 1020),)
ALL_DAY = (Interval(0, 1440),)


def hours(*spans: str) -> tuple[Interval, ...]:
    """Return intervals: hours("08:00-12:00", "13:00-17:00")."""
    return tuple(Interval(*(int(part[:2]) * 60 + int(part[3:]) for part in span.split("-"))) for span in spans)


class Choices(TypedDict, total=False):
    """What a test may choose besides; the defaults stand in build_calendar."""

    weekly: Mapping[str, tuple[Interval, ...]]
    alternate: Iterable[AlternateDayOff]
    partial_days_count: bool
    day_hours: str
    time_zone: ZoneInfo


def build_calendar(
    *,
    open_hours: tuple[Interval, ...] = EIGHT_TO_FIVE,
    open_on: Iterable[str] = ("mon", "tue", "wed", "thu", "fri"),
    closures: Iterable[Closure] = (),
    known: tuple[date, date] = (date(2020, 1, 1), date(2035, 12, 31)),
    **choices: Unpack[Choices],
) -> BusinessCalendar:
    weekly = choices.get("weekly") or dict.fromkeys(open_on, open_hours)
    return BusinessCalendar(
        name="test",
        time_zone=choices.get("time_zone", PACIFIC),
        weekly_hours=tuple(weekly.get(weekday, ()) for weekday in WEEKDAYS),
        business_day_hours=Decimal(choices.get("day_hours", "9")),
        known_from=known[0],
        known_through=known[1],
        closures=merge_closures(closures),
        alternate_days_off=tuple(choices.get("alternate", ())),
        partial_days_count=choices.get("partial_days_count", False),
    )


def at(text: str, *, zone: ZoneInfo = PACIFIC, fold: int = 0) -> datetime:
    """A local time as an aware UTC instant: at("2026-11-13 17:12")."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)
