"""Questions about one complaint: its record, what was decided, what was tried since (III.b.v)."""

from requests_app.models import Complaint, ComplaintDecision, ServiceRequest


def complaint_of(service_request: ServiceRequest) -> Complaint | None:
    """Give the record of a complaint; every other request has none."""
    if not service_request.is_complaint:
        return None
    return Complaint.objects.filter(service_request=service_request).first()


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
