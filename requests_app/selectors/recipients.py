"""Who is told: the only door from a stage of the ladder to people (III.b.ii.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from requests_app.domain.stages import Audience, LadderStage
from requests_app.domain.vocabulary import Involvement, Milestone, Role
from requests_app.models import Employee, RequestSubject, ResponseClock, RoleAssignment, ServiceRequest
from requests_app.selectors.access import (
    Actor,
    actor_for_employee,
    divisions_of,
    parents_of_departments,
    running_consultations,
    running_receipts,
    serves,
)
from requests_app.selectors.choices import current_choices
from requests_app.selectors.visibility import requests_read_by, requests_visible_to
from requests_app.selectors.whereabouts import Whereabouts

# Where each audience's chain begins; every chain runs on to its end until somebody is there.
_CHAIN = (Audience.OWNER, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
_START = {Audience.OWNER: 0, Audience.SUPERVISOR: 1, Audience.DEPARTMENT_HEAD: 2, Audience.CITY_MANAGER: 3}
_CITY_WIDE = (Role.CITY_MANAGER, Role.HR)
_LAST_ASKED = frozenset(
    {Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.RECORDS_CLERK, Role.FRONT_DESK, Role.HR, Role.CITY_MANAGER}
)


def present(employee: Employee) -> bool:
    """Say whether somebody can be told anything now: at work here, with an address to write to."""
    return employee.is_active and bool(employee.email)


def may_receive(employee: Employee, service_request: ServiceRequest | None, *, now: datetime | None = None) -> bool:
    """Say whether somebody may be told of a request: present, and one of those who may see it.

    With `now`, whoever stands in for its owner may.
    """
    if not present(employee):
        return False
    if service_request is None:
        return True
    return requests_visible_to(actor_for_employee(employee, now=now)).filter(pk=service_request.pk).exists()


class Roster:
    """The people, roles and departments as they are now, read once for a batch of requests.

    With `now`, or with the whereabouts already read, it knows who is away and who stands in; without, absences are
    left aside.
    """

    def __init__(
        self,
        requests: Iterable[ServiceRequest],
        *,
        now: datetime | None = None,
        whereabouts: Whereabouts | None = None,
    ) -> None:
        self._requests = {service_request.pk: service_request for service_request in requests}
        self._whereabouts = whereabouts or (Whereabouts(now) if now else None)
        self._seen: dict[int, frozenset[int]] = {}
        self._seen_by_right: dict[int, frozenset[int]] = {}

    def chain(self, service_request: ServiceRequest, audience: Audience) -> Iterator[list[Employee]]:
        """Yield the groups to try, nearest first: owner, who stands in, then each role from the department up the tree.

        At the end stands everybody who works on requests at all, so that news ends at a person.
        """
        for link in _CHAIN[_START[audience] :]:
            if isinstance(link, Audience):
                yield from self._in_place_of(service_request.owner)
            else:
                yield from self.holders(link, service_request)
        yield from self._anybody(service_request)

    def holders(self, role: Role, service_request: ServiceRequest) -> Iterator[list[Employee]]:
        """Yield the groups of those who hold a role over a request, nearest first; a city-wide one has one group."""
        if role in _CITY_WIDE:
            yield self.city_wide(role)
        else:
            yield from self.up_the_tree(role, service_request)

    def up_the_tree(self, role: Role, service_request: ServiceRequest) -> Iterator[list[Employee]]:
        """Yield who holds a role in the request's department, then in each one above it."""
        for department_id in self._upwards(service_request.department_id):
            yield self._holders(role, [department_id])

    def city_wide(self, role: Role) -> list[Employee]:
        """Give who holds a role anywhere in the city."""
        return self._holders(role, self._parents)

    def leads_of(self, department_id: int) -> Iterator[list[Employee]]:
        """Yield who leads a department, head before supervisor, then who leads each one above it."""
        for up in self._upwards(department_id):
            yield self._holders(Role.DEPARTMENT_HEAD, [up])
            yield self._holders(Role.SUPERVISOR, [up])
            yield [person for role in _CITY_WIDE for person in self.city_wide(role) if person.department_id == up]

    def may_see(self, employee: Employee, service_request: ServiceRequest) -> bool:
        """Say whether somebody may see one of the batch's requests; one question a person answers for all of them."""
        if employee.pk not in self._seen:
            visible = requests_visible_to(self._actor(employee)).filter(pk__in=self._requests)
            self._seen[employee.pk] = frozenset(visible.values_list("pk", flat=True))
        return service_request.pk in self._seen[employee.pk]

    def is_concerned(self, employee: Employee, service_request: ServiceRequest) -> bool:
        """Say whether one of the batch's requests is about somebody."""
        return (employee.pk, service_request.pk) in self._concerned

    def eligible(
        self, people: Iterable[Employee], service_request: ServiceRequest, *, even_away: bool = False
    ) -> list[Employee]:
        """Keep those who are present and may see the request; the scope leaves out whoever is concerned."""
        is_there = present if even_away else self.is_there
        return [person for person in people if is_there(person) and self.may_see(person, service_request)]

    def is_there(self, employee: Employee) -> bool:
        """Say whether somebody can be told, and is not away."""
        return present(employee) and not self.is_away(employee)

    def is_away(self, employee: Employee) -> bool:
        """Say whether somebody is away; without `now` nobody is."""
        return self._whereabouts is not None and self._whereabouts.is_away(employee.pk)

    def entitled(
        self, people: Iterable[Employee], service_request: ServiceRequest, *, even_away: bool = False
    ) -> list[Employee]:
        """Keep those who are present and may see the request by their own right, not because they are asked."""
        is_there = present if even_away else self.is_there
        return [person for person in people if is_there(person) and self._sees_by_right(person, service_request)]

    def receivers_of(self, clock: ResponseClock) -> list[Employee]:
        """Give who may accept the escalation a clock belongs to, while that is not accepted (III.b.v.2)."""
        return self._receivers.get(clock.pk, [])

    def _in_place_of(self, owner: Employee | None) -> Iterator[list[Employee]]:
        yield [owner] if owner else []
        if owner is None or self._whereabouts is None or not self._whereabouts.is_away(owner.pk):
            return
        stand_in = self._whereabouts.stand_in(owner.pk)
        person = self._whereabouts.person(stand_in)
        if person is not None:
            yield [person]
        elif stand_in is not None:
            yield from self.leads_of(stand_in.pk)

    def _anybody(self, service_request: ServiceRequest) -> Iterator[list[Employee]]:
        """Yield whoever works on requests at all, one by one: the department's own people first."""
        near = set(self._upwards(service_request.department_id))
        rows = [row for row in self._assignments if row.role in _LAST_ASKED]
        for row in sorted(rows, key=lambda row: (row.department_id not in near, row.employee_id)):
            yield [row.employee]

    def _sees_by_right(self, employee: Employee, service_request: ServiceRequest) -> bool:
        if employee.pk not in self._seen_by_right:
            actor = replace(self._actor(employee), consulted_on=frozenset())
            read = requests_read_by(actor).filter(pk__in=self._requests)
            self._seen_by_right[employee.pk] = frozenset(read.values_list("pk", flat=True))
        return service_request.pk in self._seen_by_right[employee.pk]

    @cached_property
    def _receivers(self) -> dict[int, list[Employee]]:
        found: dict[int, list[Employee]] = {}
        rows = running_receipts().filter(
            escalation__service_request__in=self._requests, escalation__accepted_at__isnull=True
        )
        for row in rows.select_related("employee", "escalation").order_by("employee_id"):
            if row.escalation.clock_id is not None:
                found.setdefault(row.escalation.clock_id, []).append(row.employee)
        return found

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return parents_of_departments()

    @cached_property
    def _concerned(self) -> set[tuple[int, int]]:
        rows = RequestSubject.objects.filter(service_request__in=self._requests, involvement=Involvement.CONCERNED)
        return set(rows.values_list("employee_id", "service_request_id"))

    @cached_property
    def _assignments(self) -> list[RoleAssignment]:
        return list(RoleAssignment.objects.select_related("employee").order_by("employee_id"))

    @cached_property
    def _held_by(self) -> dict[tuple[str, int], list[Employee]]:
        found: dict[tuple[str, int], list[Employee]] = {}
        for row in self._assignments:
            found.setdefault((row.role, row.department_id), []).append(row.employee)
        return found

    @cached_property
    def _roles_of(self) -> dict[int, dict[Role, set[int]]]:
        found: dict[int, dict[Role, set[int]]] = {}
        for row in self._assignments:
            found.setdefault(row.employee_id, {}).setdefault(Role(row.role), set()).add(row.department_id)
        return found

    @cached_property
    def _consulted(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        asked = running_consultations().filter(service_request__in=self._requests)
        received = running_receipts().filter(escalation__service_request__in=self._requests)
        pairs = asked.values_list("employee_id", "service_request_id").union(
            received.values_list("employee_id", "escalation__service_request_id")
        )
        for employee_id, request_id in pairs:
            found.setdefault(employee_id, set()).add(request_id)
        return found

    @cached_property
    def _reads_city_wide(self) -> bool:
        return current_choices().staff_reads_city_wide

    def _actor(self, employee: Employee) -> Actor:
        held = self._roles_of.get(employee.pk, {})
        return Actor(
            employee,
            {role: divisions_of(ids, self._parents) for role, ids in held.items()},
            consulted_on=frozenset(self._consulted.get(employee.pk, ())),
            reads_city_wide=serves(held) and self._reads_city_wide,
            covers=self._whereabouts.stands_in_for(employee.pk) if self._whereabouts else frozenset(),
        )

    def _holders(self, role: Role, department_ids: Iterable[int]) -> list[Employee]:
        holders = {
            employee.pk: employee
            for department_id in department_ids
            for employee in self._held_by.get((role.value, department_id), [])
        }
        return [holders[pk] for pk in sorted(holders)]

    def _upwards(self, department_id: int | None) -> Iterator[int]:
        passed: set[int] = set()
        while department_id is not None and department_id not in passed:
            yield department_id
            passed.add(department_id)
            department_id = self._parents.get(department_id)


def resolve_recipients(clock: ResponseClock, stage: LadderStage, *, roster: Roster | None = None) -> list[Employee]:
    """Give the people a stage of a clock is told to, in a stable order, nobody twice.

    Whoever is away, cannot be reached or may not see the request is passed over, so that the chain ends at somebody
    present: owner, who stands in, supervisor and department head up the tree, city manager, HR, anybody who may see
    it. With everybody away the nearest is told all the same; an empty answer means that nobody at all may be told, and
    the watchdog reports it. Who has to accept an escalation is reminded of it, not the owner, who has not;
    of one that went outside, whoever records what is said there.
    """
    if clock.milestone == Milestone.ESCALATION_ACCEPTED and stage.audience is Audience.OWNER:
        roster = roster or Roster([clock.service_request])
        reached = roster.eligible(roster.receivers_of(clock), clock.service_request)
        return reached or first_reached(clock.service_request, Audience.CITY_MANAGER, roster=roster)
    return first_reached(clock.service_request, stage.audience, roster=roster)


def first_reached(
    service_request: ServiceRequest, audience: Audience, *, roster: Roster | None = None
) -> list[Employee]:
    """Give the nearest group of an audience's chain that has anybody who may be told of a request.

    Where all of them are away, the nearest who are: a mail that waits for its reader is better than silence.
    """
    roster = roster or Roster([service_request])
    for even_away in (False, True):
        for group in roster.chain(service_request, audience):
            reached = roster.eligible(group, service_request, even_away=even_away)
            if reached:
                return reached
    return []


def passed_over(
    recipient: Employee, service_request: ServiceRequest, audience: Audience, *, roster: Roster
) -> Employee | None:
    """Give the nearest of an audience's chain who is away, in whose place a recipient is told; None where nobody is."""
    for group in roster.chain(service_request, audience):
        if any(person.pk == recipient.pk for person in group):
            return None
        for person in group:
            if present(person) and roster.is_away(person) and roster.may_see(person, service_request):
                return person
    return None
