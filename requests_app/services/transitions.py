"""The first half of every verb: lock the request, and ask the table whether this actor may."""

from datetime import datetime

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Status
from requests_app.domain.workflow import Action, next_status
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned


def request_for_action(request_id: int, action: Action, *, actor: Actor) -> tuple[ServiceRequest, Status]:
    """Lock a request and say where the action leads. Raises ActionRefused when the table says no."""
    service_request = lock_request(request_id)
    if service_request.destroyed_at is not None:
        raise ActionRefused(Refusal.DESTROYED)
    if actor.employee and is_concerned(actor.employee, service_request):
        raise ActionRefused(Refusal.ROLE)
    return service_request, next_status(service_request.status, action, actor.roles_for(service_request))


def lock_request(request_id: int) -> ServiceRequest:
    """Read a request for change, locked to the end of the transaction.

    Nothing is joined: a row that was waited for comes back as it is now, but what was joined to it as it was before,
    so that an owner changed meanwhile would read as nobody.
    """
    return ServiceRequest.objects.select_for_update().get(pk=request_id)


def touch(service_request: ServiceRequest, touched_at: datetime, *changed: str) -> None:
    """Save the changed fields, the last touch and a new version, so that a second editor sees that it changed."""
    service_request.last_touch_at = max(service_request.last_touch_at, touched_at)
    service_request.version += 1
    service_request.save(update_fields=[*changed, "last_touch_at", "version"])
