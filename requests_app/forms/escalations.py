"""Escalating, and what comes back, from input to cleaned values (III.b.v.2)."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import ActionForm, ConfirmForm
from requests_app.models import Escalation
from requests_app.models.escalations import RUNNING
from requests_app.services.escalations import EscalationEntry

if TYPE_CHECKING:  # generic for the type checker only
    _EscalationChoiceField = forms.ModelChoiceField[Escalation]
else:
    _EscalationChoiceField = forms.ModelChoiceField

NEXT = "next"
_PERSON, _DEPARTMENT = "person-", "department-"


class EscalateForm(ActionForm):
    """To whom, and why."""

    to = forms.ChoiceField(
        label=_("To"),
        help_text=_(
            "Next in the ladder is the supervisor, then the department head, the city manager, Human Resources; "
            "never you, and never anybody it is about."
        ),
    )
    text = PlainTextField(
        label=_("Why it has to go up"),
        rows=3,
        help_text=_("They can read the request, have a date to accept it by, and answer you."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = [(f"{_DEPARTMENT}{pk}", name) for pk, name in self.pickers.departments]
        people = [(f"{_PERSON}{pk}", name) for pk, name in self.pickers.people]
        cast("forms.ChoiceField", self.fields["to"]).choices = [
            (NEXT, _("Next in the ladder")),
            (_("Departments"), departments),
            (_("People"), people),
        ]

    def entry(self) -> EscalationEntry:
        """Give the escalation that was typed."""
        to, reason = self.cleaned_data["to"], self.cleaned_data["text"]
        if to.startswith(_PERSON):
            return EscalationEntry(reason=reason, employee_id=int(to.removeprefix(_PERSON)))
        if to.startswith(_DEPARTMENT):
            return EscalationEntry(reason=reason, department_id=int(to.removeprefix(_DEPARTMENT)))
        return EscalationEntry(reason=reason)


class NextInLadderForm(forms.Form):
    """Why a complaint has to go up, on a list of many: to whoever is next. Posted to the verb of its request."""

    to = forms.CharField(initial=NEXT, widget=forms.HiddenInput)
    text = PlainTextField(label=_("Why it has to go up"), rows=2)


class SendBackForm(forms.Form):
    """Why an escalation comes back, on the page of those that wait."""

    text = PlainTextField(label=_("Why you send it back"), rows=2)


class _RunningForm(ActionForm):
    """An act on the escalation that was shown: one that climbed meanwhile is not mistaken for the next."""

    escalation = _EscalationChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Escalation.objects.filter(service_request=self.service_request)
        field = cast("_EscalationChoiceField", self.fields["escalation"])
        field.queryset = shown
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
            "That escalation is not on this request. Reload the page."
        )
        if not self.is_bound:
            field.initial = shown.filter(**RUNNING).first()


class AcceptForm(_RunningForm, ConfirmForm):
    """Accept it: nothing to type."""


class ReturnForm(_RunningForm):
    """Send it back, with a reason."""

    text = PlainTextField(label=_("Why you send it back"), rows=3)


class AnswerEscalationForm(_RunningForm):
    """Answer it: the note goes back to whoever sent it."""

    text = PlainTextField(
        label=_("Your answer to whoever escalated it"),
        rows=4,
        help_text=_("It stands on the request as an internal note. Customers do not see it."),
    )
