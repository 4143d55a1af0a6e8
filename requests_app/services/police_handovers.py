"""A complaint about a police employee: handed over, and nothing of its story kept (DOMAIN 4)."""

import secrets
from datetime import datetime

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.search_text import build_search_text
from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Confidentiality, Direction, Disposition, NoReply, RequestKind, Status
from requests_app.models import Category, Department, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.entries import ContactEntry
from requests_app.services.events import record_event

# Fixed, and the same for everybody: in place of whatever was typed.
TITLE = "Complaint handed over to the Police Department"


def hand_over_to_police(
    entry: ContactEntry, *, category: Category | None, department: Department, actor: Actor, at: datetime
) -> ServiceRequest:
    """Record a receipt number, the date, the channel, and to whom it was handed over; no word of what was typed.

    Neither who came nor whom or what it is about is kept, and no clock runs: what follows is the department's own.
    """
    number = new_tracking_number(secrets.randbelow)
    to = f"{department.name}, {department.phone}".rstrip(", ")
    service_request = ServiceRequest.objects.create(
        number=number,
        kind=RequestKind.COMPLAINT,
        channel=entry.channel,
        status=Status.CLOSED,
        disposition=Disposition.REFERRED,
        outcome_note=f"Handed over to {to}.",
        closed_at=at,
        title=TITLE,
        category=category,
        department=department,
        confidentiality=Confidentiality.POLICE_STUB,
        no_reply=NoReply.HANDED_OVER,
        received_at=entry.received_at,
        recorded_at=at,
        recorded_by=actor.employee,
        last_touch_at=entry.received_at,
        submission_key=entry.submission_key,
        search_text=build_search_text(number=number, title=TITLE, customer_name="", place="", contact_values=[]),
    )
    Interaction.objects.create(
        service_request=service_request,
        direction=Direction.INBOUND,
        channel=entry.channel,
        occurred_at=entry.received_at,
        recorded_at=at,
        employee=actor.employee,
        text=TITLE,
    )
    fields = {"channel": entry.channel, "received_at": entry.received_at, "to": to}
    record_event(service_request, EventKind.HANDED_OFF, actor=actor, at=at, text=to, fields=fields)
    return service_request
