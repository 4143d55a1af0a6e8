"""Tomorrow's coverage: answers due whose owner is away, and who is there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.selectors.absence_words import day_words
from requests_app.selectors.coverage import COVERING, coverage_of
from requests_app.selectors.due_words import DueWording
from requests_app.selectors.overdue_figures import business_days_ahead
from requests_app.views.gates import actor_holding


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show who covers on the next business day, or on one of the four after it. Refused to whoever leads nobody."""
    actor, now = actor_holding(request, *COVERING), timezone.now()
    wording = DueWording(now=now)
    calendar = wording.calendar
    days = business_days_ahead(calendar, now)
    context: dict[str, Any] = {"days": [], "day": "", "coverage": None}
    if calendar is not None and days:
        on = _asked(request, days)
        context = {
            "days": [_link(day, is_current=day == on) for day in days],
            "day": _words(on),
            "is_tomorrow": on == timezone.localdate(now) + timedelta(days=1),
            "coverage": coverage_of(actor, on, wording=wording, calendar=calendar),
        }
    return render(request, "absences/coverage.html", context)


def _asked(request: HttpRequest, days: Sequence[date]) -> date:
    """Give the day the address names, if it is one of those shown; else the next business day."""
    named = {day.isoformat(): day for day in days}
    return named.get(request.GET.get("on", ""), days[0])


def _link(day: date, *, is_current: bool) -> dict[str, Any]:
    url = f"{reverse('coverage')}?on={day.isoformat()}"
    return {"url": url, "label": _words(day), "is_current": is_current}


def _words(day: date) -> str:
    return day_words(day, today=timezone.localdate())
