"""The opening checklist: its items, how today stands, and how the days of a period were signed (III.b.iii.3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.day_duties import DayDuty, day_duty
from requests_app.domain.opening_checks import open_days, opening_due_at
from requests_app.domain.periods import Period
from requests_app.models import Calendar, ChecklistItem, OpeningCheck
from requests_app.selectors.choices import current_choices
from requests_app.selectors.standards import current_calendar_version


@dataclass(frozen=True, slots=True)
class OpeningToday:
    """How the checklist of today stands; `due_at` is None on a closed day."""

    state: DayDuty
    on: date
    due_at: datetime | None
    closes_at: datetime | None
    check: OpeningCheck | None


@dataclass(frozen=True, slots=True)
class OpeningDay:
    """A day the counter opened, and its checklist if somebody signed it; late is signed after `due_at`."""

    on: date
    due_at: datetime | None
    check: OpeningCheck | None

    @property
    def is_late(self) -> bool:
        """Say whether it was signed, but late."""
        return self.check is not None and self.due_at is not None and self.check.signed_at > self.due_at

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """List what was not in order, each with its note."""
        return [(line.text, line.note) for line in self.check.lines.all() if line.note] if self.check else []


def checklist_items() -> dict[int, str]:
    """Give the items in use in their order: id to text."""
    return dict(ChecklistItem.objects.filter(retired_at__isnull=True).values_list("pk", "text"))


def counter_calendar() -> BusinessCalendar | None:
    """Give the hours of the public counter, as confirmed last."""
    version = current_calendar_version(Calendar.COUNTER)
    return version.business_calendar() if version else None


def opening_today(*, now: datetime) -> OpeningToday:
    """Say how the checklist of today stands (three queries)."""
    on, calendar = timezone.localdate(now), counter_calendar()
    check = OpeningCheck.objects.select_related("signed_by").prefetch_related("lines").filter(on=on).first()
    due_at = opening_due_at(calendar, on, limit=_limit())
    closes_at = calendar.closing_at(on) if calendar and due_at else None
    return OpeningToday(day_duty(due_at, is_done=check is not None, now=now), on, due_at, closes_at, check)


def opening_days(period: Period, *, now: datetime) -> list[OpeningDay]:
    """List the days of a period on which the counter opened and the checklist was kept, the newest first.

    It is kept from the day it was first signed; today counts once it is signed or late.
    """
    first_on = OpeningCheck.objects.aggregate(first_on=Min("on"))["first_on"]
    if first_on is None:
        return []
    calendar, today, limit = counter_calendar(), timezone.localdate(now), _limit()
    checks = {
        check.on: check
        for check in OpeningCheck.objects.filter(on__gte=period.from_on, on__lte=period.to_on)
        .select_related("signed_by")
        .prefetch_related("lines")
    }
    owed = open_days(calendar, max(period.from_on, first_on), min(period.to_on, today))
    days = [
        OpeningDay(on, opening_due_at(calendar, on, limit=limit), checks.get(on)) for on in sorted({*owed, *checks})
    ]
    return [day for day in reversed(days) if day.check or day.on < today or (day.due_at and now > day.due_at)]


def _limit() -> timedelta:
    return timedelta(minutes=current_choices().opening_check_minutes)
