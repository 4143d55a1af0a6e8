"""The tree of departments as people read it: who heads it, who supervises, how many work there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext

from requests_app.domain.vocabulary import Role
from requests_app.models import Alternate, Category, Department, Employee, RoleAssignment, ServiceRequest

_LEADS = (Role.DEPARTMENT_HEAD, Role.SUPERVISOR)


@dataclass(slots=True)
class DepartmentRow:
    """One line of the tree; `depth` is 0 for the city."""

    department: Department
    depth: int
    people: int
    heads: list[Employee] = field(default_factory=list)
    supervisors: list[Employee] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """Say, in words, who is missing: somebody to head it, somebody to supervise its people."""
        if not self.department.is_active or self.depth == 0:
            return []
        found = []
        if self.depth == 1 and not self.heads:
            found.append(gettext("no head"))
        if self.people and not self.supervisors and not self.heads:
            found.append(gettext("no supervisor"))
        return found


def department_rows(*, with_retired: bool = False) -> list[DepartmentRow]:
    """Give the tree from the top, divisions under their department, by name (three queries)."""
    departments = Department.objects.annotate(people=Count("employees", filter=Q(employees__is_active=True)))
    leads = _leads()
    rows = []
    for depth, department in _walk(list(departments.order_by("name"))):
        if department.is_active or with_retired:
            heads, supervisors = (leads.get((role, department.pk), []) for role in _LEADS)
            rows.append(DepartmentRow(department, depth, getattr(department, "people", 0), heads, supervisors))
    return rows


def department_row(department: Department) -> DepartmentRow:
    """Give the line of one department."""
    return next(row for row in department_rows(with_retired=True) if row.department.pk == department.pk)


def department_choices(*, without: Department | None = None) -> list[tuple[int, str]]:
    """List the departments in use for a form, divisions marked by a dash under theirs."""
    return [
        (row.department.pk, f"{'– ' * (row.depth - 1)}{row.department.name}")
        for row in department_rows()
        if without is None or row.department.pk != without.pk
    ]


def uses_of(department: Department) -> list[str]:
    """Say, in words, what open things point at a department; empty when it may be retired."""
    people = Employee.objects.filter(department=department, is_active=True).count()
    # Finished ones keep their department, as history.
    unfinished = ServiceRequest.objects.filter(department=department, closed_at__isnull=True).count()
    divisions = Department.objects.filter(parent=department, is_active=True).count()
    categories = Category.objects.filter(department=department, is_active=True).count()
    roles = RoleAssignment.objects.filter(department=department, employee__is_active=True).count()
    alternates = Alternate.objects.filter(department=department).count()
    counted = (
        (people, ngettext("%(n)s person", "%(n)s people", people)),
        (unfinished, ngettext("%(n)s open request", "%(n)s open requests", unfinished)),
        (divisions, ngettext("%(n)s division", "%(n)s divisions", divisions)),
        (categories, ngettext("%(n)s category", "%(n)s categories", categories)),
        (roles, ngettext("%(n)s role", "%(n)s roles", roles)),
        (alternates, ngettext("alternate of %(n)s person", "alternate of %(n)s people", alternates)),
    )
    return [words % {"n": n} for n, words in counted if n]


def _walk(departments: list[Department]) -> Iterator[tuple[int, Department]]:
    below: dict[int | None, list[Department]] = defaultdict(list)
    for department in departments:
        below[department.parent_id].append(department)
    waiting = [(0, department) for department in reversed(below[None])]
    while waiting:
        depth, department = waiting.pop()
        yield depth, department
        waiting += [(depth + 1, division) for division in reversed(below[department.pk])]


def _leads() -> dict[tuple[str, int], list[Employee]]:
    found: dict[tuple[str, int], list[Employee]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(role__in=_LEADS, employee__is_active=True).select_related("employee")
    for row in rows.order_by("employee__name"):
        found[row.role, row.department_id].append(row.employee)
    return found
