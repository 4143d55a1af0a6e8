"""The page after a contact was logged: number, answer-by date, and what to tell the customer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.domain.wording import language_of
from requests_app.forms.commendations import ThankForm
from requests_app.forms.receipts import ReceiptForm
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.complaint_intake import describable
from requests_app.selectors.contacts import confirmable_requests, response_clock_of
from requests_app.selectors.read_backs import read_back_of
from requests_app.selectors.stubs import stub_of
from requests_app.selectors.surveys import address_of
from requests_app.selectors.visibility import visible_requests
from requests_app.views.contact_access import logging_actor
from requests_app.views.contact_page import draft_key


@login_required
@require_safe
def contact_done(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm a contact with its number and date, to whoever logged it or may see the request."""
    actor = logging_actor(request)
    rows = confirmable_requests(actor, now=timezone.now()).select_related("owner", "department")
    return show_confirmation(request, get_object_or_404(rows, number=number), actor=actor)


def show_confirmation(
    request: HttpRequest,
    service_request: ServiceRequest,
    *,
    actor: Actor,
    receipt_form: ReceiptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the confirmation of a request that may be confirmed to the person acting."""
    number = service_request.number
    clock = response_clock_of(service_request)
    may_open = visible_requests(request.user).filter(pk=service_request.pk).exists()
    stub = None if may_open else stub_of(actor, number)
    context = {
        "service_request": service_request,
        "clock": clock,
        "may_open": may_open,
        "stub": stub,
        "read_backs": _read_backs(service_request, clock),
        "may_describe": service_request.is_complaint and describable(actor, number) is not None,
        "thanks": _thanks(service_request) if may_open else None,
        "receipt_form": receipt_form or _receipt(service_request, actor=actor, may_open=may_open),
        "draft_key": draft_key(request),
    }
    return render(request, "contacts/done.html", context, status=status)


def _read_backs(found: ServiceRequest, clock: ResponseClock | None) -> list[tuple[str, list[str]]]:
    """Give what is read out, by language; of a hand-over not even the language is kept, so it is said in both."""
    first = "es" if found.is_handed_over else language_of(found.language)
    today = timezone.localdate()
    return [(code, read_back_of(found, clock, language=code, today=today)) for code in dict.fromkeys((first, "en"))]


def _receipt(service_request: ServiceRequest, *, actor: Actor, may_open: bool) -> ReceiptForm | None:
    """Give the form of the receipt, with the customer's address for whoever may read it or took it down."""
    if service_request.is_handed_over or service_request.is_from_colleague:
        return None
    knows = may_open or service_request.recorded_by_id == actor.employee_id
    return ReceiptForm(initial={"email": address_of(service_request.customer) if knows else ""})


def _thanks(service_request: ServiceRequest) -> ThankForm | None:
    """Give the second screen of a compliment: who is thanked, with whoever was asked for filled in."""
    form = ThankForm(service_request=service_request)
    return form if form.is_offered else None
