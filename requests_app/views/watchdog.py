"""Health, for whoever keeps the product running: what should have happened and did not, as things stand now."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.selectors.outgoing import mail_state
from requests_app.selectors.watchdog import ticks_heard, watchdog_findings
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def watchdog_page(request: HttpRequest) -> HttpResponse:
    """Show the findings of the watchdog live, when each task last ran, and how the mail stands; numbers, no content."""
    actor_holding(request, Role.ADMINISTRATOR)
    now = timezone.now()
    context = {"findings": watchdog_findings(now), "ticks": ticks_heard(now), "mail": mail_state(now), "now": now}
    return render(request, "settings/watchdog.html", context)
