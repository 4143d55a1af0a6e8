"""When an answer is due. Dates are counted first and turned into an instant at the end; 24 hours are never added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from requests_app.domain.business_time import business_day_on_or_after
from requests_app.domain.calendar_errors import HorizonReached, InvalidDayCount, InvalidInstant
from requests_app.domain.calendars import (
    DAY_MINUTES,
    HORIZON_DAYS,
    ONE_DAY,
    BusinessCalendar,
    DayReason,
    DayStatus,
    Span,
    as_utc,
)
from requests_app.domain.trace import TraceStep, trace_step
from requests_app.domain.vocabulary import Unit

MAX_DAYS = 366
_REMEMBERED_DAYS = 30
_CITY_CLOSED = ("closed_day", "after_closing")
_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta(0)


class Rule(StrEnum):
    """The three ways to count; the first is the city's default."""

    END_OF_NTH_BUSINESS_DAY = "end_of_nth_business_day"
    DEEMED_NEXT_BUSINESS_DAY = "deemed_next_business_day"
    ROLLING_BUSINESS_HOURS = "rolling_business_hours"


class Allowance(NamedTuple):
    """How long an answer may take, and how that is counted."""

    number: int
    unit: Unit
    rule: Rule


class Deadline(NamedTuple):
    """A due instant in UTC, the local day it belongs to, and how it was found."""

    due_at: datetime
    due_on: date
    trace: tuple[TraceStep, ...]


def deadline_within(calendar: BusinessCalendar, allowance: Allowance, *, received_at: datetime) -> Deadline:
    """Return the due instant of a contact under an allowance. Raises a CalendarError where there is none."""
    number = allowance.number
    if allowance.unit is Unit.CALENDAR_DAYS:  # Cal. Gov. Code 7922.535
        return calendar_days_deadline(calendar, received_at=received_at, calendar_days=number)
    return compute_deadline(calendar, received_at=received_at, business_days=number, rule=allowance.rule)


def compute_deadline(calendar: BusinessCalendar, *, received_at: datetime, business_days: int, rule: Rule) -> Deadline:
    """Return the due instant of a contact that reached the city at `received_at` (aware).

    Raises a CalendarError: naive receipt, a count that is not a whole number from 1 to 366, a date the
    calendar does not know (the receipt date included), or nothing due within 730 days.
    """
    _require_days(business_days)
    try:
        at, received = _receipt(calendar, received_at)
        if rule is Rule.ROLLING_BUSINESS_HOURS:
            due_at, due_on, steps = _rolling(calendar, at, _date_of(received), business_days)
        else:
            moves_on = rule is Rule.DEEMED_NEXT_BUSINESS_DAY and dict(received.items)["when"] in _CITY_CLOSED
            # Long counts are rare, and remembering hundreds of steps each would fill the memory.
            by_dates = _by_dates if business_days <= _REMEMBERED_DAYS else _by_dates.__wrapped__
            due_at, due_on, steps = by_dates(calendar, _date_of(received), business_days, moves_on)
    except OverflowError as error:
        raise InvalidInstant("received_at is too close to the first or last year that can be computed.") from error
    return Deadline(due_at, due_on, (received, *steps))


def calendar_days_deadline(calendar: BusinessCalendar, *, received_at: datetime, calendar_days: int) -> Deadline:
    """Return close of business on the N-th calendar day after receipt, or on the next business day if closed then."""
    _require_days(calendar_days)
    _, received = _receipt(calendar, received_at)
    received_on = _date_of(received)
    # Cal. Gov. Code 7922.535: 10 calendar days; 6800 and 6806 leave out the first day and move on from a closed one.
    target_on = due_on = received_on + timedelta(days=calendar_days)
    steps = [received, trace_step("calendar_days", target_on, days=calendar_days)]
    if not calendar.is_business_day(target_on):
        *closed, counted = _count(calendar, target_on, 1, received_on + timedelta(days=HORIZON_DAYS))
        due_on = _date_of(counted)
        steps += [_closed(calendar, target_on), *closed, TraceStep("moved", due_on)]
    return _due_at_closing(calendar, due_on, steps)


def close_of_business(calendar: BusinessCalendar, on: date) -> Deadline:
    """Return the due instant of an answer promised for a date; NotABusinessDay if the city is closed then."""
    calendar.closing_at(on)
    return _due_at_closing(calendar, on, [TraceStep("promised", on)])


def given_deadline(calendar: BusinessCalendar, given_on: date) -> Deadline:
    """Return close of business on a date a person gave, or on the next day the city is open."""
    return close_of_business(calendar, business_day_on_or_after(calendar, given_on))


# The same few days are counted from again and again, in a batch as at the counter; positional, which is the
# quicker key.
@lru_cache(maxsize=8192)
def _by_dates(calendar: BusinessCalendar, received_on: date, business_days: int, moves_on: bool) -> Deadline:
    last_on = received_on + timedelta(days=HORIZON_DAYS)
    steps: list[TraceStep] = []
    day_zero = received_on
    if moves_on:
        if not calendar.is_business_day(received_on):
            steps.append(_closed(calendar, received_on))
        *closed, counted = _count(calendar, received_on, 1, last_on)
        day_zero = _date_of(counted)
        steps += [*closed, TraceStep("deemed_received", day_zero)]
    else:
        steps.append(TraceStep("day_zero", day_zero))
    steps += _count(calendar, day_zero, business_days, last_on)
    return _due_at_closing(calendar, _date_of(steps[-1]), steps)


