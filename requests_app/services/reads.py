"""Evidence of who read what not everybody may read (III.b.i.4)."""

from datetime import datetime

from requests_app.models import AuditEntry, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


def record_read(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> AuditEntry | None:
    """Record that somebody opened a restricted request, every time; an ordinary one leaves no trace."""
    if not service_request.is_restricted:
        return None
    return record_audit("restricted_read", service_request, actor=actor, at=at)
