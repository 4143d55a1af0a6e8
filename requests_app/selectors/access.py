"""Who somebody is: the person behind a login and the roles held in each department."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import BigIntegerField, Case, DateTimeField, QuerySet, Value, When

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import (
    CitySetting,
    Consultation,
    Department,
    Employee,
    EscalationReceiver,
    RoleAssignment,
    ServiceRequest,
)
from requests_app.models.escalations import RUNNING
from requests_app.selectors.statements import Statement, blank
from requests_app.selectors.whereabouts import covered_by, naming

_CACHE = "_actor"
_CITY_CHOICE = "reads_city_wide"
_NAMED_BY = "named_by"
_SEEN_AT = "_seen_at"
_LENT = Value(Role.CONSULTED.value)  # the role of whoever is asked about a request
_SERVING = frozenset({Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting, with the ids of the departments each role reaches; `employee` is None for the system.

    `on_behalf_of_id` is the person in whose place this one acts (see `domain.behalf`).
    `consulted_on` are the ids of the requests this person is asked about now, `reads_city_wide` what the city chose
    for staff (DOMAIN 4). `covers` are the people away for whom this person stands in now (III.b.ii.5).
    """

    employee: Employee | None
    reach: Mapping[Role, frozenset[int]] = field(default_factory=dict, hash=False)
    on_behalf_of_id: int | None = None
    consulted_on: frozenset[int] = frozenset()
    reads_city_wide: bool = False
    covers: frozenset[int] = frozenset()

    @property
    def employee_id(self) -> int | None:
        """Give the id of the person acting; None for the system."""
        return self.employee.pk if self.employee else None

    def holds(self, *roles: Role) -> bool:
        """Say whether any of the roles is held anywhere."""
        return any(self.reach.get(role) for role in roles)

    def departments_as(self, *roles: Role) -> frozenset[int]:
        """Give the departments, divisions included, in which any of the roles is held."""
        return frozenset().union(*(self.reach.get(role, frozenset()) for role in roles))

    def roles_for(self, service_request: ServiceRequest) -> frozenset[Role]:
        """Give the roles held over a request: those of its department, owner if it is theirs, consulted if asked.

        Whoever stands in for the owner does the owner's work, except on restricted matters.
        """
        held = {role for role, ids in self.reach.items() if service_request.department_id in ids}
        if (self.employee and service_request.owner_id == self.employee.pk) or self.stands_in_on(service_request):
            held.add(Role.OWNER)
        if service_request.pk in self.consulted_on:
            held.add(Role.CONSULTED)
        return frozenset(held)

    def stands_in_on(self, service_request: ServiceRequest) -> bool:
        """Say whether the actor stands in for the owner of a request: of an ordinary one only."""
        is_ordinary = service_request.confidentiality == Confidentiality.ORDINARY
        return is_ordinary and service_request.owner_id in self.covers


SYSTEM = Actor(employee=None)


def divisions_of(department_ids: Iterable[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """Give the departments and everything below them, from a map of department to parent."""
    below = defaultdict(list)
    for department_id, parent_id in parents.items():
        below[parent_id].append(department_id)
    found: set[int] = set()
    waiting = list(department_ids)
    while waiting:
        department_id = waiting.pop()
        if department_id not in found:
            found.add(department_id)
            waiting.extend(below[department_id])
    return frozenset(found)


def parents_of_departments() -> dict[int, int | None]:
    """Map each department to its parent, in one query."""
    return dict(Department.objects.values_list("pk", "parent_id"))


def actor_for_employee(employee: Employee, *, now: datetime | None = None) -> Actor:
    """Give the actor of an active employee; somebody who has left holds no role.

    Without `now` nobody's place is taken: who is away is a question of when.
    """
    if not employee.is_active:
        return Actor(employee=None)
    held: dict[Role, set[int]] = defaultdict(set)
    consulted_on: set[int] = set()
    is_city_wide = DEFAULT_CHOICES.staff_reads_city_wide
    named_by: set[int] = set()
    for role, about_id in _held_by(employee, now):
        if role == _CITY_CHOICE:
            is_city_wide = bool(about_id)
        elif role == _NAMED_BY:
            named_by.add(about_id)
        else:
            (consulted_on if role == Role.CONSULTED else held[Role(role)]).add(about_id)
    parents = parents_of_departments()
    return Actor(
        employee,
        {role: divisions_of(ids, parents) for role, ids in held.items()},
        consulted_on=frozenset(consulted_on),
        reads_city_wide=serves(held) and is_city_wide,
        covers=covered_by(employee.pk, at=now, named_by=named_by) if now and named_by else frozenset(),
    )


def _held_by(employee: Employee, now: datetime | None) -> list[tuple[str, int]]:
    """Give each role with its department, each request somebody is asked about, who may need them; one query.

    Every page asks this, so all are read together: what is no assignment under names no assignment has.
    """
    rows: list[Any] = _holdings(with_cover=now is not None).rows(employee=employee.pk, now=now)
    return rows


@cache
def _holdings(*, with_cover: bool) -> Statement:
    employee = blank("employee", BigIntegerField())
    asked = running_consultations().filter(employee=employee).values_list(_LENT, "service_request_id")
    received = running_receipts().filter(employee=employee).values_list(_LENT, "escalation__service_request_id")
    chosen = CitySetting.objects.filter(key="staff_reads_city_wide").annotate(
        role=Value(_CITY_CHOICE), about=Case(When(value=True, then=1), default=0)
    )
    held = RoleAssignment.objects.filter(employee=employee).order_by().values_list("role", "department_id")
    arms: list[QuerySet[Any, Any]] = [asked, received, chosen.values_list("role", "about")]
    if with_cover:
        named = naming(employee, blank("now", DateTimeField()))
        arms += [rows.values_list(Value(_NAMED_BY), "employee_id") for rows in named]
    return Statement.asking(held.union(*arms, all=True))


def running_consultations() -> QuerySet[Consultation]:
    """Give the askings that run."""
    return Consultation.objects.filter(ended_at__isnull=True).order_by()


def running_receipts() -> QuerySet[EscalationReceiver]:
    """Give who may accept the escalations that run: to receive one is to be asked about its request (III.b.v.2)."""
    return EscalationReceiver.objects.filter(**{f"escalation__{name}": None for name in RUNNING}).order_by()


def serves(held: Iterable[Role]) -> bool:
    """Say whether the roles are those of somebody in a department, whom the city may let read every department's."""
    return not _SERVING.isdisjoint(held)


def see_at(user: AbstractBaseUser | AnonymousUser, at: datetime) -> None:
    """Keep with a login the instant of what it asks for: for whom somebody stands in is a question of when."""
    setattr(user, _SEEN_AT, at)


def actor_for(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """Give the actor behind a login, looked up once for each user object (four queries).

    Three more for those who stand in for somebody: only where `see_at` said when.
    """
    known = getattr(user, _CACHE, None)
    if isinstance(known, Actor):
        return known
    employee = Employee.objects.select_related("department").filter(user_id=user.pk).first() if user.pk else None
    actor = actor_for_employee(employee, now=getattr(user, _SEEN_AT, None)) if employee else SYSTEM
    setattr(user, _CACHE, actor)
    return actor
