"""The yearly review of the policy: when it is due, its rounds, and what is asked of it (III.e)."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet

from requests_app.domain.policy_reviews import Countdown, countdown, next_review_on
from requests_app.domain.vocabulary import Role
from requests_app.models import PolicyQuestion, PolicyReview
from requests_app.selectors.attestations import AttestedShare, attested_shares
from requests_app.selectors.policies import published_versions

# Who reads the rounds, and who asks.
REVIEW_READERS = (Role.HR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.AUDITOR)
ASKERS = (Role.HR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER)


def review_countdown(today: date) -> Countdown | None:
    """Say when the next review is due, seen on a local date (III.e); None while no version is published. Two queries.

    Counted from the last review that was completed, else from the first approval: a change between reviews is none.
    """
    return review_countdowns([today])[today]


def review_countdowns(days: Collection[date]) -> dict[date, Countdown | None]:
    """Say when the next review was due, seen on each of some days; two queries however many they are."""
    approvals = [version.approved_on for version in published_versions() if version.approved_on]
    rows = PolicyReview.objects.filter(completed_on__isnull=False)
    completed = [on for on in rows.values_list("completed_on", flat=True) if on is not None]
    return {on: _countdown(approvals, completed, on) for on in days}


def _countdown(approvals: list[date], completed: list[date], today: date) -> Countdown | None:
    known = [on for on in approvals if on <= today]
    if not known:
        return None
    last_on = max((on for on in completed if on <= today), default=None)
    return countdown(next_review_on(approved_on=min(known), last_completed_on=last_on), today=today)


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
    return attested_shares([today])[today]
