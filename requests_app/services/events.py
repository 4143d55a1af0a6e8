"""The only writer of the story on a request and of the evidence behind it."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import models

from requests_app.domain.behalf import acts_for
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.seals import EVIDENCE, salted, sign_birth
from requests_app.models import AuditEntry, Event, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.seals import audit_key

Fields = Mapping[str, object]


def record_event(
    service_request: ServiceRequest,
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    text: str = "",
    fields: Fields | None = None,
) -> Event:
    """Write what was done and the evidence of it, in the transaction of the change.

    `fields` are the values that were set: people read them in the event, the evidence keeps salted hashes only.
    Whoever does the owner's work in the owner's place is recorded as acting on that person's behalf.
    """
    shown = {name: _shown(value) for name, value in (fields or {}).items()}
    acting_for = acts_for(kind, actor_id=actor.employee_id, owner_id=service_request.owner_id)
    event = Event.objects.create(
        service_request=service_request,
        kind=kind,
        actor=actor.employee,
        on_behalf_of_id=acting_for,
        at=at,
        text=text,
        data=shown,
    )
    acting = replace(actor, on_behalf_of_id=acting_for)
    record_audit(kind.value, service_request, actor=acting, at=at, fields=shown)
    return event


def record_audit(
    action: str,
    subject: models.Model | type[models.Model],
    *,
    actor: Actor,
    at: datetime,
    fields: Fields | None = None,
    count: int = 1,
) -> AuditEntry:
    """Write evidence of an act on a row, or of one batch of a sweep when given a model and a count."""
    entry = _entry(action, subject, actor=actor, at=at, fields=fields, count=count)
    entry.save(force_insert=True)
    return entry


def record_audit_of_each(
    action: str, rows: models.QuerySet[Any], *, actor: Actor, at: datetime, chunk: int = 500
) -> int:
    """Write one entry for each row of a query, and say how many: evidence of an act on many rows, row by row."""
    ids = rows.values_list("pk", flat=True).order_by("pk").iterator(chunk_size=chunk)
    told = 0
    while part := list(islice(ids, chunk)):
        AuditEntry.objects.bulk_create([_entry(action, rows.model(pk=pk), actor=actor, at=at) for pk in part])
        told += len(part)
    return told


def birth_hmac(entry: AuditEntry) -> str:
    """Compute the HMAC an entry must carry."""
    return sign_birth([getattr(entry, name) for name in EVIDENCE], key=audit_key())


def _entry(
    action: str,
    subject: models.Model | type[models.Model],
    *,
    actor: Actor,
    at: datetime,
    fields: Fields | None = None,
    count: int = 1,
) -> AuditEntry:
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        at=at,
        action=action,
        actor=actor.employee,
        on_behalf_of_id=actor.on_behalf_of_id,
        object_kind=subject._meta.model_name or "",
        object_id=subject.pk if isinstance(subject, models.Model) else None,
        fields={name: salted(salt, _shown(value)) for name, value in (fields or {}).items()},
        count=count,
        salt=salt,
    )
    entry.birth_hmac = birth_hmac(entry)
    return entry


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
