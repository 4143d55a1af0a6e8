"""The registers of the policy as files: its versions, its reviews, the questions kept for them (III.e)."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.models import PolicyQuestion, PolicyReview, PolicyVersion
from requests_app.selectors.access import Actor
from requests_app.selectors.policies import versions_open_to
from requests_app.selectors.policy_reviews import policy_questions, policy_reviews
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file


def versions_file(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Write the versions an actor may know of, each with its text."""
    rows = list(versions_open_to(actor))
    record_export(actor=actor, address=request.get_full_path(), rows=len(rows), at=timezone.now(), of=PolicyVersion)
    heads = [_("Version"), _("Title"), _("State"), _("Approved"), _("In force from"), _("Text")]
    cells = (
        [row.number, row.title, row.get_state_display(), row.approved_on or "", row.effective_from or "", row.text]
        for row in rows
    )
    return csv_file("policy-versions", heads, cells)


def reviews_file(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Write the yearly reviews."""
    rows = list(policy_reviews())
    record_export(actor=actor, address=request.get_full_path(), rows=len(rows), at=timezone.now(), of=PolicyReview)
    heads = [_("Was due"), _("Opened"), _("Opened by"), _("Completed"), _("Completed by"), _("Outcome"), _("Minutes")]
    cells = (
        [
            row.due_on, row.opened_on, row.opened_by or "", row.completed_on or "", row.completed_by or "",
            row.get_outcome_display(), row.minutes_reference,
        ]
        for row in rows
    )  # fmt: skip
    return csv_file("policy-reviews", heads, cells)


def questions_file(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Write the questions kept for the reviews, with their answers."""
    rows = list(policy_questions())
    record_export(actor=actor, address=request.get_full_path(), rows=len(rows), at=timezone.now(), of=PolicyQuestion)
    heads = [_("Clause"), _("Question"), _("Asked by"), _("Asked on"), _("Answer"), _("Answered by"), _("Answered on")]
    cells = (
        [
            row.clause, row.question, row.raised_by or "", timezone.localdate(row.raised_at), row.answer,
            row.answered_by or "", timezone.localdate(row.answered_at) if row.answered_at else "",
        ]
        for row in rows
    )  # fmt: skip
    return csv_file("policy-questions", heads, cells)
