"""Questions about people and departments."""

from collections.abc import Iterable

from django.db.models import QuerySet

from requests_app.domain.vocabulary import Involvement, Role
from requests_app.models import Department, Employee, RequestSubject, RoleAssignment, ServiceRequest
from requests_app.selectors.access import parents_of_departments

# Departments the rules know by their lasting name: who deals with restricted matters, and whose head is the police
# command.
HUMAN_RESOURCES = "human-resources"
POLICE = "police"
CITY_CLERK = "city-clerk"


def active_employees() -> QuerySet[Employee]:
    """Give everybody on the roster who still works here, by name."""
    return Employee.objects.filter(is_active=True).select_related("department").order_by("name")


def every_employee() -> QuerySet[Employee]:
    """Give everybody who is or was on the roster."""
    return Employee.objects.select_related("department", "user")


def active_departments() -> QuerySet[Department]:
    """Give the departments and divisions in use, by name."""
    return Department.objects.filter(is_active=True).order_by("name")


def every_department() -> QuerySet[Department]:
    """Give the departments and divisions, retired ones included."""
    return Department.objects.select_related("parent")


def is_concerned(employee: Employee, service_request: ServiceRequest) -> bool:
    """Say whether a request is about this person, who may then never own, read or decide it."""
    return RequestSubject.objects.filter(
        service_request=service_request, employee=employee, involvement=Involvement.CONCERNED
    ).exists()


def people_concerned(service_request: ServiceRequest) -> QuerySet[Employee]:
    """Give the people a request is about, by name."""
    named = RequestSubject.objects.filter(service_request=service_request, involvement=Involvement.CONCERNED)
    return Employee.objects.filter(pk__in=named.values("employee")).order_by("name", "pk")


def employees_not_concerned(service_request: ServiceRequest) -> QuerySet[Employee]:
    """Give everybody at work whom a request may be given to as far as it is not about them (DOMAIN 4)."""
    return active_employees().exclude(pk__in=people_concerned(service_request).order_by().values("pk"))


def root_department() -> Department:
    """Give the city itself. Raises Department.DoesNotExist before the city is set up."""
    return Department.objects.filter(parent__isnull=True).order_by("pk")[:1].get()


def phone_of(department: Department | None) -> str:
    """Give the department's number, or the city's where it has none."""
    return (department.phone if department else "") or root_department().phone


def chain_of(department_id: int) -> list[int]:
    """Give a department and those above it, nearest first."""
    parents = parents_of_departments()
    chain: list[int] = []
    current: int | None = department_id
    while current is not None and current not in chain:
        chain.append(current)
        current = parents.get(current)
    return chain


def holders_of(role: Role, department_ids: Iterable[int]) -> list[Employee]:
    """Give the active holders of a role in departments, those of the first department first."""
    order = {department_id: place for place, department_id in enumerate(department_ids)}
    rows = RoleAssignment.objects.filter(
        role=role, department_id__in=list(order), employee__is_active=True
    ).select_related("employee")
    return [row.employee for row in sorted(rows, key=lambda row: (order[row.department_id], row.employee_id))]
