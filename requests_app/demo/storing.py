"""Write the rows of many matters at once, in the order the foreign keys ask for."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from django.db import models, transaction

from requests_app.demo.matters import Matter
from requests_app.models import (
    ClockRevision,
    Commendation,
    Complaint,
    ComplaintDecision,
    Escalation,
    EscalationReceiver,
    Event,
    Excusal,
    FollowUp,
    Interaction,
    RequestSubject,
    ResponseClock,
    ServiceRequest,
)

T = TypeVar("T", bound=models.Model)
_CHUNK = 500


@transaction.atomic
def store_matters(matters: Sequence[Matter]) -> None:
    """Add all rows of these matters in one transaction."""
    firsts = [matter for matter in matters if matter.merged_into is None]
    seconds = [matter for matter in matters if matter.merged_into is not None]
    _store(ServiceRequest, [matter.request for matter in firsts])
    for matter in seconds:
        if matter.merged_into:
            matter.request.merged_into = matter.merged_into.request
    _store(ServiceRequest, [matter.request for matter in seconds])
    _store(Interaction, chain.from_iterable(matter.interactions for matter in matters))
    clocks = list(chain.from_iterable(matter.clocks for matter in matters))
    _store(ResponseClock, [clock for clock in clocks if clock.merged_into is None])
    _store(ResponseClock, [clock for clock in clocks if clock.merged_into is not None])
    _store(Complaint, [matter.complaint for matter in matters if matter.complaint])
    _store(ComplaintDecision, chain.from_iterable(matter.decisions for matter in matters))
    _store(FollowUp, chain.from_iterable(matter.follow_ups for matter in matters))
    _store(Escalation, chain.from_iterable(matter.escalations for matter in matters))
    _store(EscalationReceiver, chain.from_iterable(matter.receivers for matter in matters))
    _store(Commendation, chain.from_iterable(matter.commendations for matter in matters))
    _store(ClockRevision, chain.from_iterable(matter.revisions for matter in matters))
    _store(Excusal, chain.from_iterable(matter.excusals for matter in matters))
    _store(RequestSubject, chain.from_iterable(matter.subjects for matter in matters))
    _store(Event, chain.from_iterable(matter.events for matter in matters))


def _store(model: type[T], rows: Iterable[T]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=_CHUNK)
