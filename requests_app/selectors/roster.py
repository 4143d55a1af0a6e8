"""The people of the city as a list: found, narrowed, with what each is and carries (II scope)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.models import Employee, RoleAssignment
from requests_app.selectors.access import divisions_of, parents_of_departments
from requests_app.selectors.people import matching_people

AT_WORK, WITHOUT_LOGIN, LEFT, EVERYBODY = "at_work", "without_login", "left", "everybody"


@dataclass(frozen=True, slots=True)
class RosterFilters:
    """What narrows the list; a department takes in its divisions."""

    text: str = ""
    department_id: int | None = None
    role: str = ""
    standing: str = AT_WORK


def people(filters: RosterFilters) -> QuerySet[Employee]:
    """Give the people who fit, by name, with department, login and roles (two queries)."""
    rows = Employee.objects.select_related("department", "user").prefetch_related("role_assignments__department")
    if filters.text:
        rows = rows.filter(_fits(filters.text))
    if filters.department_id:
        rows = rows.filter(department__in=divisions_of([filters.department_id], parents_of_departments()))
    if filters.role:
        held = RoleAssignment.objects.filter(employee=OuterRef("pk"), role=filters.role)
        rows = rows.filter(Exists(held))
    if filters.standing != EVERYBODY:
        rows = rows.filter(is_active=filters.standing != LEFT)
    if filters.standing == WITHOUT_LOGIN:
        rows = rows.exclude(user__isnull=False, user__is_active=True)
    return rows.order_by("name_normalised", "pk")


def _fits(text: str) -> Q:
    by_name = matching_people(text)
    by_address = Q(email__icontains=text.strip()) | Q(title__icontains=text.strip())
    return by_address if by_name is None else by_name | by_address