def _count(calendar: BusinessCalendar, day_zero: date, business_days: int, last_on: date) -> list[TraceStep]:
    """Return a step for every date after day 0, the last one being the n-th business day."""
    steps: list[TraceStep] = []
    on, number = day_zero, 0
    while on < last_on:
        on += ONE_DAY
        if not calendar.is_business_day(on):
            steps.append(_closed(calendar, on))
            continue
        number += 1
        special = calendar.day_status(on).reason is DayReason.SPECIAL_HOURS
        steps.append(trace_step("business_day_special" if special else "business_day", on, number=number))
        if number == business_days:
            return steps
    raise HorizonReached(last_on - timedelta(days=HORIZON_DAYS), HORIZON_DAYS)


def _date_of(step: TraceStep) -> date:
    if step.on is None:
        raise AssertionError(f"{step.code} has no date")
    return step.on


def _rolling(calendar: BusinessCalendar, at: datetime, received_on: date, business_days: int) -> Deadline:
    left = calendar.business_day * business_days
    steps = [trace_step("hours_to_count", None, minutes=left // _MINUTE)]
    on, last_on = received_on, received_on + timedelta(days=HORIZON_DAYS)
    while on <= last_on:
        status = calendar.day_status(on)
        if on != received_on and status.open_time < left:
            steps.append(_whole_day(calendar, on))
            left -= status.open_time
        else:
            used, due_at = _use_hours(status.spans, at, left)
            steps += _part_of_day(calendar, on, left, used)
            if due_at is not None:
                return _due(calendar, due_at, steps)
            left -= used
        on += ONE_DAY
    raise HorizonReached(received_on, HORIZON_DAYS)


@lru_cache(maxsize=4096)
def _whole_day(calendar: BusinessCalendar, on: date) -> TraceStep:
    open_time = calendar.day_status(on).open_time
    if not open_time:
        return _closed(calendar, on)
    return trace_step("hours_counted", on, minutes=open_time // _MINUTE)


def _part_of_day(calendar: BusinessCalendar, on: date, left: timedelta, used: timedelta) -> list[TraceStep]:
    if used:
        # Whole minutes that add up: a day is told as the difference of two rounded remainders.
        return [trace_step("hours_counted", on, minutes=left // _MINUTE - (left - used) // _MINUTE)]
    return [] if calendar.is_business_day(on) else [_closed(calendar, on)]


def _use_hours(spans: Iterable[Span], at: datetime, left: timedelta) -> tuple[timedelta, datetime | None]:
    """Return how much of `left` one day uses up from an instant on, and the first instant at which all of it is."""
    used = _NOTHING
    for opens_at, closes_at in spans:
        start_at = max(opens_at, at)
        if closes_at <= start_at:
            continue
        if closes_at - start_at >= left - used:
            return left, start_at + (left - used)
        used += closes_at - start_at
    return used, None


def _due_at_closing(calendar: BusinessCalendar, due_on: date, steps: list[TraceStep]) -> Deadline:
    return _due(calendar, calendar.closing_at(due_on), steps)


def _due(calendar: BusinessCalendar, due_at: datetime, steps: list[TraceStep]) -> Deadline:
    local = due_at.astimezone(calendar.time_zone)
    due_on, minute = local.date(), local.hour * 60 + local.minute
    if not minute and due_on != calendar.due_date(due_at):
        due_on, minute = due_on - ONE_DAY, DAY_MINUTES
    steps.append(trace_step("due", due_on, minute=minute))
    return Deadline(due_at, due_on, tuple(steps))


def _receipt(calendar: BusinessCalendar, received_at: datetime) -> tuple[datetime, TraceStep]:
    """Return the receipt in UTC and its step, which holds the local date."""
    at = as_utc(received_at)
    local = at.astimezone(calendar.time_zone)
    on = local.date()
    when = _when(calendar.day_status(on), at)
    return at, TraceStep("received", on, (("minute", local.hour * 60 + local.minute), ("when", when)))


def _when(status: DayStatus, at: datetime) -> str:
    """Say where a receipt lies in its day; nothing while the city is open, its first and last instant included."""
    if status.closing_at is None:
        return "closed_day"
    # Strictly after closing: a contact exactly at closing, or during lunch, still counts as that day's.
    if at > status.closing_at:
        return "after_closing"
    if status.spans and at < status.spans[0].start_at:
        return "before_opening"
    return "" if any(opens_at <= at <= closes_at for opens_at, closes_at in status.spans) else "at_break"


@lru_cache(maxsize=4096)
def _closed(calendar: BusinessCalendar, on: date) -> TraceStep:
    status = calendar.day_status(on)
    return trace_step(status.reason.value, on, name=status.name)


def _require_days(days: object) -> None:
    # type() and not isinstance: true is no number of days, and neither is 1.0.
    if type(days) is not int or not 1 <= days <= MAX_DAYS:
        raise InvalidDayCount(f"The number of days must be a whole number from 1 to {MAX_DAYS}, not {days!r}.")
