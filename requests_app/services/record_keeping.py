"""The first half of every act on records: lock the request, and ask whether this actor keeps its records."""

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned
from requests_app.selectors.record_keeping import keeps_records_of
from requests_app.services.transitions import lock_request


def request_for_keeping(request_id: int, *, actor: Actor) -> ServiceRequest:
    """Lock a request for its records keeper. Raises ActionRefused for anybody else and for who it is about."""
    service_request = lock_request(request_id)
    if actor.employee is None or not keeps_records_of(actor, service_request):
        raise ActionRefused(Refusal.ROLE)
    if service_request.destroyed_at is not None:
        raise ActionRefused(Refusal.DESTROYED)
    if is_concerned(actor.employee, service_request):
        raise ActionRefused(Refusal.ROLE)
    return service_request


def note_change(service_request: ServiceRequest, *changed: str) -> None:
    """Save the changed fields and a new version; keeping records is no touch of the customer's."""
    service_request.version += 1
    service_request.save(update_fields=[*changed, "version"])
