"""One absence: record it, look at it, change it, say that somebody is back, take it out again (III.b.ii.5)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.absences import AbsenceForm, RemoveAbsenceForm
from requests_app.models import Absence
from requests_app.selectors.absence_calendars import calendar_file
from requests_app.selectors.absence_excuses import excuses_of
from requests_app.selectors.absence_page import absence_page, every_absence, is_shown_to
from requests_app.selectors.absences import may_change, people_to_record, reads_reason
from requests_app.selectors.access import Actor
from requests_app.selectors.greeting_page import greeting_state
from requests_app.selectors.handovers import work_to_hand_over
from requests_app.selectors.standards import response_calendar
from requests_app.services.absences import change_absence, end_absence, record_absence, remove_absence
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import signed_in_employee

_BESIDE = {Refusal.ABSENCE_OVERLAPS: "first_on", Refusal.ALTERNATE_TAKEN: "stand_in"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: HttpRequest) -> HttpResponse:
    """Record an absence: one's own, of somebody one leads, of anybody as Human Resources."""
    actor, calendar = signed_in_employee(request), response_calendar()
    people = people_to_record(actor)
    if request.method != "POST":
        asked = {"person": request.GET.get("person") or actor.employee_id}
        return _form_page(request, AbsenceForm(people=people, calendar=calendar, initial=asked))
    form = AbsenceForm(request.POST, people=people, calendar=calendar)
    if not form.is_valid():
        return _form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    employee_id = form.cleaned_data["person"]
    try:
        absence = record_absence(form.entry(), employee_id=employee_id, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        return _refused(request, form, refused)
    messages.success(request, gettext("Recorded. Below is what happens next."))
    return redirect("absence_detail", absence.pk)


@login_required
@require_GET
def absence_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an absence and what follows from it."""
    actor = signed_in_employee(request)
    return _page(request, _load(pk, actor), actor)


@login_required
@require_GET
def absence_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the absence as a calendar file; one that was removed is in none."""
    absence = get_object_or_404(every_absence(), pk=pk, removed_at__isnull=True)
    signed_in_employee(request)
    name = f"absence-{absence.pk}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(calendar_file(absence), content_type="text/calendar; charset=utf-8", headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an absence; a second editor is shown what differs and keeps what was typed."""
    actor, calendar = signed_in_employee(request), response_calendar()
    absence = _load_to_change(pk, actor)
    shows_why = reads_reason(actor, absence.employee)
    if request.method != "POST":
        form = AbsenceForm(absence=absence, calendar=calendar, shows_why=shows_why)
        return _form_page(request, form, absence)
    form = AbsenceForm(request.POST, absence=absence, calendar=calendar, shows_why=shows_why)
    if not form.is_valid():
        return _form_page(request, form, absence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version, at = form.cleaned_data["version"] or 0, timezone.now()
    try:
        changed = change_absence(absence_id=pk, version=version, entry=form.entry(), actor=actor, at=at)
    except ActionRefused as refused:
        return _refused(request, form, refused, absence)
    messages.success(request, gettext("Saved.") if changed else gettext("Nothing was changed."))
    return redirect("absence_detail", pk)


@login_required
@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody is back now."""
    actor = signed_in_employee(request)
    absence = _load_to_change(pk, actor)
    try:
        end_absence(absence_id=pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _page(request, absence, actor, status=HTTPStatus.CONFLICT)
    said = gettext("%(name)s is back. New work comes to them again; clear the greeting and the automatic reply.")
    messages.success(request, said % {"name": absence.employee.name})
    return redirect("absence_detail", pk)


@login_required
@require_POST
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an absence that was recorded wrongly out of the register."""
    actor = signed_in_employee(request)
    absence = _load_to_change(pk, actor)
    form = RemoveAbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, absence, actor, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        remove_absence(absence_id=pk, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _page(request, absence, actor, form=form, status=HTTPStatus.CONFLICT)
    said = gettext("Removed: %(name)s counts as present for that time. To put it back, record it again.")
    messages.success(request, said % {"name": absence.employee.name})
    return redirect("absence_list")


def _load(pk: int, actor: Actor) -> Absence:
    absence = get_object_or_404(every_absence(), pk=pk)
    if not is_shown_to(actor, absence):
        raise Http404
    return absence


def _load_to_change(pk: int, actor: Actor) -> Absence:
    # Who may not change it is not told so: a refusal would tell apart which absences are unforeseen.
    absence = _load(pk, actor)
    if not may_change(actor, absence):
        raise Http404
    return absence


def _page(
    request: HttpRequest,
    absence: Absence,
    actor: Actor,
    *,
    form: RemoveAbsenceForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = absence_page(absence, actor=actor, now=timezone.now())
    context = {
        "page": page,
        "absence": absence,
        "work": work_to_hand_over(absence, actor=actor),
        "greeting": greeting_state(absence, actor, now=timezone.now()),
        "excuses": excuses_of(absence, actor=actor, now=timezone.now()),
        "form": form,
        "remove": form or RemoveAbsenceForm(),
    }
    return render(request, "absences/detail.html", context, status=status)


def _form_page(
    request: HttpRequest, form: AbsenceForm, absence: Absence | None = None, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    opened = any(form[name].value() for name in ("from_time", "until_time"))
    context = {"form": form, "absence": absence, "times_open": opened}
    return render(request, "absences/form.html", context, status=status)


def _refused(
    request: HttpRequest, form: AbsenceForm, refused: ActionRefused, absence: Absence | None = None
) -> HttpResponse:
    """Show the form again; where somebody else was quicker, the next save counts against what is stored now."""
    text = refusal_text(refused)
    if refused.refusal is Refusal.ABSENCE_CHANGED:
        form.add_error(None, " ".join([text, *form.differences()]))
        form.read_again()
    else:
        form.add_error(_BESIDE.get(refused.refusal), text)
    return _form_page(request, form, absence, status=HTTPStatus.CONFLICT)
