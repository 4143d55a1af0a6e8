"""Record what the customer was told, and the attempts to tell them (III.b.ii.3, III.b.ii.4)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.responses import is_qualifying
from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Direction, Milestone
from requests_app.domain.workflow import Action
from requests_app.models import Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clocks import open_clocks, unanswered
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.clocks import refresh_answer_by, start_clock, stop_clock
from requests_app.services.entries import AnswerEntry
from requests_app.services.events import record_event
from requests_app.services.shared_answers import count_uses
from requests_app.services.transitions import lock_request, request_for_action, touch

_ANY_ANSWER = frozenset({Milestone.RESPONSE, Milestone.COMPLAINT_ACKNOWLEDGED})


@transaction.atomic
def answer_request(*, request_id: int, entry: AnswerEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Record a personal answer, full or holding; it stops the response clock from when it was given.

    A holding answer names a date and starts a promised-answer clock; a second one never moves that date. The same
    submission key posted again changes nothing. Raises ActionRefused with what is missing or out of order.
    """
    # Locked before it is asked, so that of two clicks at once the second finds what the first recorded.
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, to = request_for_action(request_id, Action.ANSWER, actor=actor)
    interaction = record_answer(service_request, entry, actor=actor, at=at)
    service_request.status = to
    touch(service_request, interaction.occurred_at, "status")
    kind = EventKind.DETERMINED if entry.is_determination else EventKind.ANSWERED
    record_event(service_request, kind, actor=actor, at=at, fields={"channel": entry.channel, "answer": entry.answer})
    return service_request


@transaction.atomic
def log_attempt(*, request_id: int, entry: AnswerEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Record an attempt to reach the customer; whether it counts as an answer is the rule's to say.

    Reached goes on to an answer; a message left counts by a local choice; no answer and wrong number never do.
    """
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, to = request_for_action(request_id, Action.ATTEMPT, actor=actor)
    interaction = record_answer(service_request, entry, actor=actor, at=at)
    service_request.status = to
    touch(service_request, interaction.occurred_at, "status")
    record_event(
        service_request, EventKind.ATTEMPTED, actor=actor, at=at, fields={"outcome": entry.outcome or "reached"}
    )
    return service_request


@transaction.atomic
def add_note(*, request_id: int, text: str, actor: Actor, at: datetime) -> ServiceRequest:
    """Add an internal note; it never counts as an answer."""
    service_request, to = request_for_action(request_id, Action.NOTE, actor=actor)
    write_note(service_request, text, actor=actor, at=at)
    service_request.status = to
    touch(service_request, at, "status")
    record_event(service_request, EventKind.NOTED, actor=actor, at=at)
    return service_request


def write_note(service_request: ServiceRequest, text: str, *, actor: Actor, at: datetime) -> Interaction:
    """Write an internal note on a locked request; it is its author's department's."""
    return Interaction.objects.create(
        service_request=service_request,
        direction=Direction.NOTE,
        occurred_at=at,
        recorded_at=at,
        employee=actor.employee,
        department=actor.employee.department if actor.employee else None,
        text=text,
    )


def record_answer(service_request: ServiceRequest, entry: AnswerEntry, *, actor: Actor, at: datetime) -> Interaction:
    """Write an outbound interaction on a locked request and stop the clocks it answers."""
    clocks = unanswered(open_clocks(service_request))
    entry = _to_the_minute(entry, clocks)
    _check_times(entry, clocks, at=at)
    counts = is_qualifying(
        direction=Direction.OUTBOUND, is_automatic=False, outcome=entry.outcome, choices=current_choices()
    )
    if entry.promises:
        _check_promise(entry.promised_on, at=at)
    interaction = Interaction.objects.create(
        service_request=service_request,
        direction=Direction.OUTBOUND,
        channel=entry.channel,
        occurred_at=entry.occurred_at,
        recorded_at=at,
        employee=actor.employee,
        text=entry.text,
        outcome=entry.outcome or "",
        answer=entry.answer if counts else "",
        is_qualifying=counts,
        submission_key=entry.submission_key,
    )
    count_uses(interaction, entry.shared_answer_ids, at=at)
    if counts:
        for clock in clocks:
            if _is_answered(clock, entry):
                stop_clock(clock, interaction=interaction, actor=actor)
        if entry.promises and not any(clock.milestone == Milestone.PROMISED_ANSWER for clock in clocks):
            start_clock(
                service_request,
                milestone=Milestone.PROMISED_ANSWER,
                interaction=interaction,
                actor=actor,
                promised_on=entry.promised_on,
            )
        refresh_answer_by(service_request)
    return interaction


def is_recorded(submission_key: UUID | None) -> bool:
    """Say whether a form was saved before; asked under the lock of its request, so that two clicks do nothing twice."""
    return submission_key is not None and Interaction.objects.filter(submission_key=submission_key).exists()


def _to_the_minute(entry: AnswerEntry, clocks: list[ResponseClock]) -> AnswerEntry:
    """Read a time typed to the minute as after a contact of that same minute."""
    starts = [clock.started_at for clock in _asked_for(entry, clocks)]
    typed = entry.occurred_at
    if starts and typed < max(starts) and typed >= max(starts).replace(second=0, microsecond=0):
        return replace(entry, occurred_at=max(starts))
    return entry


def _asked_for(entry: AnswerEntry, clocks: list[ResponseClock]) -> list[ResponseClock]:
    """Give the clocks an answer cannot come before the start of: the response's, and the one only this answer ends."""
    return [clock for clock in clocks if clock.milestone in (Milestone.RESPONSE, entry.concludes)]


def _check_times(entry: AnswerEntry, clocks: list[ResponseClock], *, at: datetime) -> None:
    if entry.occurred_at > at:
        raise ActionRefused(Refusal.IN_FUTURE)
    if any(entry.occurred_at < clock.started_at for clock in _asked_for(entry, clocks)):
        raise ActionRefused(Refusal.BEFORE_RECEIPT)
    if not entry.text.strip() and entry.outcome in (None, AttemptOutcome.REACHED):
        raise ActionRefused(Refusal.ANSWER_NEEDED)


def _check_promise(promised_on: date | None, *, at: datetime) -> None:
    """Hold a promise to a business day at most so many business days ahead (III.a.iv, number a local choice)."""
    if promised_on is None:
        raise ActionRefused(Refusal.PROMISE_NEEDED)
    version = response_calendar_version()
    if version is None:
        return
    limit = current_choices().promise_limit_business_days
    calendar = version.business_calendar()
    try:
        if not calendar.is_business_day(promised_on):
            raise ActionRefused(Refusal.PROMISE_NOT_BUSINESS_DAY)
        if not timezone.localdate(at) <= promised_on <= nth_business_day_after(calendar, timezone.localdate(at), limit):
            raise ActionRefused(Refusal.PROMISE_TOO_FAR, limit=str(limit))
    except CalendarError as error:
        raise ActionRefused(Refusal.PROMISE_TOO_FAR, limit=str(limit)) from error


def _is_answered(clock: ResponseClock, entry: AnswerEntry) -> bool:
    """Say whether this answer stops this clock: any personal one the response, a full one the promise.

    The same answer acknowledges a complaint (III.b.v.1); what decides on one stops its own clock.
    """
    if clock.milestone in _ANY_ANSWER:
        return True
    if clock.milestone == Milestone.PROMISED_ANSWER:
        return entry.answer is AnswerKind.FULL
    return clock.milestone == entry.concludes
