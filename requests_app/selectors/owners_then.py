"""Whose a request was at an instant, read from its story: events that change the owner say to whom (III.a.iv)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from requests_app.domain.event_kinds import EventKind
from requests_app.models import Event, ServiceRequest

_TELLS_OWNER = Q(data__has_key="owner") | Q(kind=EventKind.SENT_BACK.value)


def ownership_events() -> QuerySet[Event]:
    """Give the events after which a request had the owner they name, or nobody."""
    return Event.objects.filter(_TELLS_OWNER)


def ever_owned_by(employee_id: int) -> Q:
    """Say which requests are somebody's, or once were: a lookup for a query of requests' clocks."""
    # By request: whoever asks has narrowed the clocks to a few days, and the events of the city are many.
    named = Event.objects.filter(service_request=OuterRef("service_request"), data__owner=str(employee_id))
    return Q(service_request__owner=employee_id) | Q(Exists(named))


def owner_then(request: str, *, until: Any) -> Case:
    """Give in SQL, as text, the id of whose a row's request was at an instant; "" or None for nobody.

    `request` is the row's lookup of its request, `until` an instant or an expression of the outer row.
    """
    told = ownership_events().filter(service_request=OuterRef(request))
    last = told.filter(at__lte=until).order_by("-at", "-pk").values(whose=KeyTextTransform("owner", "data"))[:1]
    now = Cast(F(f"{request}__owner"), TextField())
    return Case(When(Exists(told), then=Subquery(last, output_field=TextField())), default=now)


def owners_at(requests: Iterable[ServiceRequest], at: datetime) -> dict[int, int | None]:
    """Map each request to the id of its owner at an instant, in one query; None for nobody.

    A request without a word on who owns it, as an imported one, was always whose it is now; one whose story begins
    later was nobody's.
    """
    requests = list(requests)
    told: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    rows = ownership_events().filter(service_request__in=requests).order_by("at", "pk")
    for request_id, event_at, data in rows.values_list("service_request", "at", "data"):
        owner = str(data.get("owner") or "")
        told[request_id].append((event_at, int(owner) if owner.isdecimal() else None))
    return {found.pk: _owner_at(told[found.pk], at, now=found.owner_id) for found in requests}


def _owner_at(told: list[tuple[datetime, int | None]], at: datetime, *, now: int | None) -> int | None:
    if not told:
        return now
    return next((owner for event_at, owner in reversed(told) if event_at <= at), None)
