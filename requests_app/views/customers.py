"""The customers: find one, see what the city knows of them, correct it (I purpose)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.customers import CustomerForm
from requests_app.models import Customer
from requests_app.selectors.customer_merges import may_merge, standing_merges, undoable_merge
from requests_app.selectors.customer_page import customer_page
from requests_app.selectors.customers import recent_customers, suggest_customers
from requests_app.services.customer_edits import change_customer
from requests_app.services.refusals import refusal_text
from requests_app.views.contact_access import logging_actor
from requests_app.views.customer_access import customer_known_to
from requests_app.views.posted import asked_in

_LISTED = 50


@login_required
@require_safe
def customer_list(request: HttpRequest) -> HttpResponse:
    """Find customers by name, phone or e-mail; with nothing typed, those heard from lately."""
    actor = logging_actor(request)
    asked = asked_in(request)
    found = (
        suggest_customers(asked, actor=actor, limit=_LISTED) if asked else recent_customers(actor=actor, limit=_LISTED)
    )
    context = {"asked": asked, "customers": found, "is_cut": len(found) == _LISTED}
    return render(request, "customers/list.html", context)


@login_required
@require_safe
def customer_detail(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show a customer: how to reach them, what is open, what was."""
    actor = logging_actor(request)
    customer, now = customer_known_to(actor, customer_id), timezone.now()
    if customer.pk != customer_id:
        return redirect(customer)
    context = {
        "page": customer_page(customer, actor=actor, now=now),
        "customer": customer,
        "merges": standing_merges(customer),
        "undoable": undoable_merge(customer, now=now) if may_merge(actor) else None,
        "may_merge": may_merge(actor),
    }
    return render(request, "customers/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def customer_edit(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Correct what is known of a customer; a second editor is shown what differs and keeps what was typed."""
    actor = logging_actor(request)
    customer = customer_known_to(actor, customer_id)
    if request.method != "POST":
        return _form_page(request, customer, CustomerForm(customer=customer))
    form = CustomerForm(request.POST, customer=customer)
    if not form.is_valid():
        return _form_page(request, customer, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["version"] or 0
    try:
        changes = change_customer(
            customer_id=customer.pk, version=version, facts=form.facts(), actor=actor, at=timezone.now()
        )
    except ActionRefused as refused:
        return _refused(request, customer_known_to(actor, customer_id), form, refused)
    messages.success(request, gettext("Saved.") if changes else gettext("Nothing was changed."))
    return redirect(customer)


def _form_page(
    request: HttpRequest, customer: Customer, form: CustomerForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "customers/form.html", {"customer": customer, "form": form}, status=status)


def _refused(request: HttpRequest, customer: Customer, form: CustomerForm, refused: ActionRefused) -> HttpResponse:
    """Show the form again, with what is stored now where it differs; the next save counts against that."""
    shown = CustomerForm(request.POST, customer=customer)
    shown.is_valid()
    shown.add_error(None, " ".join([refusal_text(refused), *shown.differences()]))
    shown.read_again()
    return _form_page(request, customer, shown, status=HTTPStatus.CONFLICT)
