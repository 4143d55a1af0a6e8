"""Suggestions of staff: by when one is to be decided, and whether it was (III.a.v, III.c.iii)."""

from datetime import date, timedelta
from enum import StrEnum

from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar


class ImprovementState(StrEnum):
    """How far a suggestion has come."""

    OPEN = "open"
    ADOPTED = "adopted"
    DONE = "done"
    DECLINED = "declined"


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


def timing(*, due_on: date, decided_on: date | None, today: date) -> Timing:
    """Say how a decision stands against its date; the day itself is in time."""
    if decided_on is None:
        return Timing.OPEN if today <= due_on else Timing.OVERDUE
    return Timing.IN_TIME if decided_on <= due_on else Timing.LATE
