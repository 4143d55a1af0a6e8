"""Explain a late answer: an excusal stands beside the rate, never in it (III.b.ii.3 "unless absent", III.d.i)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.verdicts import is_overdue
from requests_app.domain.vocabulary import Verdict
from requests_app.domain.workflow import Action
from requests_app.models import Excusal, ExcusalProposal, ResponseClock
from requests_app.selectors.access import Actor
from requests_app.selectors.excusal_deciders import barred_from
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action


@transaction.atomic
def excuse_clock(*, clock_id: int, reason: str, actor: Actor, at: datetime) -> Excusal:
    """Excuse a late or overdue answer with a reason; the clock stays open and its reminders go on.

    A proposal that waits on it is settled by that. Raises ActionRefused where nothing is late, where one stands
    already, and for the actor's own work.
    """
    clock = _clock_to_decide(clock_id, actor=actor)
    excusal = grant_excusal(clock, reason=reason, actor=actor, at=at)
    waiting = ExcusalProposal.objects.filter(clock=clock, decided_at__isnull=True, withdrawn_at__isnull=True)
    waiting.update(withdrawn_at=at)
    return excusal


@transaction.atomic
def revoke_excusal(*, clock_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take a standing excusal back; the record of it stays."""
    take_back(_clock_to_decide(clock_id, actor=actor), reason=reason, actor=actor, at=at)


def grant_excusal(clock: ResponseClock, *, reason: str, actor: Actor, at: datetime) -> Excusal:
    """Excuse a locked clock: the only place that makes an excusal. Who may, the caller has asked."""
    late = clock.verdict == Verdict.LATE or is_overdue(verdict=clock.verdict, due_at=clock.due_at, now=at)
    if not late:
        raise ActionRefused(Refusal.NOT_LATE)
    if Excusal.objects.filter(clock=clock, revoked_at__isnull=True).exists():
        raise ActionRefused(Refusal.ALREADY_EXCUSED)
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    excusal = Excusal.objects.create(clock=clock, reason=reason, decided_by=actor.employee, decided_at=at)
    record_event(clock.service_request, EventKind.EXCUSED, actor=actor, at=at, text=reason, fields={"clock": clock.pk})
    return excusal


def take_back(clock: ResponseClock, *, reason: str, actor: Actor, at: datetime) -> None:
    """Revoke the excusal of a locked clock, if one stands; nothing is deleted."""
    revoked = Excusal.objects.filter(clock=clock, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=actor.employee
    )
    if revoked:
        record_event(
            clock.service_request,
            EventKind.EXCUSAL_REVOKED,
            actor=actor,
            at=at,
            text=reason,
            fields={"clock": clock.pk},
        )


def lock_clock(clock_id: int) -> ResponseClock:
    """Read a clock for change with who answered it; its request was locked before."""
    return ResponseClock.objects.select_for_update(of=("self",)).select_related("stopped_by").get(pk=clock_id)


def _clock_to_decide(clock_id: int, *, actor: Actor) -> ResponseClock:
    found = ResponseClock.objects.only("service_request_id").get(pk=clock_id)
    service_request, _ = request_for_action(found.service_request_id, Action.EXCUSE, actor=actor)
    clock = lock_clock(clock_id)
    clock.service_request = service_request
    if actor.employee_id in barred_from(clock):
        raise ActionRefused(Refusal.OWN_CLOCK)
    if ExcusalProposal.objects.filter(clock=clock, absence__employee=actor.employee).exists():
        raise ActionRefused(Refusal.OWN_ABSENCE)
    return clock
