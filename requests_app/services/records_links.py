"""Say which requests a public-records request asks for (Cal. Gov. Code 7920.000 ff.)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.workflow import Action
from requests_app.models import RecordsLink, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_read_by
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action


@transaction.atomic
def link_to_records_request(*, request_id: int, number: str, actor: Actor, at: datetime) -> RecordsLink:
    """Link a request the actor reads to a records request; the clerk reads it while that one is open (DOMAIN 4).

    Linking twice changes nothing. What the clerk may not read, Human Resources links. Raises ActionRefused for a
    number that is not there for the actor.
    """
    records_request, _ = request_for_action(request_id, Action.LINK_RECORDS, actor=actor)
    if not records_request.is_records_request or actor.employee is None:
        raise ActionRefused(Refusal.NOT_A_RECORDS_REQUEST)
    asked_for = _asked_for(records_request, number, actor=actor)
    link, is_new = RecordsLink.objects.get_or_create(
        records_request=records_request,
        service_request=asked_for,
        defaults={"linked_by": actor.employee, "at": at},
    )
    if is_new:
        for one, other in ((records_request, asked_for), (asked_for, records_request)):
            record_event(
                one, EventKind.RECORDS_LINKED, actor=actor, at=at, text=other.number, fields={"linked": other.pk}
            )
    return link


def _asked_for(records_request: ServiceRequest, number: str, *, actor: Actor) -> ServiceRequest:
    known = normalise_tracking_number(number)
    found = requests_read_by(actor).filter(number=known).exclude(pk=records_request.pk).first() if known else None
    if found is None:
        raise ActionRefused(Refusal.MERGE_TARGET_UNKNOWN)
    return found
