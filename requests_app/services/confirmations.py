"""Say that something was looked at and is right."""

from datetime import datetime, timedelta

from django.db import transaction

from requests_app.models import Confirmation
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit

_SAME_CLICK = timedelta(seconds=10)


@transaction.atomic
def confirm(key: str, *, actor: Actor, at: datetime) -> Confirmation:
    """Record that this person confirms a thing now; a second click at once gives the first one back."""
    known = Confirmation.objects.filter(
        key=key, confirmed_by=actor.employee, confirmed_at__gte=at - _SAME_CLICK, confirmed_at__lte=at
    ).first()
    if known is not None:
        return known
    confirmation = Confirmation.objects.create(key=key, confirmed_at=at, confirmed_by=actor.employee)
    record_audit("confirmed", confirmation, actor=actor, at=at, fields={"key": key})
    return confirmation
