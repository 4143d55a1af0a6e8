"""Editing a calendar: its days, hours and holidays; every edit goes to the draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.holidays import closures_for_year, collisions
from requests_app.domain.vocabulary import Role
from requests_app.forms.calendars import ClosureForm, WeeklyHoursForm
from requests_app.selectors.calendar_words import long_date
from requests_app.selectors.calendar_years import day_of
from requests_app.selectors.calendars import Draft
from requests_app.services import calendar_drafts as drafts
from requests_app.services.edits import ChangedMeanwhile
from requests_app.views.calendar_access import edit_of, load_draft, year_address
from requests_app.views.calendars import YEARS
from requests_app.views.edits import attempt, changed_words
from requests_app.views.gates import actor_holding


@dataclass(frozen=True, slots=True)
class Refused:
    """A form of a day that was not saved: which verb, of which entry, and what was typed."""

    verb: str
    closure: str
    form: ClosureForm


_DAY_VERBS: dict[str, Callable[[drafts.Edit, int, Any], None]] = {
    "add": lambda edit, closure_id, form: drafts.add_closure(edit, form.entry()),
    "change": lambda edit, closure_id, form: drafts.change_closure(edit, closure_id=closure_id, entry=form.entry()),
    "remove": lambda edit, closure_id, form: drafts.remove_closure(edit, closure_id=closure_id),
}


@login_required
@require_GET
def calendar_day(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """Show what a day is, with a form for each of its entries and one for a new one."""
    actor_holding(request, Role.ADMINISTRATOR)
    return _day_page(request, load_draft(slug), on)


@login_required
@require_POST
def calendar_day_act(request: HttpRequest, slug: str, on: date, verb: str) -> HttpResponse:
    """Add, change or remove an entry of a day; what was typed is kept where it is refused."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if verb not in _DAY_VERBS:
        raise Http404(verb)
    draft, closure = load_draft(slug), request.POST.get("closure", "")
    closure_id = int(closure) if closure.isascii() and closure.isdigit() and len(closure) < 16 else 0
    form = ClosureForm(request.POST, auto_id=f"{verb}{closure_id}_%s")
    status: HTTPStatus | None = HTTPStatus.UNPROCESSABLE_ENTITY
    if verb == "remove" or form.is_valid():
        edit = edit_of(request, draft, actor)
        status = attempt(form, lambda: _DAY_VERBS[verb](edit, closure_id, form))
    if status is None:
        messages.success(request, _("Saved in the draft. Answer-by dates follow once the calendar is confirmed."))
        return redirect(year_address(slug, on.year))
    return _day_page(request, load_draft(slug), on, refused=Refused(verb, closure, form), status=status)


def _day_page(
    request: HttpRequest, draft: Draft, on: date, *, refused: Refused | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    is_adding = refused is not None and refused.verb == "add"
    new = refused.form if refused and is_adding else ClosureForm(initial={"on": on}, auto_id="add_%s")
    rows = []
    for closure in draft.calendar.closures.filter(on=on):
        if refused and not is_adding and refused.closure == str(closure.pk):
            rows.append((closure, refused.form))
        else:
            rows.append((closure, ClosureForm.about(closure, auto_id=f"change{closure.pk}_%s")))
    context = {
        "draft": draft,
        "on": on,
        "title": long_date(on),
        "day": day_of(draft, on),
        "rows": rows,
        "new_form": new,
        "form": refused.form if refused else None,
        "partial_days_count": bool(draft.shown and draft.shown.partial_days_count),
    }
    return render(request, "calendars/day.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change the weekly pattern."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    draft, status = load_draft(slug), HTTPStatus.OK
    if draft.shown is None:
        raise Http404(slug)
    form = WeeklyHoursForm(request.POST if request.method == "POST" else None, calendar=draft.shown)
    if request.method == "POST":
        edit, status = edit_of(request, draft, actor), HTTPStatus.UNPROCESSABLE_ENTITY
        refused = attempt(form, lambda: drafts.change_hours(edit, form.entry())) if form.is_valid() else status
        if refused is None:
            messages.success(request, _("Hours saved in the draft. Confirm the calendar to use them."))
            return redirect("calendar_year", slug)
        status, draft = refused, load_draft(slug)
    return render(request, "calendars/hours.html", {"draft": draft, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_holidays(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show a year's holidays with collisions and observed dates before they are added to the draft."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    draft = load_draft(slug)
    if year not in YEARS:
        raise Http404(str(year))
    if request.method == "GET":
        return _holiday_page(request, draft, year)
    try:
        added = drafts.add_holidays(edit_of(request, draft, actor), year=year)
    except InvalidCalendar:
        return _holiday_page(request, draft, year, problem=_("Add the years before it first: none may be left out."))
    except ChangedMeanwhile:
        return _holiday_page(request, load_draft(slug), year, problem=changed_words())
    words = {"n": added, "year": year}
    messages.success(request, _("Added to the draft: %(n)d holidays of %(year)d. Look at them, then confirm.") % words)
    return redirect(year_address(slug, year))


def _holiday_page(request: HttpRequest, draft: Draft, year: int, *, problem: str = "") -> HttpResponse:
    holidays = closures_for_year(year)
    taken = set(draft.calendar.closures.filter(on__year=year).values_list("on", flat=True))
    context = {
        "draft": draft,
        "year": year,
        "problem": problem,
        "rows": [(holiday, long_date(holiday.on), holiday.on in taken) for holiday in holidays],
        "is_known": bool(draft.shown and draft.shown.known_through >= date(year, 12, 31)),
        "new": sum(holiday.on not in taken for holiday in holidays),
        "collisions": [(long_date(each.on), ", ".join(each.names)) for each in collisions(holidays)],
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "calendars/holidays.html", context, status=status)
