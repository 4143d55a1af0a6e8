"""Deciding on proposed excuses, and proposing one for oneself: from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from requests_app.models.labels import Choices

PICK_LIMIT = 100
GRANT, REFUSE = "grant", "refuse"
# Offered while typing; whoever decides writes what they like.
REASON_PHRASES = (
    _("Away without notice for the whole day it was due."),
    _("The absence was confirmed to me on the day."),
    _("Somebody else could have answered: it should have been handed over."),
    _("The answer was due before the absence began to matter."),
)


class DecideForm(forms.Form):
    """Granted or refused, and why; which proposals are ticked stands beside, as they may be decided meanwhile."""

    verdict = forms.ChoiceField(
        choices=[(GRANT, _("Excuse")), (REFUSE, _("Do not excuse"))],
        error_messages={"required": _("Choose whether it is excused.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The absent person reads it, and it stands on the request. Do not write why somebody was away."),
        widget=forms.TextInput(attrs={"list": "reason-phrases", "autocomplete": "off"}),
        error_messages={"required": _("Write why it is excused, or why not.")},
    )

    @property
    def ticked(self) -> frozenset[int]:
        """Give the ids that were ticked."""
        typed = self.data.getlist("picked") if isinstance(self.data, QueryDict) else []
        return frozenset(int(value) for value in typed[:PICK_LIMIT] if value.isdecimal() and len(value) < 19)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        cleaned = super().clean() or self.cleaned_data
        if not self.ticked:
            self.add_error(None, _("Tick what you decide on."))
        return cleaned


class ProposeForm(forms.Form):
    """Which of one's late answers, out of which of one's absences, and what there is to say."""

    clock = forms.TypedChoiceField(label=_("Which answer"), coerce=int, widget=forms.RadioSelect)
    absence = forms.TypedChoiceField(
        label=_("Out of which absence"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the absence.")},
    )
    note = forms.CharField(
        label=_("Note for whoever decides"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("May be left out. Colleagues who read the request read it too."),
    )

    def __init__(self, *args: Any, clocks: Choices, absences: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("clock", clocks), ("absence", absences)):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = choices
            if len(choices) == 1:
                field.initial = choices[0][0]
        if len(clocks) == 1:
            self.fields["clock"].widget = forms.HiddenInput()
