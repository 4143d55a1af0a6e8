"""System checks: what must be right before the product may run."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError
from django.utils import timezone

Apps = Sequence[AppConfig] | None


@register(Tags.security, deploy=True)
def broker_is_shared(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Warn of a broker that only one machine can reach."""
    if settings.BROKER_URL.startswith("redis"):
        return []
    hint = "Set BROKER_URL to redis://host:6379/0."
    return [CheckWarning("The broker is a folder, which only one machine can use.", hint=hint, id="requests_app.W001")]


@register(Tags.security, deploy=True)
def mail_leaves_the_building(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Warn of mail that is only written to files."""
    if settings.EMAIL_HOST:
        return []
    hint = "Set EMAIL_URL to submission://user:password@host."
    return [CheckWarning("Mail is written to files and reaches nobody.", hint=hint, id="requests_app.W002")]


@register(Tags.security, deploy=True)
def mail_names_a_real_sender(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Warn of a sender that nobody can answer."""
    if ".example" not in settings.DEFAULT_FROM_EMAIL:
        return []
    hint = "Set DEFAULT_FROM_EMAIL to an address of the city."
    return [CheckWarning("Mail would come from an example address.", hint=hint, id="requests_app.W003")]


@register(Tags.database)
def closures_are_loaded(
    app_configs: Apps, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Report calendars whose confirmed closures end before this year does, or before the next one does.

    Past the last confirmed closure no deadline can be computed at all.
    """
    if not databases:
        return []
    today = timezone.localdate()
    try:
        ends = _known_through()
    except DatabaseError:
        return []  # not migrated yet
    return [message for name, end in ends if (message := _verdict(name, end, today))]


def _known_through() -> list[tuple[str, date | None]]:
    from requests_app.models import Calendar

    found: list[tuple[str, date | None]] = []
    for calendar in Calendar.objects.order_by("slug"):
        version = calendar.versions.order_by("-number").first()
        found.append((calendar.name, version.business_calendar().known_through if version else None))
    return found


def _verdict(name: str, end: date | None, today: date) -> CheckMessage | None:
    hint = "An administrator confirms a year's closures on the calendar page."
    if end is None or end.year < today.year:
        return Error(f"The closures of {name} for {today.year} are not confirmed.", hint=hint, id="requests_app.E001")
    if end.year < today.year + 1:
        year = today.year + 1
        return CheckWarning(f"The closures of {name} for {year} are not confirmed.", hint=hint, id="requests_app.W004")
    return None
