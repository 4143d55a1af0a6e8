"""Whole days away as instants, and back: from an opening to the next opening, as the city is open (III.b.ii.5)."""

from datetime import date, datetime, timedelta

from requests_app.domain.business_time import next_business_day
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar, as_utc

# The longest run of days the city may be closed at once; whoever looks back further looks for something else.
_LONGEST_CLOSURE = timedelta(days=31)


def start_of_day_away(on: date, calendar: BusinessCalendar) -> datetime:
    """Give the opening of a business day, and local midnight of any other day."""
    return _opening(on, calendar) or calendar.instant(on, 0)


def back_after(last_on: date, calendar: BusinessCalendar) -> datetime:
    """Give the next opening after the last whole day away; the midnight after it where the calendar ends."""
    try:
        on = next_business_day(calendar, last_on)
    except CalendarError:
        return calendar.instant(last_on + ONE_DAY, 0)
    return calendar.open_intervals_utc(on)[0].start_at


def last_whole_day(ends_at: datetime, calendar: BusinessCalendar, *, not_before: date) -> date | None:
    """Give the last whole day of an absence that ends at an opening; None for one that ends within a day.

    Of a weekend and the days before it, the last business day: `back_after` leads back to the same instant.
    """
    back_on = calendar.local_date(ends_at)
    if _opening(back_on, calendar) != as_utc(ends_at):
        return None
    on = back_on - ONE_DAY
    while on > max(not_before, back_on - _LONGEST_CLOSURE) and _opening(on, calendar) is None:
        on -= ONE_DAY
    return on if on >= not_before and back_after(on, calendar) == as_utc(ends_at) else None


def _opening(on: date, calendar: BusinessCalendar) -> datetime | None:
    if not calendar.knows(on) or not calendar.is_business_day(on):
        return None
    return calendar.open_intervals_utc(on)[0].start_at
