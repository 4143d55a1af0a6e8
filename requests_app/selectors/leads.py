"""Who leads somebody and is there to be told: supervisor, head, city manager, Human Resources (III.b.ii.5)."""

from collections.abc import Iterator
from functools import cached_property

from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, RoleAssignment
from requests_app.selectors.absences import RANKS
from requests_app.selectors.access import parents_of_departments
from requests_app.selectors.recipients import present
from requests_app.selectors.whereabouts import Whereabouts


class Leads:
    """The leads of everybody, read once (two queries, and those of the whereabouts)."""

    def __init__(self, whereabouts: Whereabouts) -> None:
        self._whereabouts = whereabouts

    def is_there(self, employee: Employee) -> bool:
        """Say whether somebody can be told, and is not away."""
        return present(employee) and not self._whereabouts.is_away(employee.pk)

    def nearest(self, employee: Employee) -> Employee | None:
        """Give the nearest person above somebody who is there; with all of them away the nearest who is not.

        None only where nobody at all is above them, nor in Human Resources.
        """
        above = list(self._above(employee))
        there = (person for person in above if self.is_there(person))
        return next(there, None) or next((person for person in above if present(person)), None)

    def _above(self, employee: Employee) -> Iterator[Employee]:
        rank = max(
            (RANKS[role] for role, _pk, person in self._held if person.pk == employee.pk and role in RANKS), default=0
        )
        for department_id in self._upwards(employee.department_id):
            for role in (Role.SUPERVISOR, Role.DEPARTMENT_HEAD):
                if RANKS[role] > rank:
                    yield from self._holders(role, department_id, employee)
        for role in (Role.CITY_MANAGER, Role.HR):
            yield from self._holders(role, None, employee)

    def _holders(self, role: Role, department_id: int | None, employee: Employee) -> Iterator[Employee]:
        for held, held_in, person in self._held:
            if held is role and department_id in (None, held_in) and person.pk != employee.pk:
                yield person

    @cached_property
    def _held(self) -> list[tuple[Role, int, Employee]]:
        roles = [*RANKS, Role.HR]
        rows = RoleAssignment.objects.filter(role__in=roles).select_related("employee").order_by("employee_id", "pk")
        return [(Role(row.role), row.department_id, row.employee) for row in rows]

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return parents_of_departments()

    def _upwards(self, department_id: int | None) -> Iterator[int]:
        passed: set[int] = set()
        while department_id is not None and department_id not in passed:
            yield department_id
            passed.add(department_id)
            department_id = self._parents.get(department_id)
