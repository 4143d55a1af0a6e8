"""Open and complete the yearly review of the policy, and keep the questions for it (III.e)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.policies import PolicyRefusal, PolicyRefused
from requests_app.domain.policy_reviews import ReviewOutcome
from requests_app.models import PolicyQuestion, PolicyReview
from requests_app.selectors.access import Actor
from requests_app.selectors.policies import published_versions
from requests_app.selectors.policy_reviews import ASKERS, open_review, review_countdown
from requests_app.services.events import record_audit
from requests_app.services.policies import lock_policy, require_hr


@transaction.atomic
def open_policy_review(*, actor: Actor, at: datetime) -> PolicyReview:
    """Open the review that is due next; while one runs a second click gives that one back. Raises PolicyRefused."""
    require_hr(actor)
    lock_policy()
    running = open_review()
    if running is not None:
        return running
    today = timezone.localdate(at)
    due = review_countdown(today)
    review = PolicyReview.objects.create(due_on=due.due_on if due else today, opened_on=today, opened_by=actor.employee)
    record_audit("policy_review_opened", review, actor=actor, at=at, fields={"due_on": review.due_on})
    return review


@transaction.atomic
def complete_policy_review(
    review_id: int, *, completed_on: date, outcome: ReviewOutcome, minutes_reference: str, actor: Actor, at: datetime
) -> PolicyReview:
    """Complete a review: kept or changed, and where its minutes are. Raises PolicyRefused.

    "Changed" needs a version published since it was opened.
    """
    require_hr(actor)
    review = PolicyReview.objects.select_for_update().get(pk=review_id)
    facts = {"completed_on": completed_on, "outcome": outcome.value, "minutes_reference": minutes_reference}
    if review.completed_on is not None:
        if all(getattr(review, name) == value for name, value in facts.items()):
            return review
        raise PolicyRefused(PolicyRefusal.REVIEW_OVER)
    if not review.opened_on <= completed_on <= timezone.localdate(at):
        raise PolicyRefused(PolicyRefusal.REVIEWED_LATER)
    if outcome is ReviewOutcome.CHANGED and not _was_changed_since(review.opened_on):
        raise PolicyRefused(PolicyRefusal.NO_NEW_VERSION)
    for name, value in facts.items():
        setattr(review, name, value)
    review.completed_by = actor.employee
    review.save(update_fields=[*facts, "completed_by"])
    record_audit("policy_review_completed", review, actor=actor, at=at, fields=facts)
    return review


@transaction.atomic
def raise_policy_question(*, clause: str, question: str, actor: Actor, at: datetime) -> PolicyQuestion:
    """Keep a question for the next review; the same words from the same person while it is open are one question."""
    if not actor.holds(*ASKERS):
        raise PolicyRefused(PolicyRefusal.ROLE)
    lock_policy()
    same = PolicyQuestion.objects.filter(
        clause=clause, question=question, raised_by=actor.employee, answered_at__isnull=True
    ).first()
    if same is not None:
        return same
    raised = PolicyQuestion.objects.create(clause=clause, question=question, raised_at=at, raised_by=actor.employee)
    record_audit("policy_question_raised", raised, actor=actor, at=at, fields={"clause": clause, "question": question})
    return raised


@transaction.atomic
def answer_policy_question(question_id: int, *, answer: str, actor: Actor, at: datetime) -> PolicyQuestion:
    """Answer a question; the same answer again changes nothing. Raises PolicyRefused."""
    require_hr(actor)
    asked = PolicyQuestion.objects.select_for_update().get(pk=question_id)
    if asked.answered_at is not None:
        if asked.answer == answer:
            return asked
        raise PolicyRefused(PolicyRefusal.QUESTION_ANSWERED)
    asked.answer, asked.answered_at, asked.answered_by = answer, at, actor.employee
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    record_audit("policy_question_answered", asked, actor=actor, at=at, fields={"answer": answer})
    return asked


def _was_changed_since(on: date) -> bool:
    published = (version.published_at for version in published_versions())
    return any(at and timezone.localdate(at) >= on for at in published)
