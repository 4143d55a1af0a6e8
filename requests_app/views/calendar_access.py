"""What every page of a calendar begins with: its draft, and the edit somebody is about to make."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from requests_app.domain.vocabulary import Role
from requests_app.models import Calendar
from requests_app.selectors.access import Actor
from requests_app.selectors.calendars import Draft, draft_of
from requests_app.services.calendar_drafts import Edit

READERS = (Role.ADMINISTRATOR, Role.HR)


def load_draft(slug: str) -> Draft:
    """Give the draft of a calendar, or answer 404."""
    return draft_of(get_object_or_404(Calendar, slug=slug))


def edit_of(request: HttpRequest, draft: Draft, actor: Actor) -> Edit:
    """Give the edit a form asks for: by whom, now, and of which state of the draft."""
    seen = request.POST.get("seen", "")
    return Edit(calendar_id=draft.calendar.pk, seen=seen, actor=actor, at=timezone.now())


def year_address(slug: str, year: int) -> str:
    """Give the address of a year at a glance."""
    return f"{reverse('calendar_year', kwargs={'slug': slug})}?year={year}"
