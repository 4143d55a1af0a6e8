"""How an answer-by date reads wherever one is shown: a state, a few words and the instant (III.b.ii.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language, gettext

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.vocabulary import Verdict
from requests_app.domain.wording import format_relative_due
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.standards import response_calendar_version


class DueState(StrEnum):
    """What the due component draws; each has an icon of its own."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    MET = "met"
    LATE = "late"
    EXCUSED = "excused"
    NONE = "none"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class DueView:
    """What the due component shows: the instant beneath the words, or else a note."""

    state: DueState
    words: str
    at: datetime | None = None
    at_text: str = ""


class DueWording:
    """Words for due instants as seen at `now`, in the reader's language; reads the response calendar once."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now

    @cached_property
    def calendar(self) -> BusinessCalendar | None:
        """The newest confirmed response calendar; one query."""
        version = response_calendar_version()
        return version.business_calendar() if version else None

    def of_request(self, service_request: ServiceRequest, clock: ResponseClock | None = None) -> DueView:
        """Show a request by its answer-by date; once nothing is owed, by the last clock, if one is handed in."""
        if service_request.answer_by_at is not None:
            return self.of_due_at(service_request.answer_by_at)
        if clock is not None:
            return self.of_clock(clock)
        reason = service_request.get_no_reply_display() if service_request.no_reply else ""
        return DueView(DueState.NONE, gettext("no promise"), at_text=reason)

    def of_clock(self, clock: ResponseClock, *, is_excused: bool = False) -> DueView:
        """Show one clock: its verdict, or how long there is left; an excuse stands beside, it hides no lateness."""
        view = self._of_verdict(clock)
        if is_excused and view.state in (DueState.OVERDUE, DueState.LATE):
            return DueView(DueState.EXCUSED, gettext("excused, %(late)s") % {"late": view.words}, view.at)
        return view

    def of_due_at(self, due_at: datetime) -> DueView:
        """Show an answer that is still owed; at the due instant itself it is not late yet."""
        if due_at < self.now:
            state = DueState.OVERDUE
        elif timezone.localdate(due_at) == timezone.localdate(self.now):
            state = DueState.TODAY
        else:
            state = DueState.LATER
        return DueView(state, self._relative(due_at, seen_at=self.now), due_at)

    def _of_verdict(self, clock: ResponseClock) -> DueView:
        verdict = Verdict(clock.verdict)
        if verdict is Verdict.OPEN and clock.due_at is not None and clock.stopped_by_id is None:
            return self.of_due_at(clock.due_at)
        if verdict is Verdict.OPEN:
            return DueView(DueState.UNDATED, gettext("no date yet"), at_text=gettext("no calendar reaches that far"))
        if verdict is Verdict.LATE and clock.due_at and clock.met_at:
            late = self._relative(clock.due_at, seen_at=clock.met_at)
            return DueView(DueState.LATE, gettext("answered %(late)s") % {"late": late}, clock.met_at)
        if verdict is Verdict.MET:
            words = gettext("answered on the spot") if clock.is_answered_on_the_spot else gettext("kept")
            return DueView(DueState.MET, words, clock.met_at)
        return DueView(DueState.NONE, gettext("no longer owed"), at_text=clock.get_verdict_display())

    def _relative(self, due_at: datetime, *, seen_at: datetime) -> str:
        if self.calendar is None:
            return gettext("past its date") if due_at < seen_at else gettext("not due yet")
        return format_relative_due(self.calendar, due_at=due_at, now=seen_at, language=get_language() or "en")
