"""What can be done on the page of a request to pass it upwards, and about what was passed to oneself."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import Action
from requests_app.forms import escalations as forms
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.escalations import accept_escalation, answer_escalation, escalate, send_back_escalation
from requests_app.views.verbs import Verb


def _escalate(found: ServiceRequest, form: forms.EscalateForm, actor: Actor, at: datetime) -> object:
    return escalate(request_id=found.pk, entry=form.entry(), actor=actor, at=at)


def _accept(_found: ServiceRequest, form: forms.AcceptForm, actor: Actor, at: datetime) -> object:
    return accept_escalation(escalation_id=form.cleaned_data["escalation"].pk, actor=actor, at=at)


def _return(_found: ServiceRequest, form: forms.ReturnForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return send_back_escalation(escalation_id=typed["escalation"].pk, reason=typed["text"], actor=actor, at=at)


def _answer(_found: ServiceRequest, form: forms.AnswerEscalationForm, actor: Actor, at: datetime) -> object:
    typed = form.cleaned_data
    return answer_escalation(escalation_id=typed["escalation"].pk, answer=typed["text"], actor=actor, at=at)


ESCALATION_VERBS: Mapping[str, Verb] = {
    "accept-escalation": Verb(
        Action.ACCEPT,
        forms.AcceptForm,
        _accept,
        _("Accept the escalation"),
        "check-lg",
        _("Accept the escalation"),
        _("Accepted. Whoever sent it waits for your answer."),
    ),
    "answer-escalation": Verb(
        Action.RETURN,
        forms.AnswerEscalationForm,
        _answer,
        _("Answer the escalation"),
        "reply",
        _("Answer the escalation"),
        _("Answered. Whoever sent it was told."),
    ),
    "return-escalation": Verb(
        Action.ACCEPT,
        forms.ReturnForm,
        _return,
        _("Send the escalation back"),
        "arrow-return-left",
        _("Send it back"),
        _("Sent back. Whoever sent it was told why."),
    ),
    "escalate": Verb(
        Action.ESCALATE,
        forms.EscalateForm,
        _escalate,
        _("Escalate"),
        "arrow-up",
        _("Escalate"),
        _("Escalated. They were told, and have a date to accept it by."),
    ),
}
