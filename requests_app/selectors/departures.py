"""What leaving would mean: where each open request goes, and what else names the person (III.a.iv)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from requests_app.domain.departures import Heir
from requests_app.models import Alternate, Category, Departure, Employee, RoleAssignment, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.heirs import Handover, Heirs
from requests_app.selectors.recipients import Roster
from requests_app.selectors.visibility import requests_visible_to


@dataclass(frozen=True, slots=True)
class Wish:
    """To whom the open work is to go: all of it, and what is named apart by its id."""

    to: Heir
    apart: Mapping[int, Heir] = field(default_factory=dict)

    def heir_of(self, service_request: ServiceRequest) -> Heir:
        """Give the answer for one request."""
        return self.apart.get(service_request.pk, self.to)


@dataclass(frozen=True, slots=True)
class DeparturePlan:
    """Everything that leaving does, worked out and not yet done."""

    employee: Employee
    handovers: list[Handover]
    default_of: list[Category]
    backup_of: list[Category]
    alternate_for: list[Alternate]
    roles: list[RoleAssignment]

    @property
    def digest(self) -> str:
        """Give a fingerprint: what is confirmed is what was shown, or nothing."""
        shown = [
            self.employee.version,
            [
                (handover.service_request.pk, handover.owner.pk if handover.owner else None, handover.department.pk)
                for handover in self.handovers
            ],
            [category.pk for category in (*self.default_of, *self.backup_of)],
            [alternate.pk for alternate in self.alternate_for],
            [role.pk for role in self.roles],
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def open_work_of(employee: Employee) -> list[ServiceRequest]:
    """Give the unfinished requests somebody owns, the most urgent first."""
    rows = ServiceRequest.objects.filter(owner=employee, closed_at__isnull=True).select_related("department", "owner")
    return list(rows.order_by("answer_by_at", "pk"))


def ids_shown_to(actor: Actor, requests: list[ServiceRequest]) -> frozenset[int]:
    """Give those of the requests the actor may read; an administrator may keep the roster and read nothing."""
    pks = [service_request.pk for service_request in requests]
    return frozenset(requests_visible_to(actor).filter(pk__in=pks).values_list("pk", flat=True))


def departure_plan(employee: Employee, wish: Wish) -> DeparturePlan:
    """Work out what leaving does. Nobody gets what they may not see: it goes to the next in line instead.

    The line is the answer given, then the supervisor, then the queue of the request's own department.
    """
    requests = open_work_of(employee)
    alternates = employee.alternates.select_related("person", "department")
    named = [each for row in alternates if (each := row.person or row.department)]
    heirs = Heirs(employee, alternates=named, roster=Roster(requests))
    return DeparturePlan(
        employee=employee,
        handovers=[heirs.handover(service_request, wish.heir_of(service_request)) for service_request in requests],
        default_of=list(Category.objects.filter(default_owner=employee).order_by("pk")),
        backup_of=list(Category.objects.filter(backup_owner=employee).order_by("pk")),
        alternate_for=list(Alternate.objects.filter(person=employee).select_related("employee").order_by("pk")),
        roles=list(employee.role_assignments.select_related("department").order_by("pk")),
    )


def standing_departure(employee: Employee) -> Departure | None:
    """Give the leaving that still stands; None for somebody who left before it was recorded here."""
    return employee.departures.filter(undone_at__isnull=True).first()
