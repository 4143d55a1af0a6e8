"""Extend the determination of a records request, once and in writing (Cal. Gov. Code 7922.535)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Milestone
from requests_app.domain.workflow import Action
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.extensions import Extension, extend_clock, extendable_clock
from requests_app.services.transitions import request_for_action


@transaction.atomic
def extend_determination(
    *, request_id: int, extended_to: date, reason: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Move the determination to a later business day, at most 14 calendar days on, with its legal reason.

    Raises ActionRefused where no determination is open, for a second extension, and for a date too far or closed.
    """
    service_request, _ = request_for_action(request_id, Action.EXTEND, actor=actor)
    clock, due_at = extendable_clock(service_request, Milestone.RECORDS_DETERMINATION)
    limit = DEFAULT_CHOICES.records_extension_limit_calendar_days
    due_on = timezone.localdate(due_at)
    if not due_on < extended_to <= due_on + timedelta(days=limit):
        raise ActionRefused(Refusal.EXTENSION_TOO_LONG, limit=str(limit))
    extension = Extension(extended_to=extended_to, reason=reason)
    extend_clock(clock, service_request=service_request, extension=extension, actor=actor, at=at)
    return service_request
