"""The receipt after a contact was logged: mailed, or made into a slip to print (III.a.iii)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.receipts import ReceiptForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.contacts import confirmable_requests
from requests_app.selectors.receipts import slip_of
from requests_app.services.receipts import mail_receipt, make_receipt_slip
from requests_app.services.refusals import refusal_text
from requests_app.views.confirmations import show_confirmation
from requests_app.views.contact_access import logging_actor


@login_required
@require_POST
def contact_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Mail the receipt to the typed address; a wrong one is shown again with what to mend (422)."""
    actor, now = logging_actor(request), timezone.now()
    found = _confirmable(actor, number)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return show_confirmation(request, found, actor=actor, receipt_form=form, status=422)
    address = form.cleaned_data["email"]
    try:
        mail_receipt(request_id=found.pk, address=address, actor=actor, at=now)
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("The receipt goes to %(address)s.") % {"address": address})
    return redirect("contact_done", found.number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_slip(request: HttpRequest, number: str) -> HttpResponse:
    """Show the slip last made, to be printed on a roll of 58 mm or on letter paper; make it."""
    actor, now = logging_actor(request), timezone.now()
    found = _confirmable(actor, number)
    if request.method == "POST":
        try:
            make_receipt_slip(request_id=found.pk, actor=actor, at=now)
        except ActionRefused as refused:
            messages.error(request, refusal_text(refused))
            return redirect("contact_done", found.number)
        return redirect("contact_slip", found.number)
    slip = slip_of(found)
    if slip is None:
        return redirect("contact_done", found.number)
    return render(request, "contacts/slip.html", {"service_request": found, "slip": slip})


def _confirmable(actor: Actor, number: str) -> ServiceRequest:
    rows = confirmable_requests(actor, now=timezone.now()).select_related("owner", "department")
    return get_object_or_404(rows, number=number)
