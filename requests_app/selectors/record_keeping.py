"""Whose duty the records of a request are, and what was done about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.domain.records import KEEPERS
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import LegalHold, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.holds import standing_holds_of
from requests_app.selectors.redactions import standing_redactions


@dataclass(frozen=True, slots=True)
class RecordsSummary:
    """What the page of a request says of its records: holds to everybody, the rest to who keeps them."""

    holds: Sequence[LegalHold]
    is_kept_by_reader: bool
    redaction_count: int


def keeps_records_of(actor: Actor, service_request: ServiceRequest) -> bool:
    """Say whether an actor redacts, holds and disposes of a request they can see."""
    return actor.holds(*KEEPERS[Confidentiality(service_request.confidentiality)])


def records_summary(service_request: ServiceRequest, *, actor: Actor) -> RecordsSummary:
    """Sum up the records of a request (one query, two for who keeps them)."""
    is_kept = keeps_records_of(actor, service_request)
    return RecordsSummary(
        holds=list(standing_holds_of(service_request)),
        is_kept_by_reader=is_kept,
        redaction_count=standing_redactions(service_request).count() if is_kept else 0,
    )
