"""Who may take over the open work of somebody who leaves, or is away for a while (III.a.iv, III.b.ii.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Department, Employee, ServiceRequest
from requests_app.selectors.recipients import Roster
from requests_app.selectors.takers import supervisors_of

Candidate = Employee | Department


@dataclass(frozen=True, slots=True)
class Handover:
    """One open request and where it goes; `owner` is None for the queue of the department."""

    service_request: ServiceRequest
    owner: Employee | None
    department: Department


class Heirs:
    """Who may take over, read once for all requests; `alternates` are those who stand in, in their order."""

    def __init__(self, employee: Employee, *, alternates: Sequence[Candidate], roster: Roster) -> None:
        self._employee = employee
        self._alternates = alternates
        self._roster = roster
        self._people: dict[int, Employee | None] = {}

    def handover(self, service_request: ServiceRequest, heir: Heir) -> Handover:
        """Give where a request goes: to the first in line who may have it, else to the queue of its department."""
        for candidate in self._line(service_request, heir):
            found = self.given_to(candidate, service_request)
            if found:
                return found
        return Handover(service_request, None, self.department_of(service_request))

    def given_to(self, candidate: Candidate, service_request: ServiceRequest) -> Handover | None:
        """Give the handover to one candidate; None where they may not have it.

        The person goes, not the matter: it stays in its department, unless a department takes it over.
        """
        own = self.department_of(service_request)
        if isinstance(candidate, Department):
            may_have = candidate.is_active and (candidate == own or is_ordinary(service_request))
            return Handover(service_request, None, candidate) if may_have else None
        return Handover(service_request, candidate, own) if self._may_have(candidate, service_request) else None

    def department_of(self, service_request: ServiceRequest) -> Department:
        """Give the department a request lies in."""
        return service_request.department or self._employee.department

    def person(self, person_id: int) -> Employee | None:
        """Give somebody by id, read once."""
        if person_id not in self._people:
            self._people[person_id] = Employee.objects.filter(pk=person_id).first()
        return self._people[person_id]

    def _line(self, service_request: ServiceRequest, heir: Heir) -> Iterator[Candidate]:
        person = self.person(heir.person_id) if heir.receiver is Receiver.PERSON and heir.person_id else None
        if person:
            yield person
        if heir.receiver is Receiver.ALTERNATE:
            yield from self._alternates
        if heir.receiver is not Receiver.QUEUE:
            yield from supervisors_of(service_request, roster=self._roster)

    def _may_have(self, person: Employee, service_request: ServiceRequest) -> bool:
        if not person.is_active or person.pk == self._employee.pk:
            return False
        if is_ordinary(service_request):
            return not self._roster.is_concerned(person, service_request)
        return self._roster.may_see(person, service_request)


def is_ordinary(service_request: ServiceRequest) -> bool:
    """Say whether anybody may take it over whom it is not about."""
    return service_request.confidentiality == Confidentiality.ORDINARY
