"""What the forms on the page of a request offer besides people: read together, for every page of a request asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from requests_app.models import Department, Incident, ReferralCard

Offered = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """Choices by id, in the order of their names."""

    departments: Offered
    cards: Offered
    incidents: Offered


def request_choices() -> RequestChoices:
    """Read departments and cards in use, cards with what they handle, and the incidents that are open (one query)."""
    groups: dict[str, Offered] = {"department": [], "card": [], "incident": []}
    handling = Concat(F("agency"), Value(": "), F("handles"), output_field=CharField())
    in_use = Q(is_active=True)
    rows = _named("department", Department.objects.filter(in_use), F("name")).union(
        _named("card", ReferralCard.objects.filter(in_use), handling),
        _named("incident", Incident.objects.filter(closed_at__isnull=True), F("title")),
        all=True,
    )
    for group, pk, name in sorted(rows, key=lambda row: row[2].casefold()):
        groups[group].append((pk, name))
    return RequestChoices(groups["department"], groups["card"], groups["incident"])


def _named(group: str, rows: QuerySet[Any], name: Any) -> QuerySet[Any, Any]:
    labelled = rows.order_by().annotate(group=Value(group, output_field=CharField()), label=name)
    named: QuerySet[Any, Any] = labelled.values_list("group", "pk", "label")
    return named
