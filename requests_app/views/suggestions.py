"""Suggestions while typing: option lines for the comboboxes of the log form."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.models import Employee
from requests_app.selectors.away_words import away_marks
from requests_app.selectors.categories import active_categories, suggest_categories
from requests_app.selectors.customers import suggest_customers
from requests_app.selectors.people import SUGGESTIONS, suggest_people
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.views.contact_access import logging_actor
from requests_app.views.posted import asked_in


@login_required
@require_safe
def suggest_customers_view(request: HttpRequest) -> HttpResponse:
    """Suggest known customers for a name, phone or e-mail."""
    customers = suggest_customers(asked_in(request), actor=logging_actor(request))
    return render(request, "contacts/suggest_customers.html", {"customers": customers})


@login_required
@require_safe
def suggest_people_view(request: HttpRequest) -> HttpResponse:
    """Suggest colleagues for a name or an extension."""
    logging_actor(request)
    return render(request, "contacts/suggest_people.html", {"people": _people(asked_in(request))})


@login_required
@require_safe
def suggest_topics_view(request: HttpRequest) -> HttpResponse:
    """Suggest whom a caller may mean: colleagues, then topics."""
    logging_actor(request)
    asked = asked_in(request)
    people = _people(asked, limit=5)
    topics = suggest_categories(asked, active_categories(), limit=3)
    return render(request, "contacts/suggest_people.html", {"people": people, "topics": topics})


@login_required
@require_safe
def suggest_categories_view(request: HttpRequest) -> HttpResponse:
    """Suggest categories for everyday words."""
    logging_actor(request)
    categories = suggest_categories(asked_in(request), active_categories())
    return render(request, "contacts/suggest_categories.html", {"categories": categories})


def _people(asked: str, *, limit: int = SUGGESTIONS) -> list[tuple[Employee, str]]:
    """Give the people who fit, each with the words that they are away, if they are (III.b.ii.5)."""
    now = timezone.now()
    people = suggest_people(asked, limit=limit, at=now)
    marks = away_marks(people, Whereabouts(now))
    return [(person, marks.get(person.pk, "")) for person in people]
