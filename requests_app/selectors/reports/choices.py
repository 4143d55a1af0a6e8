"""What a report can be narrowed by: departments in the order of their tree, and standards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from requests_app.domain.choices import LocalChoices
from requests_app.models import Department, PastDepartment, ServiceStandard
from requests_app.selectors.access import divisions_of
from requests_app.selectors.choices import choices_at, current_choices
from requests_app.selectors.reports.scope import ReportScope

_INSTANT = timedelta(microseconds=1)


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
    """What the filters offer, and what the city chose: above all the target, and below how many there is no share."""

    departments: list[DepartmentChoice]
    standards: list[ServiceStandard]
    codes: dict[int, str]
    local: LocalChoices

    @property
    def small_number(self) -> int:
        """Give below how many no share is shown."""
        return self.local.small_number

    @property
    def target_rate(self) -> Decimal:
        """Give the target of what has none of its own."""
        return Decimal(str(self.local.target_rate))

    def department(self, slug: str) -> DepartmentChoice | None:
        """Find a department by its slug."""
        return next((each for each in self.departments if each.slug == slug), None)


def report_choices(scope: ReportScope, *, now: datetime, known_at: datetime | None = None) -> ReportChoices:
    """Read departments and standards, each standard in its version in force; three queries.

    With `known_at` they are those of a past instant, and so is what the city had chosen; five queries.
    """
    rows = list(Department.objects.all())
    if known_at is not None:
        rows = departments_then(rows, known_at)
    rows.sort(key=lambda each: each.name)
    parents = {row.pk: row.parent_id for row in rows}
    departments = [
        DepartmentChoice(row.pk, row.slug, row.name, depth, divisions_of([row.pk], parents))
        for row, depth in _in_tree_order(rows, parent_id=None, depth=0)
        if scope.department_ids is None or row.pk in scope.department_ids
    ]
    on = timezone.localdate(now if known_at is None else known_at - _INSTANT)
    versions = list(ServiceStandard.objects.order_by("-effective_from", "-version"))
    in_force: dict[str, ServiceStandard] = {}
    for version in sorted(versions, key=lambda each: each.effective_from > on):
        in_force.setdefault(version.code, version)
    return ReportChoices(
        departments=departments,
        standards=sorted(in_force.values(), key=lambda each: (each.milestone != "response", each.clause, each.code)),
        codes={version.pk: version.code for version in versions},
        local=current_choices() if known_at is None else choices_at(known_at),
    )


def departments_then(rows: list[Department], at: datetime) -> list[Department]:
    """Give departments under the name and at the place they had at an instant, without those not yet there."""
    changed = PastDepartment.objects.filter(known_until_at__gt=at).order_by("-known_until_at", "-pk")
    then = {each.department_id: each for each in changed}  # of several the earliest is the last to be told
    for row in rows:
        if was := then.get(row.pk):
            row.name, row.parent_id = was.name, was.parent_id
    return [row for row in rows if row.pk not in then or then[row.pk].was_there]


def _in_tree_order(rows: list[Department], *, parent_id: int | None, depth: int) -> Iterator[tuple[Department, int]]:
    for row in rows:
        if row.parent_id == parent_id:
            yield row, depth
            yield from _in_tree_order(rows, parent_id=row.pk, depth=depth + 1)
