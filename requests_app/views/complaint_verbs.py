"""What can be done on the page of a complaint: described, looked into, answered, followed up, reviewed (III.b.v)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import Action
from requests_app.forms import complaints as forms
from requests_app.forms.complaint_follow_ups import FollowUpForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.complaint_decisions import ask_review, decide_complaint
from requests_app.services.complaint_extensions import extend_complaint_answer
from requests_app.services.complaint_follow_ups import follow_up_complaint
from requests_app.services.complaints import begin_investigation, describe_complaint
from requests_app.views.verbs import Verb


def _describe(found: ServiceRequest, form: forms.DescribeForm, actor: Actor, at: datetime) -> object:
    return describe_complaint(request_id=found.pk, entry=form.entry(), actor=actor, at=at)


def _investigate(found: ServiceRequest, form: forms.InvestigateForm, actor: Actor, at: datetime) -> object:
    return begin_investigation(
        request_id=found.pk,
        investigator_id=form.cleaned_data["investigator"],
        began_at=form.typed_at("began_at", at),
        actor=actor,
        at=at,
    )


def _put_off(found: ServiceRequest, form: forms.PutOffForm, actor: Actor, at: datetime) -> object:
    entry = form.entry(form.typed_at("told_at", at))
    return extend_complaint_answer(request_id=found.pk, entry=entry, actor=actor, at=at)


def _decide(found: ServiceRequest, form: forms.DecideForm, actor: Actor, at: datetime) -> object:
    entry = form.entry(form.typed_at("told_at", at))
    return decide_complaint(request_id=found.pk, entry=entry, actor=actor, at=at)


def _follow_up(found: ServiceRequest, form: FollowUpForm, actor: Actor, at: datetime) -> object:
    return follow_up_complaint(request_id=found.pk, entry=form.entry(at), actor=actor, at=at)


def _review(found: ServiceRequest, form: forms.ReviewForm, actor: Actor, at: datetime) -> object:
    return ask_review(request_id=found.pk, entry=form.inbound(at), actor=actor, at=at)


COMPLAINT_VERBS: Mapping[str, Verb] = {
    "describe": Verb(
        Action.DESCRIBE,
        forms.DescribeForm,
        _describe,
        _("Say what it is about and what they wish for"),
        "journal-text",
        _("Save what they wish for"),
        _("Saved."),
    ),
    "investigate": Verb(
        Action.INVESTIGATE,
        forms.InvestigateForm,
        _investigate,
        _("Look into it"),
        "search",
        _("Begin to look into it"),
        _("Saved. The written answer comes next."),
    ),
    "decide": Verb(
        Action.DECIDE,
        forms.DecideForm,
        _decide,
        _("Answer the complaint in writing"),
        "envelope",
        _("Save the written answer"),
        _("Answered. Its follow-up comes next."),
    ),
    "put-off": Verb(
        Action.EXTEND,
        forms.PutOffForm,
        _put_off,
        _("Put the written answer off, once"),
        "calendar3",
        _("Put it off"),
        _("Put off. The new answer-by date is on the page."),
    ),
    "follow-up": Verb(
        Action.FOLLOW_UP,
        FollowUpForm,
        _follow_up,
        _("Follow up: ask whether it is resolved"),
        "telephone-outbound",
        _("Save the follow-up"),
        _("Follow-up saved."),
    ),
    "review": Verb(
        Action.REVIEW,
        forms.ReviewForm,
        _review,
        _("They ask for a review by somebody else"),
        "people",
        _("Start the review"),
        _("In review, with a new answer-by date. Somebody else decides it."),
    ),
}
