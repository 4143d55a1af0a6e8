"""What the filters and the bulk bar offer: departments, categories and people, read together."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from requests_app.models import Category, Department, Employee

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ListChoices:
    """Choices by id, in the order of their names."""

    departments: Choices
    categories: Choices
    employees: Choices


def list_choices() -> ListChoices:
    """Read every choice of the lists in one query; whoever has left and what is no longer used is left out."""
    groups: dict[str, Choices] = {"department": [], "category": [], "employee": []}
    rows = _named("department", Department.objects.all(), F("name")).union(
        _named("category", Category.objects.all(), _category_name()),
        _named("employee", Employee.objects.all(), F("name")),
        all=True,
    )
    for group, pk, name in sorted(rows, key=lambda row: row[2].casefold()):
        groups[group].append((str(pk), name))
    return ListChoices(groups["department"], groups["category"], groups["employee"])


def _named(group: str, rows: QuerySet[Any], name: Any) -> QuerySet[Any, Any]:
    labelled = rows.filter(is_active=True).order_by().annotate(group=Value(group, output_field=CharField()), label=name)
    named: QuerySet[Any, Any] = labelled.values_list("group", "pk", "label")
    return named


def _category_name() -> Any:
    spanish = (get_language() or "").startswith("es")
    return Coalesce(NullIf(F("name_es"), Value("")), F("name")) if spanish else F("name")
