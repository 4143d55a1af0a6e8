"""The register of corrective action: there for Human Resources only, and while it is on (III.d.ii)."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.corrective_actions import CorrectiveRefused
from requests_app.forms.corrective_actions import CorrectiveForm, SwitchForm
from requests_app.forms.lists import SIZES
from requests_app.models import CorrectiveAction
from requests_app.models.corrective_words import corrective_refusal_text
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.corrective_actions import (
    corrective_actions_counted,
    corrective_actions_past_their_time,
    corrective_actions_visible_to,
    corrective_switch,
    is_register_on,
    kept_until,
    may_know,
    switch_turns,
)
from requests_app.services import corrective_actions as services
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.edits import attempt
from requests_app.views.paging import page_context
from requests_app.views.posted import posted
from requests_app.views.report_access import read_report
from requests_app.views.scorecard import link_params


@login_required
@require_http_methods(["GET", "POST"])
def corrective_switch_page(request: HttpRequest) -> HttpResponse:
    """Show whether the register is kept, and switch it; every turn stays with its note."""
    actor, status, last = _knowing(request), HTTPStatus.OK, corrective_switch()
    form = SwitchForm(posted(request), last=last)
    if request.method == "POST":
        status = _save(form, lambda: services.switch_register(**form.cleaned_data, actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("The register is on.") if is_register_on() else _("The register is off."))
            return redirect("corrective_switch")
    context = {"form": form, "is_on": last is not None and last.is_on, "turns": switch_turns()}
    return render(request, "corrective_actions/switch.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def corrective_action_list(request: HttpRequest) -> HttpResponseBase:
    """List the lines, add one, or write them to a file; every look is recorded."""
    actor, status, now = _keeping(request), HTTPStatus.OK, timezone.now()
    lines = corrective_actions_visible_to(actor)
    if request.GET.get("format") == "csv":
        # One, whatever the file holds: how many lines somebody else has is not told either.
        record_export(actor=actor, address=request.get_full_path(), rows=1, at=now, of=CorrectiveAction)
        heads = [_("Person"), _("Department"), _("Date"), _("Rule applied"), _("Personnel file"), _("Closed on")]
        return csv_file("corrective-actions", heads, _cells(lines))
    form = CorrectiveForm(posted(request), actor=actor)
    if request.method == "POST":
        status = _save(form, lambda: services.record_corrective_action(form.entry(), actor=actor, at=now))
        if status == HTTPStatus.OK:
            messages.success(request, _("Recorded."))
            return redirect("corrective_action_list")
    services.record_register_read(actor=actor, at=now)
    past = corrective_actions_past_their_time(actor, today=timezone.localdate(now)).count()
    page = Paginator(lines, SIZES[1]).get_page(request.GET.get("page"))
    rows = [(line, kept_until(line)) for line in page.object_list]
    context = {"rows": rows, "form": form, "past": past, **page_context(page, {})}
    return render(request, "corrective_actions/list.html", context, status=status)


@login_required
@require_GET
def corrective_counted(request: HttpRequest) -> HttpResponse:
    """List the lines the scorecard counts in a period: when, by which rule, and whether closed; nobody is named."""
    actor, reading = _keeping(request), read_report(request)
    lines = corrective_actions_counted(actor, reading.address.period)
    services.record_register_read(actor=actor, at=reading.now)
    page = Paginator(lines, SIZES[1]).get_page(request.GET.get("page"))
    params = link_params(reading)
    context = {
        "reading": reading,
        "lines": page.object_list,
        "back_url": f"{reverse('scorecard_clause', args=['III.d.ii'])}?{urlencode(params)}",
        **page_context(page, params),
    }
    return render(request, "corrective_actions/counted.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def corrective_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or correct a line."""
    actor, status, now = _keeping(request), HTTPStatus.OK, timezone.now()
    line = get_object_or_404(corrective_actions_visible_to(actor), pk=pk)
    form = CorrectiveForm(posted(request), actor=actor, line=line)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = _save(
            form, lambda: services.change_corrective_action(pk, form.entry(), seen=seen, actor=actor, at=now)
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Saved."))
            return redirect("corrective_action_list")
        line.refresh_from_db()
    services.record_register_read(actor=actor, at=now)
    context = {"form": form, "line": line, "mark": line.changed_at.isoformat()}
    return render(request, "corrective_actions/line.html", context, status=status)


def _knowing(request: HttpRequest) -> Actor:
    """Give the person acting; for everybody but Human Resources there is nothing here."""
    actor = actor_for(request.user)
    if not may_know(actor):
        raise Http404
    return actor


def _keeping(request: HttpRequest) -> Actor:
    """Give the person acting; while the register is off there is nothing here for anybody."""
    actor = _knowing(request)
    if not is_register_on():
        raise Http404
    return actor


def _save(form: Form, act: Callable[[], object]) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, act) or HTTPStatus.OK
    except CorrectiveRefused as refused:
        form.add_error(None, corrective_refusal_text(refused.refusal))
        return HTTPStatus.CONFLICT


def _cells(lines: QuerySet[CorrectiveAction]) -> Iterator[list[object]]:
    for line in lines:
        person = line.employee
        yield [person.name, person.department.name, line.acted_on, line.rule, line.file_reference, line.closed_on or ""]
