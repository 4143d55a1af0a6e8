"""Hear from the complainant after the answer: only that closes a complaint (III.b.v.3)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.complaints import ends_as, may_end_unreached, needs_attempts
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import AttemptOutcome, Channel, ComplaintOutcome, FollowUpOutcome, Milestone
from requests_app.domain.workflow import Action, after_follow_up, is_finished
from requests_app.models import ComplaintDecision, FollowUp, Interaction, ServiceRequest
from requests_app.models.labels import ATTEMPT_OUTCOMES, FOLLOW_UP_OUTCOMES
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clocks import ANSWERABLE, open_clocks, unanswered
from requests_app.selectors.complaints import attempts_since, has_contact_point, latest_decision
from requests_app.services.answers import is_recorded, record_answer, write_note
from requests_app.services.clocks import refresh_answer_by, stop_clock
from requests_app.services.closing import finish_request
from requests_app.services.complaint_beginnings import answer_anew
from requests_app.services.complaint_decisions import open_again
from requests_app.services.complaints import require_complaint
from requests_app.services.entries import AnswerEntry, CloseEntry
from requests_app.services.events import record_event
from requests_app.services.transitions import lock_request, request_for_action, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpEntry:
    """A talk with its outcome, or an attempt that reached nobody: one of the two is given."""

    channel: Channel
    text: str
    occurred_at: datetime
    outcome: FollowUpOutcome | None = None
    attempt: AttemptOutcome | None = None
    submission_key: UUID | None = None

    def told(self) -> AnswerEntry:
        """Give the touch it was."""
        return AnswerEntry(
            channel=self.channel,
            text=self.text,
            occurred_at=self.occurred_at,
            outcome=self.attempt or AttemptOutcome.REACHED,
            concludes_follow_up=self.outcome is not None,
            submission_key=self.submission_key,
        )


@transaction.atomic
def follow_up_complaint(*, request_id: int, entry: FollowUpEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Record an attempt to follow an answer up, or what the complainant said; an outcome closes it or opens it again.

    Of two at once one counts. Raises ActionRefused for "could not be reached" after too few attempts, and where
    something else is still owed an answer.
    """
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, _to = request_for_action(request_id, Action.FOLLOW_UP, actor=actor)
    decision = latest_decision(require_complaint(service_request))
    if decision is None or actor.employee is None:
        raise ActionRefused(Refusal.STATUS)
    entry = _after_answer(entry, decision)
    if entry.outcome and needs_attempts(entry.outcome):
        interaction = _end_unreached(service_request, entry, decision, actor=actor, at=at)
    else:
        interaction = record_answer(service_request, entry.told(), actor=actor, at=at)
    FollowUp.objects.create(
        complaint_id=decision.complaint_id,
        decision=decision,
        outcome=entry.outcome or "",
        interaction=interaction,
        by=actor.employee,
        at=interaction.occurred_at,
    )
    _lead_on(service_request, entry, decision, interaction, actor=actor, at=at)
    attempt = entry.attempt or AttemptOutcome.REACHED
    said = FOLLOW_UP_OUTCOMES[entry.outcome] if entry.outcome else ATTEMPT_OUTCOMES[attempt]
    fields = {"outcome": entry.outcome or "", "attempt": interaction.outcome}
    record_event(service_request, EventKind.FOLLOWED_UP, actor=actor, at=at, text=str(said), fields=fields)
    return service_request


def _after_answer(entry: FollowUpEntry, decision: ComplaintDecision) -> FollowUpEntry:
    """Hold a follow-up to after the answer it follows; a time typed to the minute is read as after it."""
    told_at = decision.interaction.occurred_at
    if entry.occurred_at >= told_at:
        return entry
    if entry.occurred_at < told_at.replace(second=0, microsecond=0):
        raise ActionRefused(Refusal.BEFORE_RECEIPT)
    return replace(entry, occurred_at=told_at)


def _end_unreached(
    service_request: ServiceRequest, entry: FollowUpEntry, decision: ComplaintDecision, *, actor: Actor, at: datetime
) -> Interaction:
    """End the follow-up of somebody nobody could reach: kept as a note, for nobody was told anything."""
    needed, attempts = current_choices().follow_up_attempts, attempts_since(decision)
    has_contact = has_contact_point(service_request)
    if not may_end_unreached(attempts=attempts, needed=needed, has_contact=has_contact):
        raise ActionRefused(Refusal.TOO_FEW_ATTEMPTS, needed=str(needed), attempts=str(attempts))
    note = write_note(service_request, entry.text or _("Could not be reached."), actor=actor, at=at)
    for clock in unanswered(open_clocks(service_request, [Milestone.FOLLOW_UP])):
        stop_clock(clock, interaction=note, actor=actor)
    return note


def _lead_on(
    service_request: ServiceRequest,
    entry: FollowUpEntry,
    decision: ComplaintDecision,
    interaction: Interaction,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    to = after_follow_up(entry.outcome)
    if is_finished(to):
        # DOMAIN 2: whoever called again since is still answered before it closes.
        if any(clock.milestone in ANSWERABLE for clock in unanswered(open_clocks(service_request))):
            raise ActionRefused(Refusal.CLOCK_OPEN)
        ending = CloseEntry(disposition=ends_as(ComplaintOutcome(decision.outcome)), note=decision.reasons)
        finish_request(service_request, to=to, entry=ending, at=at)
    elif entry.outcome is FollowUpOutcome.NOT_RESOLVED:
        answer_anew(service_request, interaction=interaction, actor=actor)
        open_again(service_request, to, touched_at=interaction.occurred_at)
    else:
        touch(service_request, interaction.occurred_at)
        refresh_answer_by(service_request)
