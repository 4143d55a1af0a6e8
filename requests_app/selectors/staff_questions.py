"""Questions asked about the policy: one's own, for Human Resources all; and whether the contact is right (III.f)."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.periods import midnight
from requests_app.models import Confirmation, StaffQuestion
from requests_app.selectors.access import Actor
from requests_app.selectors.confirmations import newest_confirmations

CONTACT_KEY = "policy-contact"
YEARLY = timedelta(days=365)


def questions_of(actor: Actor) -> QuerySet[StaffQuestion]:
    """Give what somebody asked, the newest first."""
    return StaffQuestion.objects.filter(asked_by=actor.employee_id).select_related("answered_by")


def all_questions() -> QuerySet[StaffQuestion]:
    """Give every question, for Human Resources."""
    return StaffQuestion.objects.select_related("asked_by__department", "answered_by")


def asked_between(rows: QuerySet[StaffQuestion], from_on: date | None, to_on: date | None) -> QuerySet[StaffQuestion]:
    """Narrow questions to those asked from one local day to another, both included; without one of them, open there."""
    time_zone = timezone.get_default_timezone()
    if from_on:
        rows = rows.filter(asked_at__gte=midnight(from_on, time_zone))
    return rows.filter(asked_at__lt=midnight(to_on + timedelta(days=1), time_zone)) if to_on else rows


def contact_confirmed() -> Confirmation | None:
    """Give who said last that the contact on the policy page is right."""
    return newest_confirmations().get(CONTACT_KEY)


def is_contact_due(confirmed: Confirmation | None, *, now: datetime) -> bool:
    """Say whether somebody should look again: once a year."""
    return confirmed is None or confirmed.confirmed_at < now - YEARLY
