"""Waiting times in sample weeks: check-in at the front desk, switched on and read by Human Resources (III.b.iii.1)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.domain.waiting_times import Step, is_step, waiting_figures
from requests_app.forms.waiting_times import SampleForm
from requests_app.models import VisitorWait, WaitingSample
from requests_app.selectors.choices import current_choices
from requests_app.selectors.waiting_times import samples, visit_of
from requests_app.services.exports import record_export
from requests_app.services.refusals import refusal_text
from requests_app.services.waiting_times import check_visitor_in, end_sample, switch_sample_on, take_step
from requests_app.views.csv_files import csv_file
from requests_app.views.front_desk import at_desk
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_samples(request: HttpRequest) -> HttpResponseBase:
    """Show every sample with its times, or write the times to a file; a POST switches one on for some days."""
    actor, now = actor_holding(request, Role.HR), timezone.now()
    if request.GET.get("format") == "csv":
        return _file(request)
    form = SampleForm(posted(request), today=timezone.localdate(now))
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        switch_sample_on(**form.cleaned_data, actor=actor, at=now)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Switched on. On these days the front desk checks visitors in."))
    return redirect("waiting_samples")


@login_required
@require_POST
def waiting_sample_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a sample off before its last day."""
    actor = actor_holding(request, Role.HR)
    sample = get_object_or_404(WaitingSample, pk=pk)
    if end_sample(sample.pk, actor=actor, at=timezone.now()):
        messages.success(request, _("Switched off. What was timed stays."))
    return redirect("waiting_samples")


@login_required
@require_POST
def visitor_check_in(request: HttpRequest) -> HttpResponse:
    """Note that somebody waits."""
    desk = at_desk(request)
    try:
        key = UUID(request.POST.get("key", ""))
        check_visitor_in(key=key, device=desk.device, actor=desk.actor, at=desk.now)
    except (ValueError, ActionRefused):
        # Off, it leaves no trace: there is no such address. Nor is there without a key.
        raise Http404 from None
    return redirect("front_desk")


@login_required
@require_POST
def visitor_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Call somebody who waits, or say that they were helped or left."""
    desk = at_desk(request)
    wait = get_object_or_404(VisitorWait, pk=pk)
    if not is_step(step):
        raise Http404(step)
    if not take_step(wait.pk, Step(step), device=desk.device, actor=desk.actor, at=desk.now):
        messages.info(request, _("A colleague was quicker: that visitor is further on already."))
    return redirect("front_desk")


def _page(request: HttpRequest, form: SampleForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    today, least = timezone.localdate(), current_choices().small_number
    rows = [_row(sample) for sample in samples()]
    context = {"form": form, "rows": rows, "today": today, "small_number": least}
    return render(request, "front_desk/waiting.html", context, status=status)


def _row(sample: WaitingSample) -> dict[str, Any]:
    return {"sample": sample, "figures": waiting_figures([visit_of(wait) for wait in sample.waits.all()])}


def _file(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_holding(request, Role.HR), timezone.now()
    waits = list(VisitorWait.objects.select_related("device", "department"))
    record_export(actor=actor, address=request.get_full_path(), rows=len(waits), at=now, of=VisitorWait)
    heads = [_("Checked in"), _("Called"), _("Helped"), _("Left"), _("Minutes waited"), _("Counter"), _("Department")]
    return csv_file("waiting-times", heads, map(_cells, waits))


def _cells(wait: VisitorWait) -> list[object]:
    times = (wait.checked_in_at, wait.called_at, wait.helped_at, wait.left_at)
    written = [f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "" for at in times]
    minutes = visit_of(wait).waited_minutes
    counter = wait.device.name if wait.device else ""
    return [*written, "" if minutes is None else minutes, counter, wait.department.name]
