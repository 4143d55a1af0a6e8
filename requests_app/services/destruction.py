"""Destroy what the words of a request were, and leave the shell that old figures stand on (Cal. Gov. Code 34090).

Numbers, dates, channel, department and clocks stay: without them the reports of past years would change. One request
is one transaction, the certificate's line included, so a process killed at any moment leaves each either whole or
destroyed, and the next run goes on.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.search_text import build_search_text
from requests_app.models import (
    Customer,
    DisposalItem,
    DisposalList,
    ImportedCase,
    RedactedText,
    Redaction,
    RequestSubject,
    ServiceRequest,
)
from requests_app.selectors.access import Actor
from requests_app.selectors.disposals import is_unfinished
from requests_app.selectors.redactions import is_known_elsewhere
from requests_app.selectors.request_texts import TEXT_HOMES, TextHome, texts_of
from requests_app.selectors.retention import kept_because
from requests_app.services.attachments import destroy_attachments
from requests_app.services.disposals import finish_disposal
from requests_app.services.events import record_event
from requests_app.services.receipts import forget_receipt_addresses
from requests_app.services.register_disposals import destroy_register
from requests_app.services.transitions import lock_request

GONE = "[destroyed]"
# What may not be empty says so; everything else becomes empty.
_NEVER_EMPTY = {
    "servicerequest.title", "servicerequest.hazard_told", "excusal.reason", "complaintdecision.reasons",
    "escalation.reason", "escalation.sent_back_reason", "escalation.to_outside", "excusalproposal.decision_reason",
}  # fmt: skip
# Rows that are nothing but content.
_ONLY_CONTENT: tuple[type[models.Model], ...] = (Redaction, RedactedText, RequestSubject)

Report = Callable[[int, int], None]
Clock = Callable[[], datetime]


def destroy_listed(*, disposal_id: int, actor: Actor, clock: Clock, report: Report) -> dict[str, int]:
    """Destroy what a resolved list names, one request after another; may be killed and called again.

    What was put on hold, opened again or is too young meanwhile is kept, and the certificate says why.
    Raises ActionRefused for a list the council has not resolved on.
    """
    disposal = DisposalList.objects.get(pk=disposal_id)
    if not is_unfinished(disposal):
        raise ActionRefused(Refusal.DISPOSAL_STATE)
    if disposal.register:
        return _destroy_register(disposal_id, actor=actor, at=clock())
    left = DisposalItem.objects.filter(disposal=disposal, destroyed_at__isnull=True, kept_because="")
    item_ids = list(left.values_list("pk", flat=True))
    counts = {"destroyed": 0, "kept": 0}
    for done, item_id in enumerate(item_ids, start=1):
        counts["destroyed" if destroy_item(item_id=item_id, actor=actor, at=clock()) else "kept"] += 1
        report(done, len(item_ids))
    with transaction.atomic():
        finish_disposal(DisposalList.objects.select_for_update().get(pk=disposal_id), actor=actor, at=clock())
    return counts


@transaction.atomic
def _destroy_register(disposal_id: int, *, actor: Actor, at: datetime) -> dict[str, int]:
    """Destroy a register's rows and close its list in one transaction: of two workers the second finds it done."""
    disposal = DisposalList.objects.select_for_update(of=("self",)).get(pk=disposal_id)
    if not is_unfinished(disposal):
        return {"destroyed": 0, "kept": 0}
    destroy_register(disposal, at=at)
    finish_disposal(disposal, actor=actor, at=at)
    # Not how many rows: of corrective action that is nobody's but Human Resources' to know.
    return {"destroyed": int(not disposal.is_kept), "kept": int(disposal.is_kept)}


@transaction.atomic
def destroy_item(*, item_id: int, actor: Actor, at: datetime) -> bool:
    """Destroy one request of a list, or say on the list why it is kept; done twice it changes nothing."""
    item = DisposalItem.objects.select_for_update(of=("self",)).select_related("disposal").get(pk=item_id)
    if item.destroyed_at is not None:
        return True
    service_request = lock_request(item.service_request_id)
    item.kept_because = kept_because(service_request, years=item.years, now=at)
    if item.kept_because:
        item.save(update_fields=["kept_because"])
        return False
    item.content_hash = _content_hash(service_request.pk)
    item.counts = _empty(service_request, actor=actor, at=at)
    _leave_shell(service_request, at=at)
    item.destroyed_at = at
    item.save(update_fields=["content_hash", "counts", "destroyed_at"])
    fields = {"disposal": item.disposal_id, "resolution": item.disposal.resolution}
    record_event(service_request, EventKind.DESTROYED, actor=actor, at=at, fields=fields)
    return True


def _content_hash(request_id: int) -> str:
    """Hash every text, so that a copy found later can be told to be one of what was destroyed."""
    texts = [[place, pk, value] for place, pk, value in texts_of(request_id)]
    canonical = json.dumps(texts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()


def _empty(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> dict[str, int]:
    """Empty every text of a request and delete what is nothing else; gives the rows touched, by table."""
    counts = {"attachment": destroy_attachments(request_ids=[service_request.pk], actor=actor, at=at)}
    for home in TEXT_HOMES:
        if home.is_content:
            name = str(home.model._meta.model_name)
            counts[name] = counts.get(name, 0) + _empty_home(home, service_request.pk)
    for model in _ONLY_CONTENT:
        counts[str(model._meta.model_name)] = model._default_manager.filter(service_request=service_request).count()
        model._default_manager.filter(service_request=service_request).delete()
    ImportedCase.objects.filter(service_request=service_request).update(latitude=None, longitude=None)
    return {name: count for name, count in counts.items() if count}


def _empty_home(home: TextHome, request_id: int) -> int:
    """Empty one table's texts, and the originals kept of those that were redacted for another request."""
    ids = list(home.rows_of([request_id]).values_list("pk", flat=True))
    rows = home.model._default_manager.filter(pk__in=ids)
    for field in home.fields:
        RedactedText.objects.filter(place=home.place(field), object_id__in=ids).delete()
        rows.exclude(**{field: _nothing(home, field)}).update(**{field: _emptied(home, field)})
    return len(ids)


def _nothing(home: TextHome, field: str) -> Any:
    return {} if isinstance(home.model._meta.get_field(field), models.JSONField) else ""


def _emptied(home: TextHome, field: str) -> Any:
    return GONE if home.place(field) in _NEVER_EMPTY else _nothing(home, field)


def _leave_shell(service_request: ServiceRequest, *, at: datetime) -> None:
    """Take the people out of a request; a customer of this request alone goes altogether."""
    forget_receipt_addresses(service_request)
    customer = Customer.objects.filter(pk__in=[service_request.customer_id]).first()
    ServiceRequest.objects.filter(pk=service_request.pk).update(
        customer=None,
        customer_mark="",
        colleague=None,
        search_text=build_search_text(number=service_request.number, title=""),
        destroyed_at=at,
        version=models.F("version") + 1,
    )
    if customer is not None and not is_known_elsewhere(customer, besides=None):
        customer.delete()
