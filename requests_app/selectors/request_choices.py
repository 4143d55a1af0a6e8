"""What the forms on the page of a request offer besides people: read together, for every page of a request asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from requests_app.models import Department, ReferralCard

Offered = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """Choices by id, in the order of their names."""

    departments: Offered
    cards: Offered


def request_choices() -> RequestChoices:
    """Read the departments in use, and the cards of other agencies in use with what they handle (one query)."""
    groups: dict[str, Offered] = {"department": [], "card": []}
    handling = Concat(F("agency"), Value(": "), F("handles"), output_field=CharField())
    rows = _named("department", Department.objects.all(), F("name")).union(
        _named("card", ReferralCard.objects.all(), handling), all=True
    )
    for group, pk, name in sorted(rows, key=lambda row: row[2].casefold()):
        groups[group].append((pk, name))
    return RequestChoices(groups["department"], groups["card"])


def _named(group: str, rows: QuerySet[Any], name: Any) -> QuerySet[Any, Any]:
    in_use = rows.filter(is_active=True).order_by().annotate(group=Value(group, output_field=CharField()), label=name)
    named: QuerySet[Any, Any] = in_use.values_list("group", "pk", "label")
    return named
