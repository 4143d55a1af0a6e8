"""What another number or rule would have meant for the contacts of the last weeks; nothing is stored."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from requests_app.domain.metrics import ClockClass
from requests_app.domain.replays import DueDates, class_under
from requests_app.domain.vocabulary import Confidentiality, Verdict
from requests_app.models import CalendarVersion, ResponseClock, ServiceStandard
from requests_app.selectors.due_dates import allowance_of

EFFECT_DAYS = 30
_JUDGED = (Verdict.OPEN, Verdict.MET, Verdict.LATE)
PARTS = (ClockClass.MET, ClockClass.LATE, ClockClass.OVERDUE, ClockClass.OPEN)


@dataclass(frozen=True, slots=True)
class StandardEffect:
    """Ordinary contacts that had to wait, counted as they were and as they would have been, and an example."""

    before: Counter[ClockClass]
    after: Counter[ClockClass]
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
    before: Counter[ClockClass] = Counter()
    after: Counter[ClockClass] = Counter()
    if version is None:
        return StandardEffect(before, after, now, None, None)
    calendar = version.business_calendar()
    dates = [DueDates(calendar, allowance_of(standard)) for standard in (instead_of, proposed)]
    for clock in _clocks(instead_of.code, now=now):
        was, would_be = (_state(each, clock, now) for each in dates)
        if was and would_be:
            before[was] += 1
            after[would_be] += 1
    return StandardEffect(before, after, now, *(each.due_at(started_at=now, given_on=None) for each in dates))


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


def _state(dates: DueDates, clock: ResponseClock, now: datetime) -> ClockClass | None:
    due_at = dates.due_at(started_at=clock.started_at, given_on=None)
    return class_under(due_at=due_at, met_at=clock.met_at, as_of=now) if due_at else None
