"""Evidence that rows left the product in a file (III.b.i.4)."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import AuditEntry, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit, record_audit_of_each

RESTRICTED_EXPORTED = "restricted_exported"


@transaction.atomic
def record_export(
    *,
    actor: Actor,
    address: str,
    rows: int,
    at: datetime,
    numbers: models.QuerySet[Any, Any] | None = None,
    of: type[models.Model] = ServiceRequest,
) -> AuditEntry:
    """Record who exported which list, and how many rows it had then.

    `numbers` asks for the tracking numbers in the file: each restricted request among them gets an entry of its own.
    """
    if numbers is not None:
        leaving = ServiceRequest.objects.filter(number__in=numbers)
        restricted = leaving.exclude(confidentiality=Confidentiality.ORDINARY)
        record_audit_of_each(RESTRICTED_EXPORTED, restricted, actor=actor, at=at)
    return record_audit("exported", of, actor=actor, at=at, fields={"address": address}, count=rows)
