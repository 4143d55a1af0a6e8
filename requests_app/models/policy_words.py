"""What the codes of the policy's versions and reviews are called on screen, and why something was refused (III.e)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.attestations import AttestationState
from requests_app.domain.policies import PolicyRefusal, VersionState
from requests_app.domain.policy_reviews import ReviewOutcome, ReviewState
from requests_app.models.labels import Labels

VERSION_STATES: Labels = {
    VersionState.DRAFT: _("draft"),
    VersionState.PUBLISHED: _("published"),
}

REVIEW_OUTCOMES: Labels = {
    ReviewOutcome.KEPT: _("kept as it is"),
    ReviewOutcome.CHANGED: _("changed"),
}

REVIEW_STATES: Labels = {
    ReviewState.IN_DATE: _("in date"),
    ReviewState.DUE_SOON: _("due soon"),
    ReviewState.OVERDUE: _("overdue"),
}

ATTESTATION_STATES: Labels = {
    AttestationState.ATTESTED: _("attested"),
    AttestationState.WAITING: _("not yet"),
    AttestationState.OVERDUE: _("overdue"),
}

POLICY_REFUSALS: Mapping[PolicyRefusal, str | Promise] = {
    PolicyRefusal.ROLE: _("Only Human Resources do that."),
    PolicyRefusal.NOT_A_DRAFT: _("This version is published already, and stays as it is. Write a new one."),
    PolicyRefusal.DRAFT_EXISTS: _("There is a draft already. Change that one."),
    PolicyRefusal.NOTHING_CHANGED: _("The text is the same as the one in force. Change it first."),
    PolicyRefusal.APPROVED_LATER: _("That day is still to come. Publish it once it is approved."),
    PolicyRefusal.EFFECTIVE_BEFORE_APPROVAL: _("It cannot take effect before it was approved. Check both dates."),
    PolicyRefusal.EFFECTIVE_BEFORE_LAST: _(
        "The version before took effect later than that. What past cases were judged by stays; choose a later day."
    ),
    PolicyRefusal.REVIEW_OPEN: _("A review is open already. Complete that one first."),
    PolicyRefusal.REVIEW_OVER: _("This review was completed already."),
    PolicyRefusal.REVIEWED_LATER: _("That day is still to come, or before the review was opened. Check the date."),
    PolicyRefusal.NO_NEW_VERSION: _("No version was published since the review was opened. Publish it first."),
    PolicyRefusal.QUESTION_ANSWERED: _("This question was answered already."),
    PolicyRefusal.ROUND_RUNS: _("A round runs already. Close that one first."),
    PolicyRefusal.ROUND_CLOSED: _("This round is closed, so nothing is recorded in it any more."),
    PolicyRefusal.STILL_A_DRAFT: _("This version is a draft. Publish it first."),
    PolicyRefusal.DUE_BEFORE_TODAY: _("That day is over. Choose one that is still to come."),
    PolicyRefusal.SIGNED_OUTSIDE: _("That day is still to come, or before the round began. Check the date."),
    PolicyRefusal.WRONG_ANSWERS: _("Not every answer is right yet. Look it up in the text and try again."),
    PolicyRefusal.NOT_ON_THE_ROSTER: _("This login belongs to nobody on the roster."),
}


def policy_refusal_text(refusal: PolicyRefusal) -> str:
    """Put a refusal into the reader's language."""
    return str(POLICY_REFUSALS[refusal])
