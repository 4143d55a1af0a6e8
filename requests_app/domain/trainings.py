"""Who owes which training, and by when: counted from their start, or from the last time they took it (III.c.i)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# From so many days before the date on it is called due soon, and people are told of it.
SOON = timedelta(days=30)


class CourseKind(StrEnum):
    """When a course is to be taken."""

    ONBOARDING = "onboarding"
    PERIODIC = "periodic"
    BOTH = "both"


class Standing(StrEnum):
    """Where somebody stands with a course; none of it is stored."""

    IN_DATE = "in_date"
    PENDING = "pending"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """When a course is owed. Nobody owes it for time before `asked_from`, however long they have worked here."""

    kind: CourseKind
    asked_from: date
    limit_days: int
    interval_months: int

    def due_on(self, *, started_on: date | None, last_on: date | None) -> date | None:
        """Give the last day on which it is still in time; None for what was taken and is not asked for again.

        An absence puts nothing off: whoever comes back still owes it. A start nobody recorded counts as before.
        """
        if last_on is None:
            begins_on = max(started_on or self.asked_from, self.asked_from)
            if self.kind is CourseKind.PERIODIC:
                return add_months(begins_on, self.interval_months)
            return begins_on + timedelta(days=self.limit_days)
        return None if self.kind is CourseKind.ONBOARDING else add_months(last_on, self.interval_months)


@dataclass(frozen=True, slots=True)
class TrainingState:
    """One person and one course: when it was last taken, and by when it is owed."""

    last_on: date | None
    due_on: date | None

    def standing(self, on: date) -> Standing:
        """Say how it stands on a day; the due day itself is still in time."""
        if self.due_on is not None and self.due_on < on:
            return Standing.OVERDUE
        return Standing.PENDING if self.last_on is None else Standing.IN_DATE

    def is_soon(self, on: date) -> bool:
        """Say whether it is to be taken within the next days."""
        return self.due_on is not None and on <= self.due_on <= on + SOON


def standing_of_person(standings: Iterable[Standing]) -> Standing | None:
    """Say how somebody stands with all that is asked of them: the worst counts. None where nothing is asked."""
    found = set(standings)
    order = (Standing.OVERDUE, Standing.PENDING, Standing.IN_DATE)
    return next((standing for standing in order if standing in found), None)


def add_months(on: date, months: int) -> date:
    """Give the same day so many months later; of a day the month does not have, its last."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
