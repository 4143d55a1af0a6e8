"""Where Human Resources and the city manager begin, and what a council member is told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.council_contacts import council_contacts
from requests_app.selectors.glance import glance_at_city
from requests_app.selectors.hr_home import hr_home
from requests_app.views.gates import actor_holding
from requests_app.views.glance_lines import glance_lines

_LISTED = 50


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead whoever signed in to where they begin."""
    return redirect(_begins_on(actor_for(request.user)))


def _begins_on(actor: Actor) -> str:
    if actor.holds(Role.CITY_MANAGER):
        return "manager_home"
    return "hr_home" if actor.holds(Role.HR) else "my_work"


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
def council_contact_list(request: HttpRequest) -> HttpResponse:
    """List what came via a council member, each with words for them: that and when it was answered, never who asked."""
    actor = actor_holding(request, Role.CITY_MANAGER, Role.HR)
    return render(request, "homes/council.html", {"contacts": council_contacts(actor, limit=_LISTED), "most": _LISTED})
