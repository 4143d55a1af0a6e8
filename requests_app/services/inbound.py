"""A contact from the customer, whether it begins a request, adds to one or opens it again (III.b.ii.3, III.b.ii.4)."""

from datetime import datetime

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Direction, Milestone
from requests_app.models import Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.clocks import start_clock
from requests_app.services.entries import InboundEntry


def record_inbound(
    service_request: ServiceRequest,
    entry: InboundEntry,
    *,
    actor: Actor,
    at: datetime,
    is_calling_again: bool = False,
) -> Interaction:
    """Write a contact on a locked request. Raises ActionRefused for one that is still to come."""
    if entry.occurred_at > at:
        raise ActionRefused(Refusal.IN_FUTURE)
    return Interaction.objects.create(
        service_request=service_request,
        direction=Direction.INBOUND,
        channel=entry.channel,
        occurred_at=entry.occurred_at,
        recorded_at=at,
        employee=actor.employee,
        text=entry.text,
        is_calling_again=is_calling_again,
        submission_key=entry.submission_key,
    )


def owe_response(service_request: ServiceRequest, *, interaction: Interaction, actor: Actor) -> None:
    """Start the response clock a contact is owed, unless nobody waits for an answer."""
    if not service_request.no_reply:
        start_clock(service_request, milestone=Milestone.RESPONSE, interaction=interaction, actor=actor)
