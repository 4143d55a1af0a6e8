"""The calendars a new installation starts with, built from the holiday rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from requests_app.domain.calendars import BusinessCalendar, Closure, Interval, merge_closures
from requests_app.domain.holidays import closures_for_year

CITY_TIME_ZONE = ZoneInfo("America/Los_Angeles")
KNOWN_FROM = date(2025, 1, 1)
KNOWN_THROUGH = date(2028, 6, 30)

_RESPONSE_HOURS = (Interval(8 * 60, 17 * 60),)
_COUNTER_HOURS = (Interval(8 * 60, 16 * 60 + 30),)


def city_calendar(*, known_from: date = KNOWN_FROM, known_through: date = KNOWN_THROUGH) -> BusinessCalendar:
    """Return the response calendar that deadlines run on: Monday to Friday, 8:00 to 17:00 (local choice)."""
    return BusinessCalendar(
        name="city",
        time_zone=CITY_TIME_ZONE,
        weekly_hours=(*(_RESPONSE_HOURS,) * 5, (), ()),
        business_day_hours=Decimal(9),
        known_from=known_from,
        known_through=known_through,
        closures=holiday_closures(known_from, known_through),
    )


def counter_calendar(*, known_from: date = KNOWN_FROM, known_through: date = KNOWN_THROUGH) -> BusinessCalendar:
    """Return the hours of the public counter: Monday to Thursday, 8:00 to 16:30."""
    return BusinessCalendar(
        name="counter",
        time_zone=CITY_TIME_ZONE,
        weekly_hours=(*(_COUNTER_HOURS,) * 4, (), (), ()),
        business_day_hours=Decimal("8.5"),
        known_from=known_from,
        known_through=known_through,
        closures=holiday_closures(known_from, known_through),
    )


def holiday_closures(known_from: date, known_through: date) -> dict[date, Closure]:
    """Return the holiday closures between two dates, both included."""
    return merge_closures(
        Closure(closure.on, closure.name)
        for year in range(known_from.year, known_through.year + 1)
        for closure in closures_for_year(year)
        if known_from <= closure.on <= known_through
    )
