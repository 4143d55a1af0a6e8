"""When an answer is due. Dates are counted first and turned into an instant at the end; 24 hours are never added."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from requests_app.domain.business_time import open_time_from
from requests_app.domain.calendar_errors import HorizonReached, InvalidDayCount, InvalidInstant
from requests_app.domain.calendars import DAY_MINUTES, HORIZON_DAYS, ONE_DAY, BusinessCalendar, DayReason, as_utc
from requests_app.domain.trace import TraceStep

MAX_DAYS = 366
_MINUTE = timedelta(minutes=1)


class Rule(StrEnum):
    """The three ways to count; the first is the city's default."""

    END_OF_NTH_BUSINESS_DAY = "end_of_nth_business_day"
    DEEMED_NEXT_BUSINESS_DAY = "deemed_next_business_day"
    ROLLING_BUSINESS_HOURS = "rolling_business_hours"


class Deadline(NamedTuple):
    """A due instant in UTC, the local day it belongs to, and how it was found."""

    due_at: datetime
    due_on: date
    trace: tuple[TraceStep, ...]


def compute_deadline(calendar: BusinessCalendar, *, received_at: datetime, business_days: int, rule: Rule) -> Deadline:
    """Return the due instant of a contact that reached the city at `received_at` (aware).

    Raises a CalendarError: naive receipt, a count that is not a whole number from 1 to 366, a date the
    calendar does not know (the receipt date included), or nothing due within 730 days.
    """
    _require_days(business_days)
    try:
        local = _local_receipt(calendar, received_at)
        if rule is Rule.ROLLING_BUSINESS_HOURS:
            return _rolling(calendar, local, business_days)
        return _by_dates(calendar, local, business_days, deemed=rule is Rule.DEEMED_NEXT_BUSINESS_DAY)
    except OverflowError as error:
        raise InvalidInstant("received_at is too close to the first or last year that can be computed.") from error


def calendar_days_deadline(calendar: BusinessCalendar, *, received_at: datetime, calendar_days: int) -> Deadline:
    """Return close of business on the N-th calendar day after receipt, or on the next business day if closed then."""
    _require_days(calendar_days)
    local = _local_receipt(calendar, received_at)
    # Cal. Gov. Code 7922.535: 10 calendar days; 6800 and 6806 leave out the first day and move on from a closed one.
    target_on = local.date() + timedelta(days=calendar_days)
    steps = [_received(calendar, local), TraceStep("calendar_days", target_on, {"days": calendar_days})]
    due_on = target_on
    if not calendar.is_business_day(target_on):
        steps.append(_closed(calendar, target_on))
        due_on = _count(calendar, target_on, 1, local.date() + timedelta(days=HORIZON_DAYS), steps)
        steps[-1] = TraceStep("moved", due_on)
    return _due_at_closing(calendar, due_on, steps)


def close_of_business(calendar: BusinessCalendar, on: date) -> Deadline:
    """Return the due instant of an answer promised for a date; NotABusinessDay if the city is closed then."""
    calendar.closing_at(on)
    return _due_at_closing(calendar, on, [TraceStep("promised", on)])


def _by_dates(calendar: BusinessCalendar, local: datetime, business_days: int, *, deemed: bool) -> Deadline:
    received_on = local.date()
    last_on = received_on + timedelta(days=HORIZON_DAYS)
    steps = [_received(calendar, local)]
    day_zero = received_on
    if deemed and _reached_a_closed_city(calendar, local):
        if not calendar.is_business_day(received_on):
            steps.append(_closed(calendar, received_on))
        day_zero = _count(calendar, received_on, 1, last_on, steps)
        steps[-1] = TraceStep("deemed_received", day_zero)
    else:
        steps.append(TraceStep("day_zero", day_zero))
    due_on = _count(calendar, day_zero, business_days, last_on, steps)
    return _due_at_closing(calendar, due_on, steps)


