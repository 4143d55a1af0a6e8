"""What leaving would mean: where each open request goes, and what else names the person (III.a.iv)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Alternate, Category, Department, Departure, Employee, RoleAssignment, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.recipients import Roster
from requests_app.selectors.takers import supervisors_of
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
class Handover:
    """One open request and where it goes; `owner` is None for the queue of the department."""

    service_request: ServiceRequest
    owner: Employee | None
    department: Department


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
    heirs = _Heirs(employee, requests)
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


class _Heirs:
    """Who may take over, read once for all requests."""

    def __init__(self, employee: Employee, requests: list[ServiceRequest]) -> None:
        self._employee = employee
        self._roster = Roster(requests)
        self._alternates = list(employee.alternates.select_related("person", "department"))
        self._people: dict[int, Employee | None] = {}

    def handover(self, service_request: ServiceRequest, heir: Heir) -> Handover:
        own = service_request.department or self._employee.department
        for candidate in self._line(service_request, heir):
            if isinstance(candidate, Department):
                if candidate.is_active and (candidate == own or _is_ordinary(service_request)):
                    return Handover(service_request, None, candidate)
            elif self._may_have(candidate, service_request):
                # The person leaves, not the matter: it stays in its department.
                return Handover(service_request, candidate, own)
        return Handover(service_request, None, own)

    def _line(self, service_request: ServiceRequest, heir: Heir) -> Iterator[Employee | Department]:
        if heir.receiver is Receiver.PERSON and heir.person_id:
            yield from self._person(heir.person_id)
        if heir.receiver is Receiver.ALTERNATE:
            for alternate in self._alternates:
                candidate = alternate.person or alternate.department
                if candidate:
                    yield candidate
        if heir.receiver is not Receiver.QUEUE:
            yield from supervisors_of(service_request, roster=self._roster)

    def _person(self, person_id: int) -> Iterator[Employee]:
        if person_id not in self._people:
            self._people[person_id] = Employee.objects.filter(pk=person_id).first()
        person = self._people[person_id]
        if person:
            yield person

    def _may_have(self, person: Employee, service_request: ServiceRequest) -> bool:
        if not person.is_active or person.pk == self._employee.pk:
            return False
        if _is_ordinary(service_request):
            return not self._roster.is_concerned(person, service_request)
        return self._roster.may_see(person, service_request)


def _is_ordinary(service_request: ServiceRequest) -> bool:
    return service_request.confidentiality == Confidentiality.ORDINARY
