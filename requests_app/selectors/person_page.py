"""One person of the roster as their page shows them; of their work it tells how much, never what."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from requests_app.domain.work_patterns import describe_work_pattern, parse_work_pattern
from requests_app.models import Alternate, Category, Departure, Employee, RoleAssignment, ServiceRequest
from requests_app.models.labels import LANGUAGES
from requests_app.selectors.departures import standing_departure


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page tells beside the person's own columns."""

    employee: Employee
    roles: list[RoleAssignment]
    alternates: list[Alternate]
    stands_in_for: list[Employee]
    categories: list[Category]
    open_requests: int
    work_pattern: str
    languages: str
    departure: Departure | None

    @property
    def can_sign_in(self) -> bool:
        """Say whether there is a login and it is open."""
        return self.employee.user is not None and self.employee.user.is_active

    @property
    def has_signed_in(self) -> bool:
        """Say whether the login was ever used; until then an invitation is under way."""
        return self.employee.user is not None and self.employee.user.last_login is not None


def person_page(employee: Employee) -> PersonPage:
    """Gather what the page of a person tells (six queries)."""
    roles = employee.role_assignments.select_related("department").order_by("role", "department__name")
    theirs = Q(default_owner=employee) | Q(backup_owner=employee)
    return PersonPage(
        employee=employee,
        roles=list(roles),
        alternates=list(employee.alternates.select_related("person__department", "department")),
        stands_in_for=[row.employee for row in employee.alternate_for.select_related("employee")],
        categories=list(Category.objects.filter(theirs, is_active=True)),
        open_requests=open_requests_of(employee),
        work_pattern=work_pattern_words(employee),
        departure=None if employee.is_active else standing_departure(employee),
        languages=", ".join(str(LANGUAGES.get(code, code)) for code in employee.languages),
    )


def open_requests_of(employee: Employee) -> int:
    """Count the unfinished requests somebody owns."""
    return ServiceRequest.objects.filter(owner=employee, closed_at__isnull=True).count()


def work_pattern_words(employee: Employee) -> str:
    """Put somebody's work pattern into the reader's language; "" where none is recorded."""
    pattern = parse_work_pattern(employee.work_pattern)
    return describe_work_pattern(pattern, language=get_language() or "en") if pattern else ""
