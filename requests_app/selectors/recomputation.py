"""What confirming a calendar would do to the open answer-by dates, asked before it is done."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.verdicts import moved_due_at
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import ResponseClock
from requests_app.selectors.clocks import open_on_calendar, recomputable_clocks, undated_clocks
from requests_app.selectors.due_dates import due_again_by

_OPEN_TO_ALL = Confidentiality.ORDINARY


@dataclass(frozen=True, slots=True)
class Move:
    """One answer-by date that would move: which, and from when to when. No word of what it is about."""

    clock_id: int
    number: str
    department: str
    is_ordinary: bool
    due_at: datetime
    moves_to: datetime


@dataclass(frozen=True, slots=True)
class Recomputation:
    """What would happen: the moves, and how many dates stay although the calendar says otherwise."""

    moves: list[Move]
    stay_later: int  # would be earlier now; a date once given never moves earlier
    stay_overdue: int  # would be later, but are overdue already
    dated: int  # waited for a calendar that reaches their date

    @property
    def listed(self) -> list[Move]:
        """Give the moves to list: an administrator has no right to know of a confidential matter."""
        return [move for move in self.moves if move.is_ordinary]

    @property
    def unlisted(self) -> int:
        """Count the moves of confidential matters."""
        return len(self.moves) - len(self.listed)


def preview_recomputation(calendar_id: int, draft: BusinessCalendar, *, now: datetime) -> Recomputation:
    """Work out what confirming this draft would move; reads only, and by the rules of the recomputation itself."""
    clocks = recomputable_clocks(calendar_id, at=now).select_related("standard", "service_request", "department")
    moves, stay_later = [], 0
    for clock in clocks:
        due_at, worked_out_at = clock.due_at, due_again_by(draft, clock)
        if due_at is None or worked_out_at is None:
            continue
        moves_to = moved_due_at(given_at=due_at, worked_out_at=worked_out_at)
        if moves_to:
            moves.append(_move(clock, due_at, moves_to))
        stay_later += worked_out_at < due_at
    overdue = open_on_calendar(calendar_id).filter(due_at__lt=now).select_related("standard")
    undated = undated_clocks().filter(standard__calendar=calendar_id).select_related("standard")
    return Recomputation(
        moves=sorted(moves, key=lambda move: (move.due_at, move.number)),
        stay_later=stay_later,
        stay_overdue=sum(_would_move(draft, clock) for clock in overdue),
        dated=sum(due_again_by(draft, clock) is not None for clock in undated),
    )


def _would_move(draft: BusinessCalendar, clock: ResponseClock) -> bool:
    if clock.due_at is None:
        return False
    return moved_due_at(given_at=clock.due_at, worked_out_at=due_again_by(draft, clock)) is not None


def _move(clock: ResponseClock, due_at: datetime, moves_to: datetime) -> Move:
    return Move(
        clock_id=clock.pk,
        number=clock.service_request.number,
        department=clock.department.name,
        is_ordinary=clock.service_request.confidentiality == _OPEN_TO_ALL,
        due_at=due_at,
        moves_to=moves_to,
    )
