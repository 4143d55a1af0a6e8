"""Requests that may be the same matter as the one being logged: still open, visible, and with evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import OuterRef, QuerySet, Subquery
from rapidfuzz import fuzz

from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Direction, Status
from requests_app.models import ContactPoint, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.places import are_near, is_named_in, spot_of
from requests_app.selectors.visibility import requests_visible_to

SHOWN = 5
_CANDIDATES = 200
_RECENT = timedelta(days=60)
_ALIKE = 80  # of 100
_LEAST_CHARACTERS = 6  # less is no evidence


class Why(StrEnum):
    """What makes a request look like the same matter."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    PLACE = "place"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known so far of the contact being logged."""

    customer_id: int | None = None
    contact_values: tuple[str, ...] = ()
    category_id: int | None = None
    place: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """An open request, why it looks alike, and what was last said on it."""

    service_request: ServiceRequest
    why: Why
    last_words: str


def likely_duplicates(evidence: Evidence, *, actor: Actor, now: datetime) -> list[LikelyDuplicate]:
    """Give up to five open requests of the same customer, then of the same category at the same place or in like words.

    Two queries at most, each bounded.
    """
    found: dict[int, LikelyDuplicate] = {}
    for service_request, why in (*_of_customer(evidence, actor), *_alike(evidence, actor, now)):
        last_words = getattr(service_request, "last_words", None) or ""
        found.setdefault(service_request.pk, LikelyDuplicate(service_request, why, last_words))
    return list(found.values())[:SHOWN]


def _open_requests(actor: Actor) -> QuerySet[ServiceRequest]:
    inbound = Interaction.objects.filter(service_request=OuterRef("pk"), direction=Direction.INBOUND)
    return (
        requests_visible_to(actor)
        .exclude(status=Status.CLOSED)
        .annotate(last_words=Subquery(inbound.order_by("-occurred_at", "-pk").values("text")[:1]))
        .order_by("-received_at", "-pk")
    )


def _of_customer(evidence: Evidence, actor: Actor) -> Iterable[tuple[ServiceRequest, Why]]:
    if evidence.customer_id:
        rows = _open_requests(actor).filter(customer=evidence.customer_id)
        return [(row, Why.CUSTOMER) for row in rows[:SHOWN]]
    if evidence.contact_values:
        reached = ContactPoint.objects.filter(value__in=evidence.contact_values).values("customer")
        return [(row, Why.CONTACT) for row in _open_requests(actor).filter(customer__in=reached)[:SHOWN]]
    return []


def _alike(evidence: Evidence, actor: Actor, now: datetime) -> Iterable[tuple[ServiceRequest, Why]]:
    spot, title = spot_of(evidence.place, evidence.title), _evident(evidence.title)
    if not evidence.category_id or not (spot or title):
        return []
    rows = _open_requests(actor).filter(category=evidence.category_id, received_at__gte=now - _RECENT)[:_CANDIDATES]
    judged = ((row, _why_alike(row, spot=spot, title=title)) for row in rows)
    return [(row, why) for row, why in judged if why]


def _why_alike(row: ServiceRequest, *, spot: str, title: str) -> Why | None:
    other = spot_of(row.place, row.title)
    if spot and other:
        # Two potholes in two streets are two potholes, however alike the words.
        return Why.PLACE if are_near(spot, other) else None
    if (spot and is_named_in(spot, row.title)) or (other and is_named_in(other, title)):
        return Why.PLACE
    return Why.TEXT if title and fuzz.token_sort_ratio(title, normalise_text(row.title)) >= _ALIKE else None


def _evident(text: str) -> str:
    normalised = normalise_text(text)
    return normalised if len(normalised) >= _LEAST_CHARACTERS else ""
