"""The records of one request, for whoever keeps them: what was taken out, what holds it."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.requests import ActionForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import actor_for
from requests_app.selectors.holds import holds_of
from requests_app.selectors.record_keeping import keeps_records_of
from requests_app.selectors.redactions import originals_of, redactions_of
from requests_app.selectors.visibility import visible_requests
from requests_app.services.redactions import record_originals_read
from requests_app.services.refusals import refusal_text
from requests_app.views.record_acts import RECORD_ACTS, RecordAct

_ON_ROWS = ("lift", "release")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An act as drawn: folded, or open with what was typed and why it was not saved."""

    name: str
    act: RecordAct
    form: ActionForm
    is_open: bool


@login_required
@require_GET
def request_records(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was taken out of a request and what holds it."""
    return _page(request, _load(request, number))


@login_required
@require_POST
def act_on_records(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do one thing to the records of a request; what was typed is kept where it is refused."""
    found = _load(request, number)
    row = RECORD_ACTS[name]
    form = row.form(request.POST, service_request=found, auto_id=f"{name}_%s")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            row.run(found, form, actor_for(request.user), timezone.now())
        except ActionRefused as refused:
            form.add_error(None, refusal_text(refused))
            status = HTTPStatus.FORBIDDEN if refused.refusal is Refusal.ROLE else HTTPStatus.CONFLICT
        else:
            messages.success(request, str(row.said))
            return redirect("request_records", found.number)
    return _page(request, _load(request, number), bound=(name, form), status=status)


@login_required
@require_GET
def request_originals(request: HttpRequest, number: str) -> HttpResponse:
    """Show what stood there before; that somebody read it is recorded first."""
    found = _load(request, number)
    record_originals_read(found, actor=actor_for(request.user), at=timezone.now())
    context = {"service_request": found, "originals": originals_of(found), "redactions": redactions_of(found)}
    return render(request, "records/originals.html", context)


def _load(request: HttpRequest, number: str) -> ServiceRequest:
    """Give a request the reader may see. Raises PermissionDenied for whoever does not keep its records."""
    visible = visible_requests(request.user).select_related("customer", "department")
    found = get_object_or_404(visible, number=number)
    if not keeps_records_of(actor_for(request.user), found):
        raise PermissionDenied
    return found


def _page(
    request: HttpRequest,
    found: ServiceRequest,
    *,
    bound: tuple[str, ActionForm] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "service_request": found,
        "redactions": redactions_of(found),
        "holds": holds_of(found),
        "sheets": _sheets(found, bound),
        "form": bound[1] if bound else None,
        "bound_name": bound[0] if bound else "",
    }
    return render(request, "records/request.html", context, status=status)


def _sheets(found: ServiceRequest, bound: tuple[str, ActionForm] | None) -> list[Sheet]:
    sheets = []
    for name, act in RECORD_ACTS.items():
        if bound and bound[0] == name:
            sheets.append(Sheet(name, act, bound[1], is_open=True))
        elif name not in _ON_ROWS:
            form = act.form(service_request=found, auto_id=f"{name}_%s")
            if form.is_offered:
                sheets.append(Sheet(name, act, form, is_open=False))
    return sheets
