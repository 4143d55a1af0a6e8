"""The procedure form of a request, to print or keep, and the blank one for the counter."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from requests_app.domain.notice_texts import LANGUAGES
from requests_app.domain.procedure_forms import ProcedureForm
from requests_app.models import ApprovedForm, ServiceRequest
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.approved_forms import own_procedure_form
from requests_app.selectors.procedure_form import procedure_form
from requests_app.selectors.visibility import is_masked, visible_requests
from requests_app.services.exports import record_export
from requests_app.services.procedure_pdfs import blank_pdf, blank_sheet, form_pdf, form_sheet, form_title
from requests_app.views.file_answers import bytes_answer

_RELATED = ("customer", "department", "owner", "colleague", "recorded_by")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One look at the form of a request."""

    service_request: ServiceRequest
    actor: Actor
    language: str
    own_form: ApprovedForm | None
    at: datetime

    def form(self) -> ProcedureForm:
        with translation.override(self.language):
            return procedure_form(self.service_request, actor=self.actor)


@login_required
@require_GET
def request_form(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form to be printed; of a restricted request that is an export."""
    asked = _ask(request, number)
    if asked.service_request.is_restricted:
        _record(request, asked)
    return _page(
        request,
        form_sheet(asked.form(), own_form=asked.own_form),
        language=asked.language,
        own_form=asked.own_form,
        service_request=asked.service_request,
    )


@login_required
@require_GET
def request_form_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the form as PDF; that it left the house is recorded first."""
    asked = _ask(request, number)
    _record(request, asked)
    drawn = form_pdf(asked.form(), own_form=asked.own_form)
    return pdf_answer(drawn, name=f"form-{number}-{asked.language}")


@login_required
@require_GET
def blank_form(request: HttpRequest) -> HttpResponse:
    """Show the form with lines to write on."""
    language, own_form = _language(request), own_procedure_form()
    return _page(request, blank_sheet(language, own_form=own_form), language=language, own_form=own_form)


@login_required
@require_GET
def blank_form_pdf(request: HttpRequest) -> HttpResponse:
    """Draw the form with lines to write on as PDF."""
    language = _language(request)
    return pdf_answer(blank_pdf(language, own_form=own_procedure_form()), name=f"form-blank-{language}")


def pdf_answer(drawn: bytes, *, name: str) -> HttpResponse:
    """Answer with a PDF of ours to be kept, never to be shown as a page."""
    return bytes_answer(drawn, name=f"{name}.pdf", content_type="application/pdf")


def _ask(request: HttpRequest, number: str) -> _Asked:
    """Give the request the reader may see. Raises PermissionDenied where it is shown to them masked."""
    actor = actor_for(request.user)
    found = get_object_or_404(visible_requests(request.user).select_related(*_RELATED), number=number)
    if is_masked(actor, found):
        raise PermissionDenied
    return _Asked(found, actor, _language(request), own_procedure_form(), timezone.now())


def _record(request: HttpRequest, asked: _Asked) -> None:
    numbers = visible_requests(request.user).filter(pk=asked.service_request.pk).values("number")
    record_export(actor=asked.actor, address=request.get_full_path(), rows=1, at=asked.at, numbers=numbers)


def _language(request: HttpRequest) -> str:
    """Give the language the form is asked for in; English for any we have no words for."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _page(
    request: HttpRequest,
    sheet: str,
    *,
    language: str,
    own_form: ApprovedForm | None,
    service_request: ServiceRequest | None = None,
) -> HttpResponse:
    address = (
        reverse("request_form_pdf", args=[service_request.number]) if service_request else reverse("blank_form_pdf")
    )
    context = {
        "sheet": sheet,
        "title": form_title(language, own_form),
        "language": language,
        "service_request": service_request,
        "pdf_url": f"{address}?{urlencode({'language': language})}",
    }
    return render(request, "procedure_forms/page.html", context)
