"""This month, for whoever keeps the product running: one page, one button an item."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.selectors.upkeep import GOOD, upkeep_items
from requests_app.services import updates
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def upkeep(request: HttpRequest) -> HttpResponse:
    """Show what needs somebody, the most pressing first."""
    actor_holding(request, Role.ADMINISTRATOR)
    items = upkeep_items(timezone.now())
    return render(request, "settings/upkeep.html", {"items": items, "waiting": sum(i.state != GOOD for i in items)})


@login_required
@require_POST
def look_for_update(request: HttpRequest) -> HttpResponse:
    """Ask whether there is a newer version."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    try:
        newest = updates.look_for_update(actor=actor, at=timezone.now())
    except updates.NoAnnouncement as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The newest version is %(version)s.") % {"version": newest})
    return redirect("upkeep")
