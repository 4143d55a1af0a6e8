"""Correct a recorded fact with a reason: a new revision, the old one visible (III.a.iv)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Milestone, RevisionReason, Verdict
from requests_app.domain.workflow import Action
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import last_fired_at
from requests_app.selectors.due_dates import DueDate, due_by_standard
from requests_app.selectors.standards import standard_for
from requests_app.services.clocks import conclude, refresh_answer_by, revise_clock, schedule_stages, set_due
from requests_app.services.events import record_event
from requests_app.services.past_facts import keep_past_facts
from requests_app.services.transitions import request_for_action, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionEntry:
    """What was recorded wrongly; None leaves a fact as it is. The reason is shown beside both revisions."""

    reason: str
    started_at: datetime | None = None
    channel: Channel | None = None
    answered_at: datetime | None = None


@transaction.atomic
def correct_clock(*, clock_id: int, entry: CorrectionEntry, actor: Actor, at: datetime) -> ResponseClock:
    """Correct when or how a contact came, or when it was answered; the due instant and verdict follow the facts.

    Only a supervisor who neither owns nor answered it may. Counted as corrected in every report.
    """
    found = ResponseClock.objects.only("service_request_id").get(pk=clock_id)
    service_request, _ = request_for_action(found.service_request_id, Action.CORRECT, actor=actor)
    clock = (
        ResponseClock.objects.select_for_update(of=("self",))
        .select_related("stopped_by", "started_by", "standard", "calendar_version")
        .get(pk=clock_id)
    )
    clock.service_request = service_request
    _check(clock, service_request, entry, actor=actor, at=at)
    before = {"started_at": clock.started_at, "channel": clock.channel, "met_at": clock.met_at, "due_at": clock.due_at}
    due = _apply_start(clock, service_request, entry, at=at)
    _apply_answer(clock, entry, at=at)
    clock.is_corrected = True
    schedule_stages(clock, after=last_fired_at(clock))
    clock.save()
    revise_clock(
        clock,
        reason=RevisionReason.CORRECTED,
        actor=actor,
        at=at,
        trace=due.trace if due else None,
        note=entry.reason,
    )
    touch(service_request, service_request.last_touch_at, "received_at", "channel")
    refresh_answer_by(service_request)
    record_event(service_request, EventKind.CORRECTED, actor=actor, at=at, text=entry.reason, fields=before)
    return clock


def _check(
    clock: ResponseClock, service_request: ServiceRequest, entry: CorrectionEntry, *, actor: Actor, at: datetime
) -> None:
    answered_by = clock.stopped_by.employee_id if clock.stopped_by else None
    if actor.employee_id in (answered_by, service_request.owner_id):
        raise ActionRefused(Refusal.OWN_CLOCK)
    if clock.verdict in (Verdict.MERGED, Verdict.CANCELLED):
        raise ActionRefused(Refusal.NOT_OPEN)
    started_at = entry.started_at or clock.started_at
    answered_at = entry.answered_at or clock.met_at
    if any(instant and instant > at for instant in (entry.started_at, entry.answered_at)):
        raise ActionRefused(Refusal.IN_FUTURE)
    if _is_after_recording(clock, entry):
        raise ActionRefused(Refusal.AFTER_RECORDING)
    if answered_at and answered_at < started_at:
        raise ActionRefused(Refusal.BEFORE_RECEIPT)


def _is_after_recording(clock: ResponseClock, entry: CorrectionEntry) -> bool:
    """Say whether something would have happened after it was typed in."""
    start_recorded_at = clock.started_by.recorded_at if clock.started_by else clock.recorded_at
    if entry.started_at and entry.started_at > start_recorded_at:
        return True
    answer = clock.stopped_by
    return bool(answer and entry.answered_at and entry.answered_at > answer.recorded_at)


def _apply_start(
    clock: ResponseClock, service_request: ServiceRequest, entry: CorrectionEntry, *, at: datetime
) -> DueDate | None:
    if entry.started_at is None and entry.channel is None:
        return None
    first = clock.started_by
    clock.started_at = entry.started_at or clock.started_at
    clock.channel = entry.channel or clock.channel
    if first is not None:
        if first.occurred_at == service_request.received_at:
            keep_past_facts(service_request, at=at)
            service_request.received_at = clock.started_at
            service_request.channel = clock.channel
        first.occurred_at, first.channel = clock.started_at, clock.channel
        first.save(update_fields=["occurred_at", "channel"])
    if clock.milestone == Milestone.PROMISED_ANSWER:  # its date was given by a person, not worked out
        return None
    clock.standard = standard_for(
        Milestone(clock.milestone),
        channel=Channel(clock.channel),
        is_from_colleague=clock.is_from_colleague and clock.milestone == Milestone.RESPONSE,
        received_on=timezone.localdate(clock.started_at),
    )
    clock.clause = clock.standard.clause
    due = due_by_standard(clock.standard, started_at=clock.started_at)
    set_due(clock, due)
    return due


def _apply_answer(clock: ResponseClock, entry: CorrectionEntry, *, at: datetime) -> None:
    answer = clock.stopped_by
    if answer is None:
        return
    if entry.answered_at:
        answer.occurred_at = entry.answered_at
        answer.save(update_fields=["occurred_at"])
    clock.verdict, clock.met_at, clock.verdict_recorded_at = Verdict.OPEN, None, None
    conclude(clock, at=at)
