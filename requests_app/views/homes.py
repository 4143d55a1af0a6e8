"""Where Human Resources, the city manager and the front desk begin, and what a council member is told."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.forms.lists import SIZES
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.council_contacts import CouncilContact, as_contacts, council_contacts
from requests_app.selectors.glance import glance_at_city
from requests_app.selectors.hr_home import hr_home
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.glance_lines import glance_lines
from requests_app.views.paging import page_context


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead whoever signed in to where they begin."""
    return redirect(_begins_on(actor_for(request.user)))


def _begins_on(actor: Actor) -> str:
    if actor.holds(Role.CITY_MANAGER):
        return "manager_home"
    if actor.holds(Role.HR):
        return "hr_home"
    return "front_desk" if actor.holds(Role.FRONT_DESK) else "my_work"


@login_required
@require_GET
def hr_home_page(request: HttpRequest) -> HttpResponse:
    """Show what needs a decision of Human Resources this week."""
    actor = actor_holding(request, Role.HR)
    return render(request, "homes/hr.html", {"lines": hr_home(actor, now=timezone.now())})


@login_required
@require_GET
def manager_home_page(request: HttpRequest) -> HttpResponse:
    """Show the city manager what is late, what is dangerous and how it goes."""
    actor, now = actor_holding(request, Role.CITY_MANAGER), timezone.now()
    figures = glance_at_city(actor, now=now)
    context = {"lines": glance_lines(figures, now=now), "council": figures.council, "now": now}
    return render(request, "homes/manager.html", context)


@login_required
@require_GET
def council_contact_list(request: HttpRequest) -> HttpResponseBase:
    """List what came via a council member, each with words for them: that and when it was answered, never who asked."""
    actor = actor_holding(request, Role.CITY_MANAGER, Role.HR)
    rows = council_contacts(actor)
    if request.GET.get("format") == "csv":
        record_export(
            actor=actor, address=request.get_full_path(), rows=rows.count(), at=timezone.now(), of=ServiceRequest
        )
        heads = [
            gettext("Received on"),
            gettext("Topic"),
            gettext("Department"),
            gettext("Answered on"),
            gettext("Words"),
        ]
        return csv_file("via-council", heads, (_cells(each) for each in as_contacts(rows)))
    page = Paginator(rows, SIZES[0]).get_page(request.GET.get("page"))
    context = {"contacts": list(as_contacts(page.object_list)), **page_context(page, {})}
    return render(request, "homes/council.html", context)


def _cells(contact: CouncilContact) -> list[object]:
    """Write a line that may be handed on: no name, no tracking number, no word of what was said."""
    row, at = contact.service_request, contact.answered_at
    received_on = timezone.localdate(row.received_at).isoformat()
    answered_on = timezone.localdate(at).isoformat() if at else ""
    return [received_on, row.category or "", row.department or "", answered_on, contact.words]
