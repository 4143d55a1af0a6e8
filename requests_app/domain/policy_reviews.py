"""When the policy is to be reviewed: every twelve months, from its approval or the review before (III.e)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_MONTHS = 12
# Local choice: how long before the day the review is announced, and how often one that is late is asked for again.
ANNOUNCED_DAYS_BEFORE = 60
_ASKED_AGAIN_EVERY_DAYS = 30


class ReviewOutcome(StrEnum):
    """How a review ended."""

    KEPT = "kept"
    CHANGED = "changed"


class ReviewState(StrEnum):
    """Where the countdown stands."""

    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Countdown:
    """The day the next review is due, and how many days are left: negative once it is over."""

    due_on: date
    days_left: int
    state: ReviewState

    @property
    def days_over(self) -> int:
        """Give how many days ago it was due; 0 while it is not over."""
        return max(0, -self.days_left)


def next_review_on(*, approved_on: date, last_completed_on: date | None) -> date:
    """Give the day the next review is due: twelve months after the last one, or after the approval.

    A review that came late moves the next one: each counts from the day the one before was completed.
    """
    return _a_year_after(last_completed_on or approved_on)


def countdown(due_on: date, *, today: date) -> Countdown:
    """Say how a due day stands on a date; the due day itself is still in time."""
    days_left = (due_on - today).days
    if days_left < 0:
        return Countdown(due_on, days_left, ReviewState.OVERDUE)
    is_soon = days_left <= ANNOUNCED_DAYS_BEFORE
    return Countdown(due_on, days_left, ReviewState.DUE_SOON if is_soon else ReviewState.IN_DATE)


def last_occasion(due_on: date, *, today: date) -> date | None:
    """Give the last day up to `today` on which Human Resources are reminded; None where none has come.

    Announced, asked for on the due day, and every thirty days after it while it is not completed.
    """
    announced_on = due_on - timedelta(days=ANNOUNCED_DAYS_BEFORE)
    if today < announced_on:
        return None
    if today < due_on:
        return announced_on
    return today - timedelta(days=(today - due_on).days % _ASKED_AGAIN_EVERY_DAYS)


def _a_year_after(on: date) -> date:
    years, month = divmod(on.month - 1 + _MONTHS, 12)
    try:
        return on.replace(year=on.year + years, month=month + 1)
    except ValueError:  # 29 February
        return date(on.year + years, 3, 1)