def _reached_a_closed_city(calendar: BusinessCalendar, local: datetime) -> bool:
    # Strictly after closing: a contact exactly at closing, or during lunch, still counts as that day's.
    closing_at = calendar.day_status(local.date()).closing_at
    return closing_at is None or local > closing_at


def _count(
    calendar: BusinessCalendar, day_zero: date, business_days: int, last_on: date, steps: list[TraceStep]
) -> date:
    """Return the n-th business day after day 0 and write down every date on the way."""
    on, number = day_zero, 0
    while on < last_on:
        on += ONE_DAY
        status = calendar.day_status(on)
        if status.closing_at is None:
            steps.append(TraceStep(status.reason.value, on, {"name": status.name}))
            continue
        number += 1
        code = "business_day_special" if status.reason is DayReason.SPECIAL_HOURS else "business_day"
        steps.append(TraceStep(code, on, {"number": number}))
        if number == business_days:
            return on
    raise HorizonReached(last_on - timedelta(days=HORIZON_DAYS), HORIZON_DAYS)


def _rolling(calendar: BusinessCalendar, local: datetime, business_days: int) -> Deadline:
    left = calendar.business_day * business_days
    calendar.require_known(local.date())
    steps = [_received(calendar, local), TraceStep("hours_to_count", None, {"minutes": left // _MINUTE})]
    for on, start_at, end_at in open_time_from(calendar, local):
        counted = min(left, end_at - start_at)
        left -= counted
        steps.append(_hours_step(on, counted, left))
        if not left:
            return _due(calendar, start_at + counted, steps)
    raise AssertionError("open_time_from ends by raising")


def _hours_step(on: date, counted: timedelta, left: timedelta) -> TraceStep:
    # Both are told in whole minutes that add up: what is left is rounded down, what was counted is the rest.
    minutes_left = left // _MINUTE
    minutes = (counted + left) // _MINUTE - minutes_left
    return TraceStep("hours_counted", on, {"minutes": minutes, "minutes_left": minutes_left})


def _due_at_closing(calendar: BusinessCalendar, due_on: date, steps: list[TraceStep]) -> Deadline:
    return _due(calendar, calendar.closing_at(due_on), steps)


def _due(calendar: BusinessCalendar, due_at: datetime, steps: list[TraceStep]) -> Deadline:
    local = due_at.astimezone(calendar.time_zone)
    due_on, minute = local.date(), local.hour * 60 + local.minute
    if not minute and due_on != calendar.due_date(due_at):
        due_on, minute = due_on - ONE_DAY, DAY_MINUTES
    steps.append(TraceStep("due", due_on, {"minute": minute}))
    return Deadline(due_at, due_on, tuple(steps))


def _received(calendar: BusinessCalendar, local: datetime) -> TraceStep:
    params: dict[str, str | int] = {"minute": local.hour * 60 + local.minute}
    status = calendar.day_status(local.date())
    if status.closing_at is None:
        params["when"] = "closed_day"
    elif local > status.closing_at:
        params["when"] = "after_closing"
    elif status.spans and local < status.spans[0].start_at:
        params["when"] = "before_opening"
    elif len(status.spans) > 1 and any(
        first.end_at < local < second.start_at for first, second in zip(status.spans, status.spans[1:], strict=False)
    ):
        params["when"] = "at_break"
    return TraceStep("received", local.date(), params)


def _closed(calendar: BusinessCalendar, on: date) -> TraceStep:
    status = calendar.day_status(on)
    return TraceStep(status.reason.value, on, {"name": status.name})


def _local_receipt(calendar: BusinessCalendar, received_at: datetime) -> datetime:
    return as_utc(received_at).astimezone(calendar.time_zone)


def _require_days(days: object) -> None:
    # type() and not isinstance: true is no number of days, and neither is 1.0.
    if type(days) is not int or not 1 <= days <= MAX_DAYS:
        raise InvalidDayCount(f"The number of days must be a whole number from 1 to {MAX_DAYS}, not {days!r}.")
