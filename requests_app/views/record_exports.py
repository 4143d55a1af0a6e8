"""Exports of public records: choose, watch, fetch."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.forms.lists import read_address
from requests_app.forms.record_exports import ExportForm
from requests_app.models import RecordsExport, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.list_choices import list_choices
from requests_app.selectors.lists import ListQuestion
from requests_app.selectors.record_exports import EXPORTERS, RESTRICTED, exports_open_to
from requests_app.selectors.visibility import visible_requests
from requests_app.services.record_exports import (
    EXPORT_LIMIT,
    KEPT,
    ExportEntry,
    file_of,
    record_export_fetched,
    request_export,
)
from requests_app.views.file_answers import file_answer
from requests_app.views.gates import actor_holding
from requests_app.views.lists import ALL
from requests_app.views.posted import posted

_LISTED = 50


@login_required
@require_GET
def records_exports(request: HttpRequest) -> HttpResponse:
    """List the latest exports the reader may fetch."""
    actor = actor_holding(request, *EXPORTERS)
    context = {"exports": exports_open_to(actor)[:_LISTED], "days": KEPT.days}
    return render(request, "record_copies/exports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_export(request: HttpRequest) -> HttpResponse:
    """Say how many requests would go out, ask what to withhold, and have the export made."""
    actor = actor_holding(request, *EXPORTERS)
    chosen = _chosen(request, actor)
    count = chosen.count()
    form = ExportForm(posted(request))
    if request.method == "POST" and 0 < count <= EXPORT_LIMIT:
        form = ExportForm(request.POST)
        if form.is_valid():
            return redirect(_ask_for(chosen, form, actor=actor))
    status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "count": count,
        "single": chosen.first() if count == 1 else None,
        "restricted": chosen.filter(RESTRICTED).count() if count > 1 else 0,
        "limit": EXPORT_LIMIT,
        "is_too_many": count > EXPORT_LIMIT,
        "days": KEPT.days,
    }
    return render(request, "record_copies/new.html", context, status=status)


@login_required
@require_GET
def records_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an export has come, and where to fetch it."""
    export = _load(request, pk)
    context: dict[str, Any] = {"export": export, "job": export.job, "days": KEPT.days}
    context["files"] = [copy for copy in ("released", "original") if file_of(export, copy)]
    return render(request, "record_copies/export.html", context)


@login_required
@require_GET
def fetch_export(request: HttpRequest, pk: int, copy: str) -> HttpResponseBase:
    """Hand out a finished export; that it was fetched is recorded first."""
    export = _load(request, pk)
    path = file_of(export, copy) if copy in ("released", "original") else None
    if path is None:
        raise Http404
    record_export_fetched(export, copy, actor=actor_holding(request, *EXPORTERS), at=timezone.now())
    name = f"records-{timezone.localdate(export.requested_at):%Y-%m-%d}-{export.pk}-{copy}.zip"
    return file_answer(path, name=name, content_type="application/zip")


def _load(request: HttpRequest, pk: int) -> RecordsExport:
    return get_object_or_404(exports_open_to(actor_holding(request, *EXPORTERS)), pk=pk)


def _chosen(request: HttpRequest, actor: Actor) -> QuerySet[ServiceRequest]:
    """Give the requests an address means: one by its number, or those its filters show."""
    if "number" in request.GET:
        number = normalise_tracking_number(request.GET["number"])
        found = get_object_or_404(visible_requests(request.user), number=number)
        return visible_requests(request.user).filter(pk=found.pk)
    address = read_address(request.GET.dict(), choices=list_choices(), keep=ALL.keep)
    for ignored in address.ignored:
        messages.warning(request, ignored)
    return ListQuestion(actor=actor, now=timezone.now(), filters=address.filters).visible()


def _ask_for(chosen: QuerySet[ServiceRequest], form: ExportForm, *, actor: Actor) -> RecordsExport:
    entry = ExportEntry(
        request_ids=list(chosen.order_by().values_list("pk", flat=True)),
        options=form.options(),
        with_original=form.cleaned_data["with_original"],
        submission_key=form.cleaned_data["submission_key"],
    )
    return request_export(entry, actor=actor, at=timezone.now())
