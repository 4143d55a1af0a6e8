"""To whom the work of somebody who is away goes, and why (III.b.ii.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee, ServiceRequest
from requests_app.selectors.recipients import Roster
from requests_app.selectors.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class Detour:
    """Why work goes elsewhere: who is away, the local date they are back (None: nobody knows), who gets it instead.

    `to` is a person, or a department with its queue. `stands_in` is False where nobody does and it goes further up;
    `is_left` where it was left with the absent person all the same.
    """

    away: Employee
    back_on: date | None
    to: Employee | Department
    stands_in: bool = True
    is_left: bool = False

    @property
    def owner(self) -> Employee | None:
        """Give who owns it then; None for the queue of a department."""
        if self.is_left:
            return self.away
        return self.to if isinstance(self.to, Employee) else None

    @property
    def goes_to_queue(self) -> bool:
        """Say whether the way around leads to a department's queue."""
        return isinstance(self.to, Department)

    @property
    def queue(self) -> Department | None:
        """Give the department it goes to the queue of; None where a person owns it."""
        return self.to if isinstance(self.to, Department) and not self.is_left else None


def detour_around(
    employee: Employee, department: Department, *, whereabouts: Whereabouts, besides: Iterable[int] = ()
) -> Detour | None:
    """Say who gets the work of somebody in a department meanwhile; None for somebody who is there.

    Whoever stands in, along the chain; where nobody does, the nearest supervisor who is there, then the nearest
    head, up the tree; at last the queue. `besides` are people who may not have it.
    """
    away = whereabouts.away(employee.pk)
    if away is None:
        return None
    found = whereabouts.stand_in(employee.pk, besides=besides)
    named = whereabouts.person(found) or whereabouts.department(found)
    if named is not None:
        return Detour(employee, away.back_on, named)
    lead = _nearest_lead(department, whereabouts, besides={employee.pk, *besides})
    return Detour(employee, away.back_on, lead or department, stands_in=False)


def _nearest_lead(department: Department, whereabouts: Whereabouts, *, besides: set[int]) -> Employee | None:
    roster, new = Roster([], whereabouts=whereabouts), ServiceRequest(department=department)
    for role in (Role.SUPERVISOR, Role.DEPARTMENT_HEAD):
        for group in roster.up_the_tree(role, new):
            there = [person for person in group if roster.is_there(person) and person.pk not in besides]
            if there:
                return there[0]
    return None
