"""Escalate a request or complaint, accept it, send it back, answer it (III.b.v.2)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.escalations import Act, first_level, may_follow
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Verdict
from requests_app.domain.workflow import Action
from requests_app.models import Department, Employee, Escalation, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.escalation_chain import state_of_row
from requests_app.selectors.escalations import (
    Destination,
    destination_department,
    destination_person,
    last_sent_back,
    may_act_on,
    next_destination,
    running_escalation,
)
from requests_app.services.answers import write_note
from requests_app.services.clocks import stop_clock
from requests_app.services.escalation_notices import tell_sender
from requests_app.services.escalation_steps import Step, begin_step
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationEntry:
    """Why, and to whom: a person, else a department, else whoever is next in the ladder."""

    reason: str
    employee_id: int | None = None
    department_id: int | None = None


@transaction.atomic
def escalate(*, request_id: int, entry: EscalationEntry, actor: Actor, at: datetime) -> Escalation:
    """Pass a matter upwards, with a reason: it opens to those who receive it, who are told and have a date to accept.

    Raises ActionRefused while one runs already, and where nobody there may receive it.
    """
    service_request, to = request_for_action(request_id, Action.ESCALATE, actor=actor)
    if actor.employee is None or service_request.department_id is None:
        raise ActionRefused(Refusal.ROLE)
    if running_escalation(service_request) is not None:
        raise ActionRefused(Refusal.ESCALATION_OPEN)
    going = _destination(service_request, entry, sender=actor, now=at)
    if going is None:
        raise ActionRefused(Refusal.NOBODY_TO_ESCALATE_TO)
    note = write_note(service_request, f"{_('Escalated to')} {going.words}: {entry.reason}", actor=actor, at=at)
    step = Step(destination=going, reason=entry.reason, note=note)
    escalation = begin_step(service_request, step, actor=actor, at=at)
    service_request.status = to
    touch(service_request, at, "status")
    record_event(
        service_request,
        EventKind.ESCALATED,
        actor=actor,
        at=at,
        text=f"{going.words}. {entry.reason}",
        fields={"to": going.words, "level": int(going.level)},
    )
    return escalation


@transaction.atomic
def accept_escalation(*, escalation_id: int, actor: Actor, at: datetime) -> Escalation:
    """Accept an escalation: its clock stops, and it is the actor's to answer. Accepting twice changes nothing.

    What went outside is accepted on the recipient's behalf, by Human Resources or the city manager.
    """
    found, service_request = _locked(escalation_id, Action.ACCEPT, actor=actor)
    if found.accepted_by_id == actor.employee_id and found.is_running:
        return found
    _check(found, Act.ACCEPT, actor=actor)
    _accept(
        found, write_note(service_request, _said(found, _("Escalation accepted.")), actor=actor, at=at), actor=actor
    )
    touch(service_request, at)
    record_event(service_request, EventKind.ESCALATION_ACCEPTED, actor=actor, at=at)
    tell_sender(found, _said(found, _("It was accepted.")), about="accepted", actor_id=actor.employee_id, at=at)
    return found


@transaction.atomic
def send_back_escalation(*, escalation_id: int, reason: str, actor: Actor, at: datetime) -> Escalation:
    """Send an escalation back to its sender, with a reason; the clock of the acceptance stops."""
    found, service_request = _locked(escalation_id, Action.ACCEPT, actor=actor)
    _check(found, Act.SEND_BACK, actor=actor)
    note = write_note(service_request, f"{_('Escalation sent back.')} {reason}", actor=actor, at=at)
    _stop_clock_of(found, note, actor=actor)
    found.sent_back_at, found.sent_back_by, found.sent_back_reason = at, actor.employee, reason
    found.save(update_fields=["sent_back_at", "sent_back_by", "sent_back_reason"])
    touch(service_request, at)
    record_event(service_request, EventKind.ESCALATION_SENT_BACK, actor=actor, at=at, text=reason)
    text = f"{_('It was sent back to you.')} {reason}"
    tell_sender(found, text, about="sent_back", actor_id=actor.employee_id, at=at)
    return found


@transaction.atomic
def answer_escalation(*, escalation_id: int, answer: str, actor: Actor, at: datetime) -> Escalation:
    """Return an escalation to its sender with the answer, which stands as a note on the request.

    The independent recipient's answer may be the first that is heard: it counts as the acceptance too.
    """
    found, service_request = _locked(escalation_id, Action.RETURN, actor=actor)
    _check(found, Act.ANSWER, actor=actor)
    note = write_note(service_request, _said(found, answer), actor=actor, at=at)
    if found.accepted_at is None:
        _accept(found, note, actor=actor)
    found.answered_at, found.answer = at, answer
    found.save(update_fields=["answered_at", "answer"])
    touch(service_request, at)
    record_event(service_request, EventKind.ESCALATION_ANSWERED, actor=actor, at=at, text=answer)
    text = f"{_('It was answered.')} {answer}"
    tell_sender(found, text, about="answered", actor_id=actor.employee_id, at=at)
    return found


def _destination(
    service_request: ServiceRequest, entry: EscalationEntry, *, sender: Actor, now: datetime
) -> Destination | None:
    if entry.employee_id is not None:
        person = Employee.objects.select_related("department").get(pk=entry.employee_id)
        return destination_person(service_request, person, sender=sender)
    if entry.department_id is not None:
        department = Department.objects.get(pk=entry.department_id)
        return destination_department(service_request, department, sender=sender, now=now)
    level = first_level(sender.roles_for(service_request), sent_back_from=last_sent_back(service_request))
    excluded = {sender.employee_id} if sender.employee_id is not None else set()
    return next_destination(service_request, level=level, excluded=excluded, now=now)


def _locked(escalation_id: int, action: Action, *, actor: Actor) -> tuple[Escalation, ServiceRequest]:
    """Lock the request of a step, ask the table whether this actor may, then read the step."""
    request_id = Escalation.objects.values_list("service_request_id", flat=True).get(pk=escalation_id)
    service_request, _to = request_for_action(request_id, action, actor=actor)
    found = Escalation.objects.select_related("clock", "from_employee", "accepted_by", "climbed_from").get(
        pk=escalation_id
    )
    found.service_request = service_request
    return found, service_request


def _check(found: Escalation, act: Act, *, actor: Actor) -> None:
    if not may_follow(state_of_row(found), act, is_outside=bool(found.to_outside)):
        raise ActionRefused(Refusal.ESCALATION_STATE)
    if not may_act_on(found, actor):
        raise ActionRefused(Refusal.ESCALATION_NOT_YOURS)


def _accept(found: Escalation, note: Interaction, *, actor: Actor) -> None:
    _stop_clock_of(found, note, actor=actor)
    found.accepted_at, found.accepted_by = note.occurred_at, actor.employee
    found.save(update_fields=["accepted_at", "accepted_by"])


def _stop_clock_of(found: Escalation, note: Interaction, *, actor: Actor) -> None:
    if found.clock is not None and found.clock.verdict == Verdict.OPEN and found.clock.stopped_by_id is None:
        stop_clock(found.clock, interaction=note, actor=actor)


def _said(found: Escalation, text: str) -> str:
    """Say of whom a note speaks that somebody wrote for the independent recipient."""
    if not found.to_outside:
        return text
    return _("On behalf of %(name)s: %(text)s") % {"name": found.to_outside.partition(" <")[0], "text": text}
