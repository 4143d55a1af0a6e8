"""What the front desk owes once on each day the calendar opens: the checklist, the voicemail box (III.b.iii.3)."""

from datetime import datetime
from enum import StrEnum


class DayDuty(StrEnum):
    """How a duty of the day stands."""

    CLOSED = "closed"
    DUE = "due"
    LATE = "late"
    DONE = "done"

    @property
    def is_owed(self) -> bool:
        """Say whether it is still to be done."""
        return self in (DayDuty.DUE, DayDuty.LATE)


def day_duty(due_at: datetime | None, *, is_done: bool, now: datetime) -> DayDuty:
    """Say how it stands; a day nobody knows to be open has no `due_at` and is silent."""
    if is_done:
        return DayDuty.DONE
    if due_at is None:
        return DayDuty.CLOSED
    return DayDuty.LATE if now > due_at else DayDuty.DUE
