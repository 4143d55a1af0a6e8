"""Purges of payment-card and social-security numbers: asked for by the clerk, confirmed here by the attorney."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.selectors.purges import all_purges
from requests_app.services.purges import confirm_purge
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def purges(request: HttpRequest) -> HttpResponse:
    """List the purges that wait and the certificates of those that were done; no number is ever shown."""
    actor = actor_holding(request, Role.RECORDS_CLERK, Role.ATTORNEY, Role.HR)
    return render(request, "records/purges.html", {"purges": all_purges(), "may_confirm": actor.holds(Role.ATTORNEY)})


@login_required
@require_POST
def confirm_purge_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a purge; it cannot be taken back."""
    actor = actor_holding(request, Role.ATTORNEY)
    found = get_object_or_404(all_purges(), pk=pk)
    try:
        done = confirm_purge(purge_id=found.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, gettext("Numbers removed for good: %(n)d.") % {"n": sum(done.counts.values())})
    return redirect("purges")
