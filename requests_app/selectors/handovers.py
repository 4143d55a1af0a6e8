"""What handing over the work of somebody away would do: shown first, then done (III.b.ii.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence, Employee, ServiceRequest
from requests_app.selectors.absences import leads
from requests_app.selectors.access import Actor
from requests_app.selectors.departures import ids_shown_to, open_work_of
from requests_app.selectors.heirs import Candidate, Handover, Heirs, is_ordinary
from requests_app.selectors.recipients import Roster
from requests_app.selectors.takers import supervisors_of
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One open request of the absent person: where it would go, or why it stays."""

    service_request: ServiceRequest
    handover: Handover | None
    why_not: str
    is_due_meanwhile: bool


@dataclass(frozen=True, slots=True)
class HandoverPlan:
    """The open work of somebody away as its reader may see it; `hidden` is how many they may not."""

    rows: list[PlannedRow]
    hidden: int
    stand_in: Candidate | None


def may_hand_over(actor: Actor, employee: Employee) -> bool:
    """Say whether an actor hands over the work of somebody: that person, who leads them, Human Resources."""
    return actor.employee_id == employee.pk or actor.holds(Role.HR) or leads(actor, employee)


def work_to_hand_over(absence: Absence, *, actor: Actor) -> int | None:
    """Count the open requests of the absent person that an actor may read and hand over; None for who may not."""
    if not may_hand_over(actor, absence.employee):
        return None
    return requests_visible_to(actor).filter(owner=absence.employee_id, closed_at__isnull=True).count()


def whereabouts_of(absence: Absence, *, now: datetime) -> Whereabouts:
    """Give who is where during an absence: from now on, or from when it begins."""
    return Whereabouts(max(now, absence.starts_at))


def handover_plan(absence: Absence, heir: Heir, *, actor: Actor, whereabouts: Whereabouts) -> HandoverPlan:
    """Work out what goes to whom, what is due during the absence first; only what the actor may read is moved.

    Nobody gets what is about them, nor a confidential matter they may not read already: that stays, and says why.
    """
    everything = open_work_of(absence.employee)
    shown = ids_shown_to(actor, everything)
    requests = [each for each in everything if each.pk in shown]
    found = whereabouts.stand_in(absence.employee_id)
    stand_in = whereabouts.person(found) or whereabouts.department(found)
    planned = _Planned(absence, heir, stand_in=stand_in, requests=requests, whereabouts=whereabouts)
    rows = sorted((planned.row(each) for each in requests), key=lambda row: not row.is_due_meanwhile)
    return HandoverPlan(rows, hidden=len(everything) - len(requests), stand_in=stand_in)


class _Planned:
    """One plan being worked out."""

    def __init__(
        self,
        absence: Absence,
        heir: Heir,
        *,
        stand_in: Candidate | None,
        requests: Sequence[ServiceRequest],
        whereabouts: Whereabouts,
    ) -> None:
        self._absence = absence
        self._heir = heir
        self._roster = Roster(requests, whereabouts=whereabouts)
        self._stand_in = stand_in
        self._heirs = Heirs(absence.employee, alternates=[stand_in] if stand_in else [], roster=self._roster)

    def row(self, service_request: ServiceRequest) -> PlannedRow:
        due_at, back_at = service_request.answer_by_at, self._absence.ends_at
        is_due = due_at is not None and (back_at is None or due_at < back_at)
        tried = self._candidates(service_request)
        ways = (self._heirs.given_to(candidate, service_request) for candidate in tried)
        handover = next((way for way in ways if way), None)
        why_not = "" if handover else _why_not(service_request, tried)
        return PlannedRow(service_request, handover, why_not, is_due)

    def _candidates(self, service_request: ServiceRequest) -> Sequence[Candidate]:
        if self._heir.receiver is Receiver.QUEUE:
            return [self._heirs.department_of(service_request)]
        if self._heir.receiver is Receiver.PERSON:
            person = self._heirs.person(self._heir.person_id) if self._heir.person_id else None
            return [person] if person else []
        return [self._stand_in] if self._stand_in else supervisors_of(service_request, roster=self._roster)


def _why_not(service_request: ServiceRequest, tried: Sequence[Candidate]) -> str:
    if not tried:
        return gettext("stays: nobody stands in, and no supervisor is there")
    if is_ordinary(service_request):
        return gettext("stays: %(name)s may not have it") % {"name": tried[0]}
    return gettext("stays: confidential, and %(name)s may not read it") % {"name": tried[0]}
