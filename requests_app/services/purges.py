"""Remove payment-card and social-security numbers for good: two people, one certificate (Gov. Code 7922.200)."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.sensitive_text import count_numbers, without_numbers
from requests_app.domain.vocabulary import Role
from requests_app.models import Purge, RedactedText, Redaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned
from requests_app.selectors.purges import has_numbers, redacted_originals
from requests_app.selectors.request_texts import HOMES_BY_PLACE, texts_of
from requests_app.services.events import record_audit, record_event
from requests_app.services.record_keeping import note_change, request_for_keeping
from requests_app.services.search_texts import refresh_search_text
from requests_app.services.transitions import lock_request


@transaction.atomic
def request_purge(*, request_id: int, actor: Actor, at: datetime) -> Purge:
    """Ask the attorney to confirm a purge; asking again while one waits gives that one.

    Raises ActionRefused where the request holds no such number.
    """
    service_request = request_for_keeping(request_id, actor=actor)
    waiting = Purge.objects.filter(service_request=service_request, confirmed_at__isnull=True).first()
    if waiting is not None:
        return waiting
    if actor.employee is None or not has_numbers(service_request):
        raise ActionRefused(Refusal.NOTHING_TO_PURGE)
    purge = Purge.objects.create(service_request=service_request, requested_by=actor.employee, requested_at=at)
    record_audit("purge_requested", purge, actor=actor, at=at)
    return purge


@transaction.atomic
def confirm_purge(*, purge_id: int, actor: Actor, at: datetime) -> Purge:
    """Remove every such number from a request, its redacted originals and its mails included; confirming twice is once.

    Raises ActionRefused for anybody but an attorney, and for whoever asked for it or is concerned.
    """
    purge = Purge.objects.select_for_update(of=("self",)).get(pk=purge_id)
    if actor.employee is None or not actor.holds(Role.ATTORNEY):
        raise ActionRefused(Refusal.ROLE)
    service_request = lock_request(purge.service_request_id)
    if actor.employee_id == purge.requested_by_id or is_concerned(actor.employee, service_request):
        raise ActionRefused(Refusal.DISPOSAL_PERSON)
    if purge.confirmed_at is not None:
        return purge
    # The originals first: afterwards a text no longer tells which of them is its own.
    counts = _purge_originals(service_request) + _purge_texts(service_request)
    purge.confirmed_by, purge.confirmed_at, purge.counts = actor.employee, at, dict(sorted(counts.items()))
    purge.save(update_fields=["confirmed_by", "confirmed_at", "counts"])
    _settle(service_request, purge, actor=actor, at=at)
    return purge


def _purge_texts(service_request: ServiceRequest) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place, pk, value in list(texts_of(service_request.pk)):
        if found := count_numbers(value):
            home, field = HOMES_BY_PLACE[place]
            room = home.room(field)
            home.model._default_manager.filter(pk=pk).update(**{field: without_numbers(value, limit=room)})
            counts[place] += found
    return counts


def _purge_originals(service_request: ServiceRequest) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in redacted_originals(service_request):
        found = count_numbers(row.original)
        if found or count_numbers(row.shown):
            room = HOMES_BY_PLACE[row.place][0].room(HOMES_BY_PLACE[row.place][1])
            RedactedText.objects.filter(pk=row.pk).update(
                original=without_numbers(row.original), shown=without_numbers(row.shown, limit=room)
            )
            counts["redactedtext.original"] += found
    for redaction in Redaction.objects.filter(service_request=service_request):
        if found := count_numbers(redaction.passages):
            Redaction.objects.filter(pk=redaction.pk).update(passages=without_numbers(redaction.passages))
            counts["redaction.passages"] += found
    return counts


def _settle(service_request: ServiceRequest, purge: Purge, *, actor: Actor, at: datetime) -> None:
    found = ServiceRequest.objects.select_related("customer").get(pk=service_request.pk)
    refresh_search_text(found)
    note_change(found)
    record_event(found, EventKind.PURGED, actor=actor, at=at, fields={"numbers": sum(purge.counts.values())})
