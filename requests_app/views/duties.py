"""The overview of what its reader keeps in order: people, calendars, evidence, records."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requests_app.selectors.access import actor_for
from requests_app.selectors.duties import duties_of


@login_required
@require_GET
def duty_overview(request: HttpRequest) -> HttpResponse:
    """List the pages of the reader's duties. Raises PermissionDenied where there are none."""
    duties = duties_of(actor_for(request.user))
    if not duties:
        raise PermissionDenied
    return render(request, "duties/overview.html", {"duties": duties})
