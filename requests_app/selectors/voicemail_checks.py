"""The voicemail box: how today stands, the round somebody is in, and how the days of a period were checked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Min, QuerySet
from django.utils import timezone

from requests_app.domain.day_duties import DayDuty, day_duty
from requests_app.domain.opening_checks import open_days
from requests_app.domain.periods import Period
from requests_app.models import VoicemailCheck
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.standards import response_calendar


@dataclass(frozen=True, slots=True)
class BoxToday:
    """How the box stands today; `due_at` is None on a day without business."""

    state: DayDuty
    due_at: datetime | None
    checks: list[VoicemailCheck]


@dataclass(frozen=True, slots=True)
class BoxDay:
    """A business day, or another day on which the box was checked all the same, with its finished rounds."""

    on: date
    due_at: datetime | None
    checks: list[VoicemailCheck] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """Give how many messages the box held in all rounds."""
        return sum(check.messages or 0 for check in self.checks)

    @property
    def logged(self) -> int:
        """Give how many of them were logged."""
        return sum(check.logged for check in self.checks)

    @property
    def is_late(self) -> bool:
        """Say whether the first round ended after the set hour."""
        first = self.checks[0].finished_at if self.checks else None
        return first is not None and self.due_at is not None and first > self.due_at


def box_today(*, now: datetime) -> BoxToday:
    """Say how the box stands today (three queries)."""
    on = timezone.localdate(now)
    calendar = response_calendar()
    is_business = calendar is not None and calendar.knows(on) and calendar.is_business_day(on)
    due_at = _due_at(on, current_choices().voicemail_check_hour) if is_business else None
    checks = list(_finished().filter(on=on))
    return BoxToday(day_duty(due_at, is_done=bool(checks), now=now), due_at, checks)


def open_round(actor: Actor, *, now: datetime) -> VoicemailCheck | None:
    """Give the round this person began today and has not finished."""
    rows = VoicemailCheck.objects.filter(checked_by=actor.employee, on=timezone.localdate(now), finished_at=None)
    return rows.first()


def box_days(period: Period, *, now: datetime) -> list[BoxDay]:
    """List the business days of a period since the box was first checked here, the newest first.

    Today counts once it was checked or is late; other days only if the box was checked on them.
    """
    first_on = _finished().aggregate(first_on=Min("on"))["first_on"]
    if first_on is None:
        return []
    today, hour = timezone.localdate(now), current_choices().voicemail_check_hour
    checks: dict[date, list[VoicemailCheck]] = {}
    for check in _finished().filter(on__gte=period.from_on, on__lte=period.to_on):
        checks.setdefault(check.on, []).append(check)
    owed = set(open_days(response_calendar(), max(period.from_on, first_on), min(period.to_on, today)))
    days = [
        BoxDay(on, _due_at(on, hour) if on in owed else None, checks.get(on, [])) for on in sorted({*owed, *checks})
    ]
    return [day for day in reversed(days) if day.checks or day.on < today or (day.due_at and now > day.due_at)]


def _finished() -> QuerySet[VoicemailCheck]:
    rows = VoicemailCheck.objects.filter(finished_at__isnull=False)
    return rows.select_related("checked_by").order_by("finished_at", "pk")


def _due_at(on: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(hour)))
