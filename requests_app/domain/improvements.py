"""Suggestions of staff: by when one is to be decided, and whether it was (III.a.v, III.c.iii)."""

from datetime import date, timedelta
from enum import StrEnum

from requests_app.domain.business_time import business_days_between, nth_business_day_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar


class ImprovementState(StrEnum):
    """How far a suggestion has come."""

    OPEN = "open"
    ADOPTED = "adopted"
    DONE = "done"
    DECLINED = "declined"


class Reminder(StrEnum):
    """What whoever decides is told of the date, in the order of time."""

    AHEAD = "ahead"
    TODAY = "today"
    OVER = "over"
    LONG_OVER = "long_over"


class Timing(StrEnum):
    """Whether the decision came within the set time; overdue is computed, never stored."""

    OPEN = "open"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"


def decide_by(calendar: BusinessCalendar | None, proposed_on: date, business_days: int) -> date:
    """Give the last day for a decision, the day of the proposal left out; the number is a local choice.

    Beyond what the calendar knows, weeks of five days are counted: a date there has to be.
    """
    try:
        if calendar is not None:
            return nth_business_day_after(calendar, proposed_on, business_days)
    except CalendarError:
        pass
    weeks, days = divmod(business_days, 5)
    return proposed_on + timedelta(days=7 * weeks + days)


def reminder_on(
    today: date, *, calendar: BusinessCalendar, due_on: date, ahead: int, long_over: int
) -> Reminder | None:
    """Give the last reminder that has come of an undecided one; None while none has (III.c.iii).

    `ahead` business days before the date, on it, after it, and `long_over` business days after it. Raises
    CalendarError where the calendar does not reach.
    """
    if today > due_on:
        is_long_over = business_days_between(calendar, due_on, today) >= long_over
        return Reminder.LONG_OVER if is_long_over else Reminder.OVER
    left = business_days_between(calendar, today, due_on)
    if left == 0:
        return Reminder.TODAY
    return Reminder.AHEAD if left <= ahead else None


def timing(*, due_on: date, decided_on: date | None, today: date) -> Timing:
    """Say how a decision stands against its date; the day itself is in time."""
    if decided_on is None:
        return Timing.OPEN if today <= due_on else Timing.OVERDUE
    return Timing.IN_TIME if decided_on <= due_on else Timing.LATE
