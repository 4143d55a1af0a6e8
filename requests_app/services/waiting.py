"""Waiting for the resident: it pauses nothing that was owed before."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.workflow import Action
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@transaction.atomic
def wait_for_resident(*, request_id: int, note: str, actor: Actor, at: datetime) -> ServiceRequest:
    """Say that the resident has the next word; no first-response clock pauses for it."""
    service_request, to = request_for_action(request_id, Action.WAIT, actor=actor)
    service_request.status = to
    service_request.waiting_since = at
    touch(service_request, at, "status", "waiting_since")
    record_event(service_request, EventKind.WAITING, actor=actor, at=at, text=note)
    return service_request


@transaction.atomic
def resume_request(*, request_id: int, actor: Actor, at: datetime) -> ServiceRequest:
    """Say that the city has the next word again."""
    service_request, to = request_for_action(request_id, Action.RESUME, actor=actor)
    service_request.status = to
    service_request.waiting_since = None
    touch(service_request, at, "status", "waiting_since")
    record_event(service_request, EventKind.RESUMED, actor=actor, at=at)
    return service_request
