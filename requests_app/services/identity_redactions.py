"""Take out of a request who the customer is: the name, and every way to reach them (III.b.i.4)."""

from datetime import datetime
from typing import Any

from django.core import serializers
from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.exemptions import EXEMPTIONS
from requests_app.domain.redaction import Passage, mark_text, passages_of_name
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Customer, Redaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.customer_merges import survivor_of
from requests_app.selectors.customer_traces import belongings_of, names_of, ways_to_reach
from requests_app.selectors.redactions import is_known_elsewhere, standing_redactions
from requests_app.services.receipts import forget_receipt_addresses
from requests_app.services.record_keeping import note_change, request_for_keeping
from requests_app.services.redactions import apply_redaction, settle_redaction


@transaction.atomic
def redact_identity(*, request_id: int, code: str, actor: Actor, at: datetime) -> Redaction:
    """Part a request from its customer, and take the name and contact points out of its texts.

    A customer of this request alone leaves the customers too, so that no suggestion names them. A second time it
    takes out what was written since. Raises ActionRefused where no customer was recorded.
    """
    service_request = request_for_keeping(request_id, actor=actor)
    redaction = standing_redactions(service_request).filter(kind=Redaction.Kind.IDENTITY).first()
    if redaction is None:
        customer = service_request.customer
        if customer is None:
            raise ActionRefused(Refusal.NOTHING_TO_REDACT)
        redaction = _new_redaction(service_request, customer, code=code, actor=actor, at=at)
        _part(service_request, customer, redaction)
        is_new = True
    else:
        is_new = False
    if apply_redaction(redaction) or is_new:
        settle_redaction(redaction, EventKind.REDACTED, actor=actor, at=at)
    return redaction


def restore_identity(redaction: Redaction, service_request: ServiceRequest) -> None:
    """Join a request and its customer again, bringing the customer back if the request was the only one."""
    if not Customer.objects.filter(pk__in=[redaction.customer_id]).exists():
        for row in serializers.deserialize("python", redaction.identity):
            row.save()
    service_request.customer_id = survivor_of(redaction.customer_id) if redaction.customer_id else None
    service_request.customer_mark = ""
    note_change(service_request, "customer", "customer_mark")
    redaction.identity = []
    redaction.save(update_fields=["identity"])


def _new_redaction(
    service_request: ServiceRequest, customer: Customer, *, code: str, actor: Actor, at: datetime
) -> Redaction:
    is_person = customer.kind == Customer.Kind.PERSON
    passages = [each for name in names_of(customer) for each in passages_of_name(name, is_person=is_person)]
    passages += [Passage(text) for text in ways_to_reach(customer)]
    return Redaction.objects.create(
        service_request=service_request,
        kind=Redaction.Kind.IDENTITY,
        code=code,
        passages=[[passage.text, passage.is_whole_word] for passage in passages],
        identity=_snapshot(customer),
        customer_id=customer.pk,
        redacted_by=actor.employee,
        redacted_at=at,
    )


def _snapshot(customer: Customer) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = serializers.serialize("python", belongings_of(customer))
    return [{**row, "fields": {name: _as_json(value) for name, value in row["fields"].items()}} for row in rows]


def _as_json(value: object) -> object:
    # To the microsecond, which Django's own encoder would drop.
    return value.isoformat() if isinstance(value, datetime) else value


def _part(service_request: ServiceRequest, customer: Customer, redaction: Redaction) -> None:
    service_request.customer = None
    service_request.customer_mark = mark_text(EXEMPTIONS[redaction.code].mark)
    note_change(service_request, "customer", "customer_mark")
    forget_receipt_addresses(service_request)
    if not is_known_elsewhere(customer, besides=service_request):
        customer.delete()
