"""What the filters and the bulk bar offer: departments, categories and people, read together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from requests_app.models import Category, Department, Employee
from requests_app.selectors.whereabouts import may_be_away

Choices = list[tuple[str, str]]
_THERE = Value(0)


@dataclass(frozen=True, slots=True)
class ListChoices:
    """Choices by id, in the order of their names."""

    departments: Choices
    categories: Choices
    employees: Choices
    is_anybody_away: bool = True


def list_choices(at: datetime | None = None) -> ListChoices:
    """Read every choice of the lists in one query; whoever has left and what is no longer used is left out.

    With `at` it says too whether anybody may be away then, so that the lists ask on only where somebody is.
    """
    groups: dict[str, Choices] = {"department": [], "category": [], "employee": []}
    away = Case(When(may_be_away(at), then=Value(1)), default=Value(0)) if at else Value(1)
    rows = _named("department", Department.objects.all(), F("name")).union(
        _named("category", Category.objects.all(), _category_name()),
        _named("employee", Employee.objects.all(), F("name"), away),
        all=True,
    )
    is_anybody_away = False
    for group, pk, name, is_away in sorted(rows, key=lambda row: row[2].casefold()):
        groups[group].append((str(pk), name))
        is_anybody_away = is_anybody_away or bool(is_away)
    return ListChoices(groups["department"], groups["category"], groups["employee"], is_anybody_away)


def _named(group: str, rows: QuerySet[Any], name: Any, away: Any = _THERE) -> QuerySet[Any, Any]:
    labelled = rows.filter(is_active=True).order_by().annotate(group=Value(group, output_field=CharField()), label=name)
    named: QuerySet[Any, Any] = labelled.annotate(away=away).values_list("group", "pk", "label", "away")
    return named


def _category_name() -> Any:
    spanish = (get_language() or "").startswith("es")
    return Coalesce(NullIf(F("name_es"), Value("")), F("name")) if spanish else F("name")
