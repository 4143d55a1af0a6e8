"""The page of greetings that wait for somebody."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.selectors.greeting_lists import MOST_ROWS, READERS, greeting_lists
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def greeting_list(request: HttpRequest) -> HttpResponse:
    """Show what is not set, not looked at, not taken down, and what else is wrong (III.b.ii.5)."""
    actor = actor_holding(request, *READERS)
    lists = greeting_lists(actor, now=timezone.now())
    return render(request, "greetings/list.html", {"lists": lists, "most_rows": MOST_ROWS})
