"""The only writer of the story on a request and of the evidence behind it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.db import models

from requests_app.domain.vocabulary import EventKind
from requests_app.models import AuditEntry, Event, ServiceRequest
from requests_app.selectors.access import Actor

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
    """
    shown = {name: _shown(value) for name, value in (fields or {}).items()}
    event = Event.objects.create(
        service_request=service_request, kind=kind, actor=actor.employee, at=at, text=text, data=shown
    )
    record_audit(kind.value, service_request, actor=actor, at=at, fields=shown)
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
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        at=at,
        action=action,
        actor=actor.employee,
        object_kind=subject._meta.model_name or "",
        object_id=subject.pk if isinstance(subject, models.Model) else None,
        fields={name: _digest(salt, _shown(value)) for name, value in (fields or {}).items()},
        count=count,
        salt=salt,
    )
    entry.birth_hmac = birth_hmac(entry)
    entry.save(force_insert=True)
    return entry


def birth_hmac(entry: AuditEntry) -> str:
    """Compute the HMAC an entry must carry, over its canonical text."""
    canonical = json.dumps(
        [
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.action,
            entry.actor_id,
            entry.on_behalf_of_id,
            entry.object_kind,
            entry.object_id,
            entry.fields,
            entry.count,
            entry.salt,
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.new(settings.AUDIT_KEY.encode(), canonical.encode(), hashlib.sha256).hexdigest()


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


def _digest(salt: str, value: str) -> str:
    # User text may hold a lone surrogate; evidence of it must not fail.
    return hashlib.sha256(f"{salt}:{value}".encode(errors="surrogatepass")).hexdigest()
