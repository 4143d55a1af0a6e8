"""Evidence that rows left the product in a file (III.b.i.4)."""

from datetime import datetime

from requests_app.models import AuditEntry, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


def record_export(*, actor: Actor, address: str, rows: int, at: datetime) -> AuditEntry:
    """Record who exported which list of requests, and how many rows it had then."""
    return record_audit("exported", ServiceRequest, actor=actor, at=at, fields={"address": address}, count=rows)
