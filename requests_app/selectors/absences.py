"""The absence register: who may write in it, who reads why somebody is away, and what stands in it (DOMAIN 4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from requests_app.domain.absences import AbsenceKind
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence, Employee, RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import active_employees

# Who leads whom: a lead records, reads and decides for those below, not for themselves or those beside them.
RANKS = {Role.SUPERVISOR: 1, Role.DEPARTMENT_HEAD: 2, Role.CITY_MANAGER: 3}


def may_record(actor: Actor, employee: Employee, kind: AbsenceKind) -> bool:
    """Say whether an actor may record an absence: their own, of those they lead, or as Human Resources.

    The front desk takes the call of somebody who is ill, so it records what is unforeseen, of anybody.
    """
    if actor.employee_id == employee.pk or actor.holds(Role.HR):
        return True
    if kind is AbsenceKind.UNFORESEEN and actor.holds(Role.FRONT_DESK):
        return True
    return leads(actor, employee)


def reads_reason(actor: Actor, employee: Employee) -> bool:
    """Say whether an actor may know why somebody is away: that person, who leads them, and Human Resources."""
    return actor.employee_id == employee.pk or actor.holds(Role.HR) or leads(actor, employee)


def may_change(actor: Actor, absence: Absence) -> bool:
    """Say whether an actor may change, end or remove an absence: who knows why, and whoever wrote it down.

    To offer it to more people would tell them which absences are unforeseen.
    """
    if reads_reason(actor, absence.employee):
        return True
    is_their_note = actor.employee_id is not None and absence.recorded_by_id == actor.employee_id
    return is_their_note and may_record(actor, absence.employee, AbsenceKind(absence.kind))


def people_to_record(actor: Actor) -> list[Employee]:
    """Give those at work whose absences an actor records for any reason: themselves first, then whom they lead."""
    people = list(active_employees())
    if not actor.holds(Role.HR):
        led = led_by(actor, people)
        people = [person for person in people if person.pk in led or person.pk == actor.employee_id]
    return sorted(people, key=lambda person: person.pk != actor.employee_id)


def people_calling_in(actor: Actor) -> list[Employee]:
    """Give those whose call in the morning an actor may take down: the front desk anybody's (DOMAIN 2)."""
    return list(active_employees()) if actor.holds(Role.FRONT_DESK) else people_to_record(actor)


def leads(actor: Actor, employee: Employee) -> bool:
    """Say whether an actor is above somebody in their department: supervisor, department head, city manager."""
    return employee.pk in led_by(actor, [employee])


def led_by(actor: Actor, people: Iterable[Employee]) -> frozenset[int]:
    """Give the ids of those among the people whom an actor leads, in one query."""
    people = [person for person in people if person.pk != actor.employee_id]
    held: dict[int, int] = {}
    rows = RoleAssignment.objects.filter(employee__in=people, role__in=list(RANKS))
    for employee_id, role in rows.values_list("employee_id", "role"):
        held[employee_id] = max(held.get(employee_id, 0), RANKS[Role(role)])
    found = set()
    for person in people:
        above = [rank for role, rank in RANKS.items() if person.department_id in actor.departments_as(role)]
        if max(above, default=0) > held.get(person.pk, 0):
            found.add(person.pk)
    return frozenset(found)


def standing_absences() -> QuerySet[Absence]:
    """Give the absences that were not removed, past and future ones, with the people in them."""
    return Absence.objects.filter(removed_at__isnull=True).select_related(
        "employee__department", "alternate_person", "alternate_department", "recorded_by"
    )


def overlapping(employee_id: int, *, starts_at: datetime, ends_at: datetime | None) -> QuerySet[Absence]:
    """Give the standing absences of somebody that share time with a period; one may begin as another ends."""
    shared = Absence.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at), removed_at__isnull=True)
    shared = shared.filter(employee=employee_id)
    return shared if ends_at is None else shared.filter(starts_at__lt=ends_at)
