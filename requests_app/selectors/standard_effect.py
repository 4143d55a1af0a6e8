"""What another number or rule would have meant for the contacts of the last weeks; nothing is stored."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.verdicts import is_overdue, judge
from requests_app.domain.vocabulary import Confidentiality, Verdict
from requests_app.models import CalendarVersion, ResponseClock, ServiceStandard
from requests_app.selectors.due_dates import due_by

EFFECT_DAYS = 30
_JUDGED = (Verdict.OPEN, Verdict.MET, Verdict.LATE)
PARTS = ("kept", "late", "overdue", "open")


@dataclass(frozen=True, slots=True)
class StandardEffect:
    """Ordinary contacts that had to wait, counted as they were and as they would have been, and an example."""

    before: Counter[str]
    after: Counter[str]
    received_at: datetime
    due_at: datetime | None
    would_be_due_at: datetime | None

    @property
    def counted(self) -> int:
        """Give how many contacts were looked at."""
        return self.before.total()


def effect_of(proposed: ServiceStandard, *, instead_of: ServiceStandard, now: datetime) -> StandardEffect:
    """Judge the contacts of the last thirty days by a version that is not stored, beside the one in force.

    Both sides are worked out anew on the calendar as confirmed now, so that only the standard differs.
    """
    version = CalendarVersion.objects.filter(calendar=instead_of.calendar_id).order_by("-number").first()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    if version is None:
        return StandardEffect(before, after, now, None, None)
    calendar = version.business_calendar()
    for clock in _clocks(instead_of.code, now=now):
        was, would_be = _state(calendar, instead_of, clock, now), _state(calendar, proposed, clock, now)
        if was and would_be:
            before[was] += 1
            after[would_be] += 1
    return StandardEffect(before, after, now, _due(calendar, instead_of, now), _due(calendar, proposed, now))


def _clocks(code: str, *, now: datetime) -> list[ResponseClock]:
    return list(
        ResponseClock.objects.filter(
            standard__code=code,
            started_at__gt=now - timedelta(days=EFFECT_DAYS),
            verdict__in=_JUDGED,
            is_answered_on_the_spot=False,
            given_on__isnull=True,
            service_request__confidentiality=Confidentiality.ORDINARY,
        ).only("started_at", "met_at", "verdict", "stopped_by_id")
    )


def _state(calendar: BusinessCalendar, standard: ServiceStandard, clock: ResponseClock, now: datetime) -> str:
    due_at = _due(calendar, standard, clock.started_at)
    if due_at is None:
        return ""
    if clock.met_at is not None:
        return "kept" if judge(due_at=due_at, met_at=clock.met_at) is Verdict.MET else "late"
    return "overdue" if is_overdue(verdict=Verdict.OPEN, due_at=due_at, now=now) else "open"


def _due(calendar: BusinessCalendar, standard: ServiceStandard, started_at: datetime) -> datetime | None:
    try:
        return due_by(calendar, standard, started_at=started_at).due_at
    except CalendarError:
        return None
