"""How a request ends, and how it begins again (III.b.v.3 asks that nothing ends unanswered)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.complaints import may_close_as
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.vocabulary import Disposition, Milestone, Status
from requests_app.domain.workflow import Action, awaits_follow_up, is_finished
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import ANSWERABLE, open_clocks, unanswered
from requests_app.selectors.complaints import was_answered_once
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.answers import record_answer
from requests_app.services.clock_merges import merge_clock
from requests_app.services.clocks import cancel_clock, refresh_answer_by
from requests_app.services.complaint_beginnings import answer_anew
from requests_app.services.consultations import end_consultations
from requests_app.services.detours import send_around_absence
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry
from requests_app.services.escalation_steps import withdraw_escalation
from requests_app.services.events import record_event
from requests_app.services.inbound import owe_response, record_inbound
from requests_app.services.referral_cards import forget_referral, keep_referral
from requests_app.services.transitions import lock_request, request_for_action, touch

_CANCELLING = frozenset({Disposition.WITHDRAWN, Disposition.SPAM, Disposition.WRONG_NUMBER})


@transaction.atomic
def close_request(*, request_id: int, entry: CloseEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Close a request and record how it ended; closing twice is refused, so a double click leaves one event.

    An answer still owed is recorded by the closing itself (answered, done, referred, no action), or its clock is
    cancelled (withdrawn, spam, wrong number) or merged (duplicate). Raises ActionRefused with what is missing.
    """
    if entry.disposition is Disposition.DUPLICATE:
        return _merge(request_id, entry, actor=actor, at=at)
    _check_may_close(request_id, entry.disposition)
    service_request, to = request_for_action(request_id, Action.CLOSE, actor=actor)
    clocks = unanswered(open_clocks(service_request))
    if entry.disposition in _CANCELLING:
        for clock in clocks:
            cancel_clock(clock, reason=entry.disposition, actor=actor, at=at)
    else:
        _answer_what_is_owed(service_request, entry, actor=actor, at=at)
    finish_request(service_request, to=to, entry=entry, at=at)
    card = keep_referral(service_request, entry.referral_card_id, at=at)
    record_event(
        service_request,
        EventKind.CLOSED,
        actor=actor,
        at=at,
        text=entry.note,
        fields={"disposition": entry.disposition, **card},
    )
    return service_request


@transaction.atomic
def reopen_request(*, request_id: int, entry: InboundEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Reopen a closed request with a new clock from now; old verdicts stay."""
    service_request, to = request_for_action(request_id, Action.REOPEN, actor=actor)
    interaction = record_inbound(service_request, entry, actor=actor, at=at)
    service_request.status = to
    service_request.closed_at = None
    service_request.disposition = ""
    service_request.merged_into = None
    service_request.reopened_count += 1
    touch(service_request, entry.occurred_at, "status", "closed_at", "disposition", "merged_into", "reopened_count")
    forget_referral(service_request)
    owe_response(service_request, interaction=interaction, actor=actor)
    if service_request.is_complaint:
        answer_anew(service_request, interaction=interaction, actor=actor)
    refresh_answer_by(service_request)
    record_event(service_request, EventKind.REOPENED, actor=actor, at=at, text=entry.text)
    send_around_absence(service_request, actor=actor, at=at)
    return service_request


def _check_may_close(request_id: int, disposition: Disposition) -> None:
    """Hold a complaint open until it was answered in writing and followed up (III.b.v.3)."""
    service_request = lock_request(request_id)
    if not service_request.is_complaint:
        return
    if not may_close_as(disposition, was_answered=was_answered_once(service_request)):
        raise ActionRefused(Refusal.FOLLOW_UP_NEEDED)


def _answer_what_is_owed(service_request: ServiceRequest, entry: CloseEntry, *, actor: Actor, at: datetime) -> None:
    owed = unanswered(open_clocks(service_request))
    if any(clock.milestone == Milestone.RECORDS_DETERMINATION for clock in owed):
        raise ActionRefused(Refusal.DETERMINATION_OPEN)
    if not any(clock.milestone in ANSWERABLE for clock in owed):
        return
    answer = AnswerEntry(channel=entry.channel, text=entry.note, occurred_at=entry.occurred_at or at)
    record_answer(service_request, answer, actor=actor, at=at)


def finish_request(service_request: ServiceRequest, *, to: Status, entry: CloseEntry, at: datetime) -> None:
    """Put how it ended on a locked request of which nothing more is owed; what was asked of others ends with it."""
    service_request.status = to
    service_request.closed_at = at
    service_request.disposition = entry.disposition
    service_request.outcome_note = entry.note
    service_request.waiting_since = None
    service_request.unowned_until_at = None
    end_consultations(service_request, at=at)
    withdraw_escalation(service_request, at=at)
    touch(
        service_request,
        at,
        "status",
        "closed_at",
        "disposition",
        "outcome_note",
        "waiting_since",
        "unowned_until_at",
        "merged_into",
    )
    refresh_answer_by(service_request)


def _merge(request_id: int, entry: CloseEntry, *, actor: Actor, at: datetime) -> ServiceRequest:
    number = normalise_tracking_number(entry.duplicate_of)
    winner = requests_visible_to(actor).filter(number=number).only("pk").first() if number else None
    if winner is None:
        raise ActionRefused(Refusal.MERGE_TARGET_UNKNOWN)
    if winner.pk == request_id:
        raise ActionRefused(Refusal.MERGE_WITH_ITSELF)
    for pk in sorted((winner.pk, request_id)):  # one order for both, so that opposite merges do not deadlock
        lock_request(pk)
    _check_may_close(request_id, entry.disposition)
    service_request, to = request_for_action(request_id, Action.CLOSE, actor=actor)
    winner = lock_request(winner.pk)
    if is_finished(winner.status):
        raise ActionRefused(Refusal.MERGE_TARGET_CLOSED)
    if service_request.is_complaint:
        _check_takes_over(winner)
    withdraw_escalation(service_request, at=at)  # its clock is this request's alone
    for clock in open_clocks(service_request):
        merge_clock(clock, winner=winner, actor=actor, at=at)
    service_request.merged_into = winner
    finish_request(service_request, to=to, entry=entry, at=at)
    touch(winner, at)
    refresh_answer_by(winner)
    fields = {"merged_into": winner.number}
    record_event(service_request, EventKind.MERGED, actor=actor, at=at, text=entry.note, fields=fields)
    record_event(winner, EventKind.MERGED, actor=actor, at=at, fields={"merged": service_request.number})
    return service_request


def _check_takes_over(winner: ServiceRequest) -> None:
    """Hold a complaint to where its answer is still to be given: elsewhere its clocks would never end (III.b.v.1)."""
    if not winner.is_complaint:
        raise ActionRefused(Refusal.MERGE_WITH_NO_COMPLAINT)
    if awaits_follow_up(winner.status):
        raise ActionRefused(Refusal.MERGE_TARGET_ANSWERED)
