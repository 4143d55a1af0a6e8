"""The steps of an escalation: how one begins, goes on to the next people, and ends without an answer (III.b.v.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Milestone, Verdict
from requests_app.models import Employee, Escalation, EscalationReceiver, Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.escalations import (
    Destination,
    holders_of,
    next_destination,
    running_escalation,
    steps_of_climb,
)
from requests_app.selectors.recipients import Roster
from requests_app.services.answers import write_note
from requests_app.services.clocks import cancel_clock, start_clock, stop_clock
from requests_app.services.escalation_notices import (
    relieve,
    tell_news,
    tell_receivers,
    tell_sender,
    write_to_independent,
)
from requests_app.services.events import record_event

_WITHDRAWN, _PASSED_ON = "withdrawn", "passed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step about to begin: where to, why, and the note that says so on the request."""

    destination: Destination
    reason: str
    note: Interaction
    climbed_from: Escalation | None = None


def begin_step(service_request: ServiceRequest, step: Step, *, actor: Actor, at: datetime) -> Escalation:
    """Open a locked request to those a step goes to, start the clock of their acceptance, and tell them."""
    going = step.destination
    clock = start_clock(service_request, milestone=Milestone.ESCALATION_ACCEPTED, interaction=step.note, actor=actor)
    only = going.receivers[0] if len(going.receivers) == 1 and going.department is None else None
    department = going.department or (going.receivers[0].department if going.receivers and only is None else None)
    escalation = Escalation.objects.create(
        service_request=service_request,
        from_employee=actor.employee,
        to_employee=only,
        to_department=department,
        to_outside=f"{going.outside_name} <{going.outside}>"[:200] if going.outside else "",
        level=going.level,
        reason=step.reason,
        sent_at=at,
        climbed_from=step.climbed_from,
        clock=clock,
    )
    EscalationReceiver.objects.bulk_create(
        EscalationReceiver(escalation=escalation, employee=person) for person in going.receivers
    )
    tell_receivers(escalation, going.receivers, at=at)
    if going.outside:
        write_to_independent(escalation, going.outside, at=at)
    return escalation


def move_on(running: Escalation, *, from_level: int, text: str, at: datetime) -> Escalation | None:
    """Let a running step of a locked request go on to the next people who are there; both sides are told.

    None, and nothing is changed, where the city has nobody left to give it to. The old clock ends late if it is, else
    cancelled: nobody had the time that was owed them.
    """
    service_request = running.service_request
    held_by = holders_of(running)
    going = next_destination(service_request, level=from_level, excluded=_had_it(running), now=at)
    if going is None:
        return None
    note = write_note(service_request, f"{text} {going.words}", actor=SYSTEM, at=at)
    _end_for_others(running, at=at)
    _end_clock(running.clock, note, at=at)
    step = Step(destination=going, reason=running.reason, note=note, climbed_from=running)
    following = begin_step(service_request, step, actor=SYSTEM, at=at)
    fields = {"to": going.words, "level": int(going.level)}
    record_event(
        service_request, EventKind.ESCALATION_CLIMBED, actor=SYSTEM, at=at, text=f"{text} {going.words}", fields=fields
    )
    tell_news(running, held_by, text=note.text, about="moved", at=at)
    tell_sender(running, note.text, about="moved", actor_id=None, at=at)
    return following


def withdraw_escalation(service_request: ServiceRequest, *, at: datetime) -> Escalation | None:
    """End what still runs on a locked request that is being closed; its clock is cancelled, with that reason."""
    running = running_escalation(service_request)
    if running is None:
        return None
    running.withdrawn_at = at
    running.save(update_fields=["withdrawn_at"])
    if running.clock is not None and running.clock.verdict == Verdict.OPEN and running.clock.stopped_by_id is None:
        cancel_clock(running.clock, reason=_WITHDRAWN, actor=SYSTEM, at=at)
    return running


def release_people(service_request: ServiceRequest, people: Collection[Employee], *, at: datetime) -> None:
    """Take an escalation from people who may not have it any more; it goes on if nobody is left with it."""
    running = running_escalation(service_request)
    if running is not None:
        release(running, people, at=at)


def release_unentitled(service_request: ServiceRequest, *, at: datetime) -> None:
    """Take an escalation from all who may not read a request that few may read now."""
    running = running_escalation(service_request)
    if running is not None and not running.to_outside:
        held_by = holders_of(running)
        staying = Roster([service_request]).entitled(held_by, service_request)
        release(running, [person for person in held_by if person not in staying], at=at)


def release(running: Escalation, leaving: Collection[Employee], *, at: datetime) -> None:
    """Take a running step of a locked request from some of its people; withdrawn where nobody at all could have it."""
    had_it = {person.pk for person in holders_of(running)}
    out = [person for person in leaving if person.pk in had_it]
    EscalationReceiver.objects.filter(escalation=running, employee__in=list(leaving)).delete()
    if not out:
        return
    for person in out:
        relieve(running, person, at=at)
    if had_it - {person.pk for person in out}:
        return
    if move_on(running, from_level=running.level, text=_("It is with others now:"), at=at) is None:
        give_up(running, at=at)


def give_up(running: Escalation, *, at: datetime) -> None:
    """End a step nobody is left to receive, and tell the sender to choose somebody: it must not wait unseen."""
    withdraw_escalation(running.service_request, at=at)
    text = _("Nobody is there to receive it. Escalate it to somebody else.")
    tell_sender(running, text, about="given_up", actor_id=None, at=at)


def _had_it(running: Escalation) -> set[int]:
    """Give everybody who sent or held this step or one it climbed from: it never comes back to them by itself."""
    steps = steps_of_climb(running)
    passed = EscalationReceiver.objects.filter(escalation__in=steps).values_list("employee_id", flat=True)
    senders = {step.from_employee_id for step in steps if step.from_employee_id is not None}
    return senders | set(passed)


def _end_for_others(running: Escalation, *, at: datetime) -> None:
    # What was accepted did not climb for want of acceptance; it was taken out of somebody's hands.
    ended = "climbed_at" if running.accepted_at is None else "withdrawn_at"
    setattr(running, ended, at)
    running.save(update_fields=[ended])


def _end_clock(clock: ResponseClock | None, note: Interaction, *, at: datetime) -> None:
    if clock is None or clock.verdict != Verdict.OPEN or clock.stopped_by_id is not None:
        return
    if clock.due_at is not None and clock.due_at < at:
        stop_clock(clock, interaction=note, actor=SYSTEM)
    else:
        cancel_clock(clock, reason=_PASSED_ON, actor=SYSTEM, at=at)
