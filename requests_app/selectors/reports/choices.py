"""What a report can be narrowed by: departments in the order of their tree, and standards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from requests_app.models import Department, ServiceStandard
from requests_app.selectors.access import divisions_of
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.scope import ReportScope


@dataclass(frozen=True, slots=True)
class DepartmentChoice:
    """A department a reader may ask for, with its depth in the tree and everything below it."""

    pk: int
    slug: str
    name: str
    depth: int
    with_divisions: frozenset[int]


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """What the filters offer, and the two numbers the city chose: the target, and below how many there is no share."""

    departments: list[DepartmentChoice]
    standards: list[ServiceStandard]
    codes: dict[int, str]
    small_number: int
    target_rate: Decimal

    def department(self, slug: str) -> DepartmentChoice | None:
        """Find a department by its slug."""
        return next((each for each in self.departments if each.slug == slug), None)


def report_choices(scope: ReportScope, *, on: date) -> ReportChoices:
    """Read departments and standards, each standard in its version in force on a date; three queries."""
    rows = list(Department.objects.order_by("name"))
    parents = {row.pk: row.parent_id for row in rows}
    departments = [
        DepartmentChoice(row.pk, row.slug, row.name, depth, divisions_of([row.pk], parents))
        for row, depth in _in_tree_order(rows, parent_id=None, depth=0)
        if scope.department_ids is None or row.pk in scope.department_ids
    ]
    chosen = current_choices()
    versions = list(ServiceStandard.objects.order_by("-effective_from", "-version"))
    in_force: dict[str, ServiceStandard] = {}
    for version in sorted(versions, key=lambda each: each.effective_from > on):
        in_force.setdefault(version.code, version)
    return ReportChoices(
        departments=departments,
        standards=sorted(in_force.values(), key=lambda each: (each.milestone != "response", each.clause, each.code)),
        codes={version.pk: version.code for version in versions},
        small_number=chosen.small_number,
        target_rate=Decimal(str(chosen.target_rate)),
    )


def _in_tree_order(rows: list[Department], *, parent_id: int | None, depth: int) -> Iterator[tuple[Department, int]]:
    for row in rows:
        if row.parent_id == parent_id:
            yield row, depth
            yield from _in_tree_order(rows, parent_id=row.pk, depth=depth + 1)
