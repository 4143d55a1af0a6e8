"""Questions about one complaint: its record, what was decided, what was tried since (III.b.v)."""

from requests_app.domain.complaints import FIRST_STAGE, may_end_unreached
from requests_app.domain.vocabulary import Milestone, RevisionReason, Verdict
from requests_app.models import Complaint, ComplaintDecision, ResponseClock, ServiceRequest


def complaint_of(service_request: ServiceRequest) -> Complaint | None:
    """Give the record of a complaint; every other request has none."""
    if not service_request.is_complaint:
        return None
    complaint = Complaint.objects.filter(service_request=service_request).first()
    if complaint is not None:
        complaint.service_request = service_request  # the same row, locked or masked as it was handed in
    return complaint


def latest_decision(complaint: Complaint) -> ComplaintDecision | None:
    """Give the written outcome that stands."""
    return complaint.decisions.order_by("-decided_at", "-pk").first()


def attempts_since(decision: ComplaintDecision) -> int:
    """Count the attempts to follow an answer up that reached nobody."""
    return decision.follow_ups.filter(outcome="").count()


def has_contact_point(service_request: ServiceRequest) -> bool:
    """Say whether there is any way to reach who complained."""
    if service_request.is_from_colleague:
        return True
    return service_request.customer is not None and service_request.customer.contact_points.exists()


def attempts_so_far(service_request: ServiceRequest) -> int:
    """Count the attempts since the answer that stands; 0 where there is none."""
    complaint = complaint_of(service_request)
    decision = latest_decision(complaint) if complaint else None
    return attempts_since(decision) if decision else 0


def may_end_without_word(service_request: ServiceRequest, *, attempts: int, needed: int) -> bool:
    """Say whether "could not be reached" may end a complaint now (III.b.v.3)."""
    has_contact = has_contact_point(service_request)
    return may_end_unreached(attempts=attempts, needed=needed, has_contact=has_contact)


def was_answered_once(service_request: ServiceRequest) -> bool:
    """Say whether a complaint was ever answered in writing."""
    return ComplaintDecision.objects.filter(complaint__service_request=service_request).exists()


def is_reviewable(service_request: ServiceRequest) -> bool:
    """Say whether a complaint has a first decision and no review yet (III.b.v.1)."""
    first = ComplaintDecision.objects.filter(complaint__service_request=service_request, complaint__stage=FIRST_STAGE)
    return first.exists()


def may_be_put_off(service_request: ServiceRequest) -> bool:
    """Say whether a written answer is open that was not put off before (III.b.v.1)."""
    owed = ResponseClock.objects.filter(
        service_request=service_request,
        milestone=Milestone.COMPLAINT_ANSWER,
        verdict=Verdict.OPEN,
        stopped_by__isnull=True,
    )
    return owed.exclude(revisions__reason=RevisionReason.EXTENDED).exists()
