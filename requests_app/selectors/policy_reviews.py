"""The yearly review of the policy: when it is due, its rounds, and what is asked of it (III.e)."""

from datetime import date

from django.db.models import F, QuerySet

from requests_app.domain.policy_reviews import Countdown, countdown, next_review_on
from requests_app.domain.vocabulary import Role
from requests_app.models import PolicyQuestion, PolicyReview
from requests_app.selectors.attestations import AttestedShare, attestation_rounds, roster_of, share_of
from requests_app.selectors.policies import published_versions

# Who reads the rounds, and who asks.
REVIEW_READERS = (Role.HR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.AUDITOR)
ASKERS = (Role.HR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER)


def review_countdown(today: date) -> Countdown | None:
    """Say when the next review is due, seen on a local date (III.e); None while no version is published. Two queries.

    Counted from the last review that was completed, else from the first approval: a change between reviews is none.
    """
    approvals = [version.approved_on for version in published_versions() if version.approved_on]
    if not approvals:
        return None
    completed = PolicyReview.objects.filter(completed_on__isnull=False).order_by("-completed_on")
    last_on = completed.values_list("completed_on", flat=True).first()
    return countdown(next_review_on(approved_on=min(approvals), last_completed_on=last_on), today=today)


def policy_reviews() -> QuerySet[PolicyReview]:
    """Give the rounds, the newest first."""
    return PolicyReview.objects.select_related("opened_by", "completed_by")


def open_review() -> PolicyReview | None:
    """Give the round that runs, where one does."""
    return policy_reviews().filter(completed_on__isnull=True).first()


def policy_questions() -> QuerySet[PolicyQuestion]:
    """Give the questions kept for a review, open ones first, the newest of each first."""
    return PolicyQuestion.objects.select_related("raised_by", "answered_by").order_by(
        F("answered_at").desc(nulls_first=True), "-raised_at", "-pk"
    )


def open_policy_questions() -> QuerySet[PolicyQuestion]:
    """Give the questions nobody answered yet."""
    return policy_questions().filter(answered_at__isnull=True)


def attested_share(today: date) -> AttestedShare | None:
    """Give how much of the roster attested the version of the newest round (II, III.e); None before the first one.

    For the scorecard: `attested` of `n`, contractors, volunteers and people without a login included.
    """
    newest = attestation_rounds().first()
    return share_of(roster_of(newest, today=today)) if newest else None
