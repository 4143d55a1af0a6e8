"""Take words out of a request everywhere they are kept, and put them back (Cal. Gov. Code 7922.525, III.b.i.4).

The stored text is replaced by a mark and the original moves to a table that only the keeper of records reads. So
no list, search, export or mail can show it by forgetting to ask.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.redaction import Cut, Passage, is_found, redact_value
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import RedactedText, Redaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.redactions import standing_redactions
from requests_app.selectors.request_texts import HOMES_BY_PLACE, texts_of
from requests_app.services.events import record_audit, record_event
from requests_app.services.record_keeping import note_change, request_for_keeping
from requests_app.services.search_texts import refresh_search_text


@transaction.atomic
def redact_passage(*, request_id: int, text: str, code: str, actor: Actor, at: datetime) -> Redaction:
    """Take words out of every text of a request, for a reason of the law.

    Done again with the same words it takes out what was written since, and adds no second redaction. Raises
    ActionRefused where the words are nowhere.
    """
    service_request = request_for_keeping(request_id, actor=actor)
    passages = [[text, False]]
    known = standing_redactions(service_request).filter(kind=Redaction.Kind.PASSAGE, code=code)
    redaction = next((row for row in known if row.passages == passages), None)
    is_new = redaction is None
    if redaction is None:
        redaction = Redaction.objects.create(
            service_request=service_request,
            kind=Redaction.Kind.PASSAGE,
            code=code,
            passages=passages,
            redacted_by=actor.employee,
            redacted_at=at,
        )
    taken_out = apply_redaction(redaction)
    if is_new and not taken_out:
        raise ActionRefused(Refusal.NOTHING_TO_REDACT)
    if taken_out:
        settle_redaction(redaction, EventKind.REDACTED, actor=actor, at=at)
    return redaction


def apply_redaction(redaction: Redaction) -> int:
    """Take the words of a redaction out of every text; gives in how many it takes effect anew."""
    passages = [cut.passage for cut in redaction.cuts]
    texts = list(texts_of(redaction.service_request_id))
    known = _known_texts(texts)
    taken_out = 0
    for place, object_id, value in texts:
        row = known.get((place, object_id))
        original = row.original if row and row.shown == value else value
        if not any(_is_in(original, passage) for passage in passages):
            continue
        if row is None:
            row = RedactedText(service_request_id=redaction.service_request_id, place=place, object_id=object_id)
        row.original, row.shown = original, value
        row.save()
        is_fresh = not row.redactions.filter(pk=redaction.pk).exists()
        row.redactions.add(redaction)
        # Asked first: what another redaction hides already may still be taken out for this reason too.
        taken_out += _show(row) or is_fresh
    return taken_out


def restore_texts(redaction: Redaction) -> None:
    """Put the words of a lifted redaction back wherever no other one still takes them out."""
    for row in RedactedText.objects.filter(redactions=redaction):
        home, field = HOMES_BY_PLACE[row.place]
        current = home.model._default_manager.filter(pk=row.object_id).values_list(field, flat=True).first()
        row.redactions.remove(redaction)
        if current != row.shown:
            # Written anew since: what stands there is not what was redacted.
            row.delete()
        else:
            _show(row)


def settle_redaction(redaction: Redaction, kind: EventKind, *, actor: Actor, at: datetime) -> None:
    """Let search follow, and record what was done: the reason, never the words."""
    service_request = ServiceRequest.objects.select_related("customer").get(pk=redaction.service_request_id)
    refresh_search_text(service_request)
    note_change(service_request)
    record_event(service_request, kind, actor=actor, at=at, fields={"code": redaction.code, "what": redaction.kind})


@transaction.atomic
def record_originals_read(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> None:
    """Record that somebody read what had been taken out of a request."""
    record_audit("redaction_read", service_request, actor=actor, at=at)


def _known_texts(texts: Iterable[tuple[str, int, Any]]) -> dict[tuple[str, int], RedactedText]:
    """Find which of the texts were redacted before, a mail shared with another request included."""
    places: dict[str, list[int]] = {}
    for place, object_id, _value in texts:
        places.setdefault(place, []).append(object_id)
    rows: Iterable[RedactedText] = (
        row
        for place, object_ids in places.items()
        for row in RedactedText.objects.filter(place=place, object_id__in=object_ids)
    )
    return {(row.place, row.object_id): row for row in rows}


def _show(row: RedactedText) -> bool:
    """Write a text as its standing redactions leave it; once none is left, as it was."""
    home, field = HOMES_BY_PLACE[row.place]
    standing = list(row.redactions.filter(lifted_at__isnull=True))
    cuts = [cut for redaction in standing for cut in redaction.cuts]
    shown = redact_value(row.original, cuts, limit=home.room(field)) if cuts else row.original
    is_changed: bool = shown != row.shown
    if is_changed:
        home.model._default_manager.filter(pk=row.object_id).update(**{field: shown})
    if standing:
        row.shown = shown
        row.save(update_fields=["shown"])
    else:
        row.delete()
    return is_changed


def _is_in(value: Any, passage: Passage) -> bool:
    if isinstance(value, str):
        return is_found(value, passage)
    return bool(redact_value(value, [Cut(passage, "")]) != value)
