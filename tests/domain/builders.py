"""Calendars built for one test, with Monday to Friday 8 to 5 unless it says otherwise."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
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


def build_calendar(
    *,
    weekly: Mapping[str, tuple[Interval, ...]] | None = None,
    open_hours: tuple[Interval, ...] = EIGHT_TO_FIVE,
    open_on: Iterable[str] = ("mon", "tue", "wed", "thu", "fri"),
    closures: Iterable[Closure] = (),
    alternate: Iterable[AlternateDayOff] = (),
    partial_days_count: bool = False,
    day_hours: str = "9",
    known: tuple[date, date] = (date(2020, 1, 1), date(2035, 12, 31)),
    time_zone: ZoneInfo = PACIFIC,
) -> BusinessCalendar:
    weekly = dict.fromkeys(open_on, open_hours) if weekly is None else weekly
    return BusinessCalendar(
        name="test",
        time_zone=time_zone,
        weekly_hours=tuple(weekly.get(weekday, ()) for weekday in WEEKDAYS),
        business_day_hours=Decimal(day_hours),
        known_from=known[0],
        known_through=known[1],
        closures=merge_closures(closures),
        alternate_days_off=tuple(alternate),
        partial_days_count=partial_days_count,
    )


def at(text: str, *, zone: ZoneInfo = PACIFIC, fold: int = 0) -> datetime:
    """A local time as an aware UTC instant: at("2026-11-13 17:12")."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)
