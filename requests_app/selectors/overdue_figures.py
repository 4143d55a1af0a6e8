"""The figures above the overdue list: how much, held by how many, and what the next days bring."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Exists, Max, Q, When
from django.utils import timezone
from django.utils.translation import get_language

from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.wording import Style, format_date
from requests_app.models import Employee
from requests_app.selectors.excusals import undecided
from requests_app.selectors.list_filters import ListFilters
from requests_app.selectors.lists import ListQuestion
from requests_app.selectors.whereabouts import may_be_away
from requests_app.selectors.worklists import due_today, overdue

_DAYS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How much comes due on a business day; `share` is its part of the fullest day, 0 to 100."""

    on: date
    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class OverdueFigures:
    """Counts of both tabs, of the people and departments behind the one shown, and of the days ahead."""

    overdue: int
    today: int
    people: int
    departments: int
    nobody: int
    maybe_uncovered: int  # due by the next business day, of somebody who may be away then
    maybe_excuses: bool  # somebody has to decide on an excuse, or nothing was read that could tell
    days: list[DayLoad]


def overdue_figures(question: ListQuestion, *, today: bool, calendar: BusinessCalendar | None) -> OverdueFigures:
    """Count everything above the list in one query."""
    late, soon = overdue(question.now), due_today(question.now)
    shown = soon if today else late
    ahead = business_days_ahead(calendar, question.now)
    days = {
        f"day_{number}": Count("pk", filter=ListFilters(due_on=on).condition(actor=question.actor, now=question.now))
        for number, on in enumerate(ahead)
    }
    counts = (
        question.visible()
        .filter(answer_by_at__isnull=False)
        .aggregate(
            overdue=Count("pk", filter=late),
            today=Count("pk", filter=soon),
            people=Count("owner", filter=shown, distinct=True),
            departments=Count("department", filter=shown, distinct=True),
            maybe_uncovered=Count("pk", filter=_maybe_uncovered(ahead, calendar)),
            maybe_excuses=Max(Case(When(Exists(undecided()), then=1), default=0)),
            nobody=Count("pk", filter=shown & Q(owner__isnull=True)),
            **days,
        )
    )
    loads = _loads(ahead, [counts.pop(name) for name in days])
    maybe_excuses = counts.pop("maybe_excuses") != 0  # None where nothing is owed
    return OverdueFigures(**counts, maybe_excuses=maybe_excuses, days=loads)


def business_days_ahead(calendar: BusinessCalendar | None, now: datetime) -> list[date]:
    """Give the next five business days after today; none while their closures are not known."""
    today = timezone.localdate(now)
    try:
        return [nth_business_day_after(calendar, today, n) for n in range(1, _DAYS_AHEAD + 1)] if calendar else []
    except CalendarError:
        return []


def _maybe_uncovered(ahead: list[date], calendar: BusinessCalendar | None) -> Q:
    if calendar is None or not ahead:
        return Q(pk__in=[])
    end_at = calendar.closing_at(ahead[0]) - timedelta.resolution
    away = Employee.objects.filter(may_be_away(end_at)).order_by().values("pk")
    # The earliest of what is owed is due by then, so that none is missed.
    return Q(answer_by_at__lte=calendar.closing_at(ahead[0]), owner__in=away)


def _loads(days: list[date], counts: list[int]) -> list[DayLoad]:
    most = max([*counts, 1])
    language = get_language() or "en"
    return [
        DayLoad(on, format_date(on, language=language, style=Style.SHORT), count, round(100 * count / most))
        for on, count in zip(days, counts, strict=True)
    ]
