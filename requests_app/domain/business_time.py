"""Arithmetic on open time: how much of it lies between two instants, and where some amount of it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from requests_app.domain.calendar_errors import CalendarError, HorizonReached
from requests_app.domain.calendars import HORIZON_DAYS, ONE_DAY, BusinessCalendar, as_utc

MINUTE = timedelta(minutes=1)
_NOTHING = timedelta(0)


class OpenTime(NamedTuple):
    """A stretch of open time on one business day."""

    on: date
    start_at: datetime
    end_at: datetime


def open_time_from(calendar: BusinessCalendar, at: datetime) -> Iterator[OpenTime]:
    """Yield the open time at and after an instant, in order; HorizonReached after two years of it."""
    at = as_utc(at)
    on = first_on = calendar.local_date(at)
    for _ in range(HORIZON_DAYS + 1):
        for start_at, end_at in calendar.open_intervals_utc(on):
            if end_at > at:
                yield OpenTime(on, max(start_at, at), end_at)
        on += ONE_DAY
    raise HorizonReached(first_on, HORIZON_DAYS)


def open_time_before(calendar: BusinessCalendar, at: datetime) -> Iterator[OpenTime]:
    """Yield the open time before an instant, latest first; HorizonReached after two years of it."""
    at = as_utc(at)
    on = first_on = calendar.local_date(at)
    for _ in range(HORIZON_DAYS + 1):
        for start_at, end_at in reversed(calendar.open_intervals_utc(on)):
            if start_at < at:
                yield OpenTime(on, start_at, min(end_at, at))
        on -= ONE_DAY
    raise HorizonReached(first_on, HORIZON_DAYS)


def is_open(calendar: BusinessCalendar, at: datetime) -> bool:
    """Return whether the city is open at an instant; it no longer is at the very instant of closing."""
    at = as_utc(at)
    return any(start_at <= at < end_at for start_at, end_at in calendar.open_intervals_utc(calendar.local_date(at)))


def may_tell(calendar: BusinessCalendar, at: datetime) -> bool:
    """Say whether people may be told now: in open time, and past the end of what the calendar knows, always.

    There nobody knows the hours, and late news beats none.
    """
    try:
        return is_open(calendar, at)
    except CalendarError:
        return True


def next_opening(calendar: BusinessCalendar, at: datetime) -> datetime:
    """Return the instant itself if the city is open then, else the next opening."""
    return next(open_time_from(calendar, at)).start_at


def last_opening_before(calendar: BusinessCalendar, at: datetime) -> datetime:
    """Return the latest opening strictly before an instant."""
    return next(open_time_before(calendar, at)).start_at


def add_business_minutes(calendar: BusinessCalendar, at: datetime, minutes: int) -> datetime:
    """Return the first instant by which that much open time has passed; a closing instant is a legal answer."""
    left = minutes * MINUTE
    if left <= _NOTHING:
        return as_utc(at)
    for _, start_at, end_at in open_time_from(calendar, at):
        if end_at - start_at >= left:
            return start_at + left
        left -= end_at - start_at
    raise AssertionError("open_time_from ends by raising")


def subtract_business_minutes(calendar: BusinessCalendar, at: datetime, minutes: int) -> datetime:
    """Return the last instant from which that much open time is left before `at`; the city is open then."""
    left = minutes * MINUTE
    if left <= _NOTHING:
        return as_utc(at)
    for _, start_at, end_at in open_time_before(calendar, at):
        if end_at - start_at >= left:
            return end_at - left
        left -= end_at - start_at
    raise AssertionError("open_time_before ends by raising")


def business_minutes_between(calendar: BusinessCalendar, start_at: datetime, end_at: datetime) -> int:
    """Return whole minutes of open time between two instants, rounded down; 0 if they are in the wrong order."""
    start_at, end_at = as_utc(start_at), as_utc(end_at)
    if end_at <= start_at:
        return 0
    total = _NOTHING
    on, last_on = calendar.local_date(start_at), calendar.local_date(end_at)
    while on <= last_on:
        for opens_at, closes_at in calendar.open_intervals_utc(on):
            total += max(_NOTHING, min(closes_at, end_at) - max(opens_at, start_at))
        on += ONE_DAY
    return total // MINUTE


def business_days_late(calendar: BusinessCalendar, *, due_at: datetime, now: datetime) -> int:
    """Return how many business days lie after the due day, through today's local date; 0 while not late.

    Due Wed 18 Nov, seen Mon 23 Nov: 3. On the due day itself, and over the weekend after it, 0.
    """
    if as_utc(now) <= as_utc(due_at):
        return 0
    return business_days_between(calendar, calendar.due_date(due_at), calendar.local_date(now))


def business_days_between(calendar: BusinessCalendar, after: date, through: date) -> int:
    """Count the business days after one date, through another one."""
    days = (after + timedelta(days=offset) for offset in range(1, (through - after).days + 1))
    return sum(1 for on in days if calendar.is_business_day(on))


def next_business_day(calendar: BusinessCalendar, on: date) -> date:
    """Return the first business day after a date."""
    return nth_business_day_after(calendar, on, 1)


def business_day_on_or_after(calendar: BusinessCalendar, on: date) -> date:
    """Return the date itself if it counts, else the next business day."""
    return on if calendar.is_business_day(on) else next_business_day(calendar, on)


def nth_business_day_after(calendar: BusinessCalendar, on: date, n: int) -> date:
    """Return the n-th business day after a date, the date itself being day 0."""
    day = on
    for _ in range(HORIZON_DAYS):
        if n <= 0:
            return day
        day += ONE_DAY
        n -= calendar.is_business_day(day)
    if n <= 0:
        return day
    raise HorizonReached(on, HORIZON_DAYS)
