"""A complaint brought to where a test begins, by the services people use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from requests_app.domain.vocabulary import (
    Channel,
    ComplaintOutcome,
    FollowUpOutcome,
    RequestKind,
    RootCause,
    Verdict,
)
from requests_app.models import Employee, ServiceRequest
from requests_app.services.complaint_decisions import DecisionEntry, ask_review, decide_complaint
from requests_app.services.complaint_extensions import PutOffEntry, extend_complaint_answer
from requests_app.services.complaint_follow_ups import FollowUpEntry, follow_up_complaint
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry, InboundEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

Step = Callable[..., ServiceRequest]
DAY = timedelta(days=1)


def complain(cast: Cast, at: datetime, **typed: Any) -> ServiceRequest:
    """Log a complaint by phone for Alice of streets; name what differs."""
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Nobody called back about the bins",
        received_at=at,
        kind=RequestKind.COMPLAINT,
        customer=CustomerEntry(name="Rosa Prueba", phone="510 555 0134"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(replace(entry, **typed), actor=actor(cast.fay), at=at)


def decide(found: ServiceRequest, by: Employee, at: datetime, **typed: Any) -> ServiceRequest:
    """Answer a complaint in writing."""
    entry = DecisionEntry(
        outcome=ComplaintOutcome.UPHELD,
        findings="The call was never passed on.",
        reasons="You were right, and we are sorry.",
        channel=Channel.EMAIL,
        told_at=at,
        root_cause=RootCause.HANDOVER,
        remedy="Somebody called the same day.",
        lesson="Messages are passed on in writing.",
    )
    return decide_complaint(request_id=found.pk, entry=replace(entry, **typed), actor=actor(by), at=at)


def follow_up(
    found: ServiceRequest, by: Employee, at: datetime, outcome: FollowUpOutcome | None = None, **typed: Any
) -> ServiceRequest:
    """Record what the complainant said, or an attempt."""
    entry = FollowUpEntry(channel=Channel.PHONE, text="They said so.", occurred_at=at, outcome=outcome)
    return follow_up_complaint(request_id=found.pk, entry=replace(entry, **typed), actor=actor(by), at=at)


def review(found: ServiceRequest, by: Employee, at: datetime, reason: str = "Nobody asked me.") -> ServiceRequest:
    """Take it to its second stage."""
    entry = InboundEntry(channel=Channel.PHONE, text=reason, occurred_at=at)
    return ask_review(request_id=found.pk, entry=entry, actor=actor(by), at=at)


def put_off(found: ServiceRequest, by: Employee, at: datetime, to: date, **typed: Any) -> ServiceRequest:
    """Extend the answer."""
    entry = PutOffEntry(extended_to=to, reason="A witness is away.", channel=Channel.EMAIL, told_at=at)
    return extend_complaint_answer(request_id=found.pk, entry=replace(entry, **typed), actor=actor(by), at=at)


def open_milestones(found: ServiceRequest) -> set[str]:
    """Give what is owed."""
    return set(found.clocks.filter(verdict=Verdict.OPEN).values_list("milestone", flat=True))
