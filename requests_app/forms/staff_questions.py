"""A question about the policy, its answer, and what narrows their list (III.f)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import BY_KEY
from requests_app.forms.fields import PlainTextField


class AskForm(forms.Form):
    """What somebody asks, and about which clause, if it is about one."""

    clause = forms.ChoiceField(
        label=_("Clause"), required=False, choices=[("", _("none in particular")), *((key, key) for key in BY_KEY)]
    )
    question = PlainTextField(label=_("Your question"), rows=4)


class AnswerForm(forms.Form):
    """What Human Resources answer; whoever asked reads it."""

    answer = PlainTextField(label=_("Answer"), rows=3)


class AskedFilterForm(forms.Form):
    """Which questions are listed; days are those they were asked on, both included."""

    state = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        choices=[("", _("All questions")), ("open", _("Open")), ("answered", _("Answered"))],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever a form takes
        for name, label in (("from", _("Asked from")), ("to", _("Asked to"))):
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name] = forms.DateField(label=label, required=False, widget=widget)
