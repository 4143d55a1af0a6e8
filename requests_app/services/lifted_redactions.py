"""Lift a redaction: the words, or the customer, are shown again."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.models import Redaction
from requests_app.selectors.access import Actor
from requests_app.services.identity_redactions import restore_identity
from requests_app.services.record_keeping import request_for_keeping
from requests_app.services.redactions import restore_texts, settle_redaction


@transaction.atomic
def lift_redaction(*, redaction_id: int, actor: Actor, at: datetime) -> Redaction:
    """Put back what a redaction took out; lifting twice changes nothing, and the record of it stays."""
    request_id = Redaction.objects.values_list("service_request_id", flat=True).get(pk=redaction_id)
    service_request = request_for_keeping(request_id, actor=actor)
    redaction = Redaction.objects.get(pk=redaction_id)
    if redaction.lifted_at is not None:
        return redaction
    redaction.lifted_at, redaction.lifted_by = at, actor.employee
    redaction.save(update_fields=["lifted_at", "lifted_by"])
    if redaction.kind == Redaction.Kind.IDENTITY:
        restore_identity(redaction, service_request)
    restore_texts(redaction)
    settle_redaction(redaction, EventKind.REDACTION_LIFTED, actor=actor, at=at)
    return redaction
