"""The written outcome of a complaint, and the review of it by somebody else (III.b.v.1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.complaints import FIRST_STAGE, REVIEW_STAGE, is_in_writing, may_decide
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, ComplaintOutcome, Milestone, RootCause, Status
from requests_app.domain.workflow import Action
from requests_app.models import Complaint, ComplaintDecision, Employee, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import open_clocks, unanswered
from requests_app.selectors.ownership import past_deciders
from requests_app.selectors.takers import reviewers_of
from requests_app.services.answers import is_recorded, record_answer
from requests_app.services.assignments import hand_on, tell_receiver
from requests_app.services.clocks import cancel_clock, refresh_answer_by, start_clock
from requests_app.services.complaint_beginnings import answer_anew
from requests_app.services.complaints import require_complaint
from requests_app.services.entries import AnswerEntry, InboundEntry
from requests_app.services.events import record_event
from requests_app.services.inbound import owe_response, record_inbound
from requests_app.services.transitions import lock_request, request_for_action, touch

_REVIEW = "review"  # why an open follow-up ends without one


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """What was found, what the complainant was told in writing, and what the city learns from it."""

    outcome: ComplaintOutcome
    findings: str
    reasons: str
    channel: Channel
    told_at: datetime
    root_cause: RootCause
    remedy: str = ""
    lesson: str = ""
    submission_key: UUID | None = None


@transaction.atomic
def decide_complaint(*, request_id: int, entry: DecisionEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Answer a complaint in writing: the outcome with its reasons; it waits for its follow-up from then on.

    Raises ActionRefused for whoever decided the stage that is reviewed, and for an answer that is not in writing.
    """
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, to = request_for_action(request_id, Action.DECIDE, actor=actor)
    complaint = require_complaint(service_request)
    decider = _decider(complaint, actor)
    if not is_in_writing(entry.channel):
        raise ActionRefused(Refusal.NOT_IN_WRITING)
    told = AnswerEntry(
        channel=entry.channel,
        text=entry.reasons,
        occurred_at=entry.told_at,
        concludes_complaint=True,
        submission_key=entry.submission_key,
    )
    interaction = record_answer(service_request, told, actor=actor, at=at)
    decision = ComplaintDecision.objects.create(
        complaint=complaint,
        stage=complaint.stage,
        outcome=entry.outcome,
        findings=entry.findings,
        reasons=entry.reasons,
        remedy=entry.remedy,
        root_cause=entry.root_cause,
        lesson=entry.lesson,
        interaction=interaction,
        decided_by=decider,
        decided_at=at,
    )
    start_clock(service_request, milestone=Milestone.FOLLOW_UP, interaction=interaction, actor=actor)
    service_request.status = to
    service_request.waiting_since = None
    touch(service_request, interaction.occurred_at, "status", "waiting_since")
    refresh_answer_by(service_request)
    _tell_story(service_request, decision, actor=actor, at=at)
    return service_request


@transaction.atomic
def ask_review(*, request_id: int, entry: InboundEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Take an answered complaint to its second stage, once, with the reason they gave; a new answer is owed.

    Whoever decided the first stage loses it in the same step. Raises ActionRefused for what was never decided, and
    for a second review.
    """
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, to = request_for_action(request_id, Action.REVIEW, actor=actor)
    complaint = require_complaint(service_request)
    if complaint.stage != FIRST_STAGE:
        raise ActionRefused(Refusal.IN_REVIEW_ALREADY)
    if not complaint.decisions.exists():
        raise ActionRefused(Refusal.STATUS)
    interaction = record_inbound(service_request, entry, actor=actor, at=at)
    complaint.stage = REVIEW_STAGE
    complaint.review_reason = entry.text
    complaint.save(update_fields=["stage", "review_reason"])
    for clock in unanswered(open_clocks(service_request, [Milestone.FOLLOW_UP])):
        cancel_clock(clock, reason=_REVIEW, actor=actor, at=at)
    if not open_clocks(service_request, [Milestone.RESPONSE]):
        owe_response(service_request, interaction=interaction, actor=actor)
    answer_anew(service_request, interaction=interaction, actor=actor)
    open_again(service_request, to, touched_at=interaction.occurred_at)
    record_event(service_request, EventKind.REVIEW_ASKED, actor=actor, at=at, text=entry.text)
    _pass_to_reviewer(service_request, actor=actor, at=at)
    return service_request


def open_again(service_request: ServiceRequest, to: Status, *, touched_at: datetime) -> None:
    """Put a locked complaint back among what is open, whether it was closed or awaited its follow-up."""
    service_request.status = to
    service_request.closed_at = None
    service_request.disposition = ""
    service_request.merged_into = None
    service_request.reopened_count += 1
    touch(service_request, touched_at, "status", "closed_at", "disposition", "merged_into", "reopened_count")
    refresh_answer_by(service_request)


def _decider(complaint: Complaint, actor: Actor) -> Employee:
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    earlier = complaint.decisions.values_list("stage", "decided_by_id")
    if not may_decide(stage=complaint.stage, actor_id=actor.employee.pk, earlier=earlier):
        raise ActionRefused(Refusal.DECIDED_BEFORE)
    return actor.employee


def _tell_story(service_request: ServiceRequest, decision: ComplaintDecision, *, actor: Actor, at: datetime) -> None:
    record_event(
        service_request,
        EventKind.DECIDED,
        actor=actor,
        at=at,
        text=str(decision.get_outcome_display()),
        fields={"outcome": decision.outcome, "stage": decision.stage, "root_cause": decision.root_cause},
    )


def _pass_to_reviewer(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> None:
    """Take a review from whoever decided what is reviewed: to a supervisor or head who did not, else to HR."""
    if service_request.owner_id not in past_deciders(service_request):
        return
    reviewer = next(iter(reviewers_of(service_request, now=at)), None)
    note = _("For its review.")
    hand_on(service_request, owner=reviewer, department=service_request.department, note=note, actor=actor, at=at)
    if reviewer:
        tell_receiver(service_request, reviewer, note=note, at=at)
