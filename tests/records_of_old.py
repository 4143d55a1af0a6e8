"""Requests that were closed long ago, with something in every table."""

from datetime import datetime, timedelta

from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.models import DisposalList, ServiceRequest
from requests_app.services.answers import add_note
from requests_app.services.closing import close_request
from requests_app.services.customers import CustomerEntry
from requests_app.services.disposals import (
    approve_disposal,
    consent_to_disposal,
    propose_disposal,
    resolve_disposal,
)
from requests_app.services.entries import CloseEntry, ContactEntry
from requests_app.services.redactions import redact_passage
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

WORD = "Xanthippe"  # nobody's name, and in no other text
LATER = timedelta(days=3 * 366)


def closed_request(cast: Cast, *, at: datetime, name: str = "Jun Castellanos") -> ServiceRequest:
    """Log, note, redact and close a request of Alice's."""
    entry = ContactEntry(
        channel=Channel.PHONE,
        title=f"Dog of {WORD}",
        received_at=at - timedelta(days=2),
        text=f"{WORD} has a dog",
        place=f"beside {WORD}",
        customer=CustomerEntry(name=name, phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    found = log_request(entry, actor=actor(cast.fay), at=at - timedelta(days=2))
    add_note(request_id=found.pk, text=f"{WORD} and her landlord", actor=actor(cast.alice), at=at)
    redact_passage(request_id=found.pk, text="landlord", code="medical", actor=actor(cast.cleo), at=at)
    ending = CloseEntry(disposition=Disposition.DONE, note=f"Spoke with {WORD}", occurred_at=at)
    close_request(request_id=found.pk, entry=ending, actor=actor(cast.alice), at=at)
    return ServiceRequest.objects.get(pk=found.pk)


def resolved_disposal(cast: Cast, *, at: datetime) -> DisposalList:
    """Take a list of what is due in the streets department as far as the council's resolution."""
    made = propose_disposal(department_id=cast.streets.pk, is_confidential=False, actor=actor(cast.cleo), at=at)
    approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=at)
    consent_to_disposal(disposal_id=made.pk, actor=actor(cast.lena), at=at)
    return resolve_disposal(disposal_id=made.pk, resolution="2029-14", actor=actor(cast.max), at=at)
