"""Who an escalation goes to: a person there, never one concerned, never the sender, never nobody (III.b.v.2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain.confidentiality import may_ask
from requests_app.domain.escalations import ROLE_AT, SPEAK_FOR_INDEPENDENT, Level, level_of, levels_from
from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee, Escalation, EscalationReceiver, ResponseClock, ServiceRequest
from requests_app.models.escalations import RUNNING
from requests_app.selectors.access import Actor, actor_for_employee
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clocks import overdue
from requests_app.selectors.recipients import Roster, present


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a step goes: to people who may accept it, or (`outside`, an address) to the independent recipient."""

    level: Level
    receivers: tuple[Employee, ...] = ()
    outside_name: str = ""
    outside: str = ""
    department: Department | None = None

    @property
    def words(self) -> str:
        """Name who it goes to."""
        return self.outside_name or ", ".join(person.name for person in self.receivers)


def next_destination(
    service_request: ServiceRequest, *, level: int, excluded: Collection[int], now: datetime
) -> Destination | None:
    """Give the first rung, from `level` up, on which anybody is there who may see the request by their own right.

    Whoever is away is passed over, and asked only where nobody who may have it is there. Above the last rung stands
    the independent recipient; None only where the city named none.
    """
    roster = Roster([service_request], now=now)
    for even_away in (False, True):
        for rung in levels_from(level):
            for group in roster.holders(ROLE_AT[rung], service_request):
                reached = _left(roster.entitled(group, service_request, even_away=even_away), excluded)
                if reached:
                    return Destination(rung, reached)
    return independent_recipient()


def independent_recipient() -> Destination | None:
    """Give the recipient outside the city's staff, where one was named at first run."""
    choices = current_choices()
    if not choices.independent_recipient_email:
        return None
    name = choices.independent_recipient_name or choices.independent_recipient_email
    return Destination(Level.INDEPENDENT, outside_name=name, outside=choices.independent_recipient_email)


def destination_person(service_request: ServiceRequest, employee: Employee, *, sender: Actor) -> Destination | None:
    """Give somebody chosen by name; None for the sender, and for whom the request cannot be opened to."""
    reached = _openable([employee], service_request, sender=sender)
    return Destination(_standing(reached), reached) if reached else None


def destination_department(
    service_request: ServiceRequest, department: Department, *, sender: Actor, now: datetime
) -> Destination | None:
    """Give the leads of a chosen department, those above it where none is there; those who are away only at last."""
    roster = Roster([service_request], now=now)
    for even_away in (False, True):
        for group in roster.leads_of(department.pk):
            there = [person for person in group if even_away or roster.is_there(person)]
            reached = _openable(there, service_request, sender=sender)
            if reached:
                return Destination(_standing(reached), reached, department=department)
    return None


def running_escalation(service_request: ServiceRequest) -> Escalation | None:
    """Give the step that waits for somebody to accept or to answer it; there is never more than one."""
    rows = service_request.escalations.filter(**RUNNING)
    return rows.select_related("clock", "from_employee", "accepted_by", "climbed_from").first()


def last_sent_back(service_request: ServiceRequest) -> int | None:
    """Give the level of the last step, if that was sent back; None otherwise."""
    last = service_request.escalations.order_by("-sent_at", "-pk").first()
    return last.level if last is not None and last.sent_back_at is not None else None


def steps_of_climb(escalation: Escalation) -> list[Escalation]:
    """Give a step and those it climbed from, the newest first."""
    steps = [escalation]
    while steps[-1].climbed_from is not None:
        steps.append(steps[-1].climbed_from)
    return steps


def holders_of(escalation: Escalation) -> list[Employee]:
    """Give who has a running step now: who accepted it, or else everybody who may."""
    if escalation.accepted_by is not None:
        return [escalation.accepted_by]
    return [row.employee for row in escalation.receivers.select_related("employee").order_by("employee_id")]


def may_act_on(escalation: Escalation, actor: Actor) -> bool:
    """Say whether a step is this actor's to accept, send back or answer (one query, none for the outside one)."""
    if actor.employee is None:
        return False
    if escalation.to_outside:
        return actor.holds(*SPEAK_FOR_INDEPENDENT)
    if escalation.accepted_by_id is not None:
        return escalation.accepted_by_id == actor.employee_id
    return escalation.receivers.filter(employee=actor.employee).exists()


def people_to_call(service_request: ServiceRequest, *, now: datetime) -> list[Employee]:
    """Give who may record what the independent recipient says, and else the owner: whom a mail outside names.

    Nobody who is away: whoever calls them gets a greeting.
    """
    roster = Roster([service_request], now=now)
    for role in (Role.HR, Role.CITY_MANAGER):
        for group in roster.holders(role, service_request):
            reached = roster.entitled(group, service_request)
            if reached:
                return reached
    return roster.entitled([service_request.owner] if service_request.owner else [], service_request)


def escalation_ids_to_climb(now: datetime) -> list[int]:
    """Give the running steps nobody accepted in time, and those whose people are all gone, oldest first."""
    there = EscalationReceiver.objects.filter(escalation=OuterRef("pk"), employee__is_active=True).exclude(
        employee__email=""
    )
    is_waiting = Q(accepted_at__isnull=True)
    stands_still = is_waiting & (Q(clock__in=_late_clocks(now)) | ~Exists(there)) | Q(accepted_by__is_active=False)
    rows = Escalation.objects.filter(stands_still, to_outside="", **RUNNING)
    return list(rows.order_by("sent_at", "pk").values_list("pk", flat=True))


def escalations_held_by(employee: Employee) -> QuerySet[Escalation]:
    """Give the running steps somebody may accept, or has accepted."""
    return Escalation.objects.filter(receivers__employee=employee, **RUNNING).order_by("service_request_id")


def _late_clocks(now: datetime) -> QuerySet[ResponseClock, Any]:
    return ResponseClock.objects.filter(overdue(now)).values("pk")


def _openable(people: Iterable[Employee], service_request: ServiceRequest, *, sender: Actor) -> tuple[Employee, ...]:
    """Keep those who read the request by right, and those the sender may open it to, as by asking them (DOMAIN 4)."""
    roster = Roster([service_request])
    chosen = [person for person in people if person.pk != sender.employee_id and present(person)]
    by_right = roster.entitled(chosen, service_request)
    roles = sender.roles_for(service_request)
    return tuple(
        person
        for person in chosen
        if person in by_right
        or (
            not roster.is_concerned(person, service_request)
            and may_ask(
                service_request.confidentiality, roles, is_attorney=actor_for_employee(person).holds(Role.ATTORNEY)
            )
        )
    )


def _standing(people: Iterable[Employee]) -> Level:
    return max(level_of(frozenset(actor_for_employee(person).reach)) for person in people)


def _left(people: Iterable[Employee], excluded: Collection[int]) -> tuple[Employee, ...]:
    return tuple(person for person in people if person.pk not in excluded)
