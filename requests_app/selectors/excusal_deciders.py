"""Who decides on a proposed excuse, asked in one place by list, buttons and service (III.d.i)."""

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import datetime

from requests_app.domain.excusals import CHAIN, Deciders, Link, deciders
from requests_app.models import Employee, ExcusalProposal, ResponseClock, ServiceRequest
from requests_app.selectors.recipients import Roster


class DeciderRoster:
    """The deciders of a batch of proposals as of `now`; proposals come with absence, clock, its request and answer.

    Whoever may not see a request, as anybody it is about, decides nothing on it.
    """

    def __init__(self, proposals: Iterable[ExcusalProposal], *, now: datetime) -> None:
        self._roster = Roster([proposal.clock.service_request for proposal in proposals], now=now)
        self._people: dict[int, Employee] = {}
        self._found: dict[int, Deciders] = {}

    def of(self, proposal: ExcusalProposal) -> Deciders:
        """Give who decides on a proposal."""
        if proposal.pk not in self._found:
            absent = proposal.absence.employee_id
            self._found[proposal.pk] = deciders(
                self._links(proposal.clock, absent),
                absent=absent,
                barred=barred_from(proposal.clock),
                is_there=lambda person_id: self._roster.is_there(self._people[person_id]),
            )
        return self._found[proposal.pk]

    def asked(self, proposal: ExcusalProposal) -> list[Employee]:
        """Give the people a proposal waits for; nobody where all who could decide are barred."""
        return [self._people[person_id] for person_id in self.of(proposal).asked]

    def _links(self, clock: ResponseClock, absent: int) -> Iterator[Link]:
        found = clock.service_request
        for role in CHAIN:
            for group in self._roster.holders(role, _as_answered_for(clock)):
                able = [person for person in group if person.is_active and self._roster.may_see(person, found)]
                self._people.update({person.pk: person for person in able})
                # The absent person counts by rank, though they decide nothing and need not see it any more.
                yield Link(role, [person.pk for person in group if person in able or person.pk == absent])


def barred_from(clock: ResponseClock) -> frozenset[int]:
    """Give the ids of those who never decide on a clock: whoever answered it, and whose request it is."""
    answered_by = clock.stopped_by.employee_id if clock.stopped_by else None
    return frozenset(person for person in (answered_by, clock.service_request.owner_id) if person)


def _as_answered_for(clock: ResponseClock) -> ServiceRequest:
    """Give a clock's request as one of the department that answers for the clock, which it may have left since."""
    placed = copy(clock.service_request)
    placed.department_id = clock.department_id
    return placed
