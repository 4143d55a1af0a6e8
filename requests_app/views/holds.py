"""The legal holds, and a hold on whatever a search finds."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.domain.workflow import ActionRefused
from requests_app.forms.records import HoldSearchForm
from requests_app.selectors.access import Actor
from requests_app.selectors.holds import all_holds
from requests_app.selectors.search import matching
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.holds import place_hold
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted


@login_required
@require_http_methods(["GET", "POST"])
def legal_holds(request: HttpRequest) -> HttpResponse:
    """List the holds, those in force first; place one on every ordinary request a search finds."""
    actor = actor_holding(request, Role.RECORDS_CLERK)
    form = HoldSearchForm(posted(request))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                held = _hold_found(form, actor)
            except ActionRefused as refused:
                form.add_error("words", refusal_text(refused))
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, gettext("Requests held: %(n)d.") % {"n": held})
                return redirect("legal_holds")
    return render(request, "records/holds.html", {"holds": all_holds(), "form": form}, status=status)


def _hold_found(form: HoldSearchForm, actor: Actor) -> int:
    """Hold what the search finds, of what the records clerk keeps."""
    found = requests_visible_to(actor).filter(matching(form.cleaned_data["words"], actor=actor))
    ids = list(found.filter(confidentiality=Confidentiality.ORDINARY).values_list("pk", flat=True))
    hold = place_hold(request_ids=ids, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now())
    return hold.service_requests.count()
