"""The calendars: a year at a glance, what confirming would move, and what was confirmed before."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.models import Calendar
from requests_app.selectors.calendar_words import change_words, long_date
from requests_app.selectors.calendar_years import doubled_days, months_of, next_exception
from requests_app.selectors.calendars import draft_of, version_steps
from requests_app.selectors.jobs import latest_job
from requests_app.selectors.recomputation import preview_recomputation
from requests_app.services.calendar_drafts import confirm_draft, discard_draft
from requests_app.services.edits import ChangedMeanwhile
from requests_app.views.calendar_access import READERS, edit_of, load_draft
from requests_app.views.edits import changed_words
from requests_app.views.gates import actor_holding

YEARS = range(2000, 2101)


@login_required
@require_GET
def calendar_list(request: HttpRequest) -> HttpResponse:
    """List the calendars: how far each is known and whether its draft waits to be confirmed."""
    actor_holding(request, *READERS)
    today = timezone.localdate()
    found = [draft_of(calendar) for calendar in Calendar.objects.order_by("-slug")]
    rows = [(draft, next_exception(draft, after=today)) for draft in found]
    return render(request, "calendars/list.html", {"rows": rows})


@login_required
@require_GET
def calendar_year(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a year of a calendar at a glance, as its draft has it."""
    actor = actor_holding(request, *READERS)
    draft, asked = load_draft(slug), request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in YEARS
    year = int(asked) if is_year else timezone.localdate().year
    context = {
        "draft": draft,
        "year": year,
        "months": months_of(draft, year),
        "changes": [change_words(change) for change in draft.changes],
        "doubled": [(long_date(on), ", ".join(names)) for on, names in doubled_days(draft, year)],
        "known_through": draft.shown.known_through if draft.shown else None,
        "days_url": f"{reverse('calendar_year', kwargs={'slug': slug})}days/",
        "may_edit": actor.holds(Role.ADMINISTRATOR),
    }
    return render(request, "calendars/year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which open answer-by dates would move, then confirm and let them follow."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    draft, problem = load_draft(slug), ""
    if request.method == "POST":
        try:
            confirm_draft(edit_of(request, draft, actor))
        except ChangedMeanwhile:
            problem, draft = changed_words(), load_draft(slug)
        else:
            messages.success(request, _("Confirmed. The open answer-by dates follow in the background."))
            return redirect("calendar_versions", slug)
    preview = None
    if draft.is_changed and not draft.problem:
        preview = preview_recomputation(draft.calendar.pk, draft.business_calendar, now=timezone.now())
    context = {
        "draft": draft,
        "changes": [change_words(change) for change in draft.changes],
        "preview": preview,
        "problem": problem,
        "moves_words": _moves_words(len(preview.moves)) if preview else "",
    }
    return render(request, "calendars/confirm.html", context, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK)


def _moves_words(n: int) -> str:
    if not n:
        return _("No open answer-by date moves.")
    return ngettext("%(n)d open answer-by date moves later.", "%(n)d open answer-by dates move later.", n) % {"n": n}


@login_required
@require_POST
def calendar_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the draft back to what was confirmed last."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    draft = load_draft(slug)
    try:
        discard_draft(edit_of(request, draft, actor))
    except ChangedMeanwhile:
        messages.error(request, changed_words())
    else:
        messages.success(request, _("The draft says again what was confirmed last."))
    return redirect("calendar_year", slug)


@login_required
@require_GET
def calendar_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was confirmed when and by whom, what each version changed, and how far the open dates followed."""
    actor_holding(request, *READERS)
    draft = load_draft(slug)
    steps = [(step, [change_words(change) for change in step.changes]) for step in version_steps(draft.calendar)]
    job = latest_job("recompute_clocks", parameters={"calendar_id": draft.calendar.pk})
    return render(request, "calendars/versions.html", {"draft": draft, "steps": steps, "job": job})
