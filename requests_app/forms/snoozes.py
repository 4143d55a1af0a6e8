"""Until when reminders are put off and why, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import CityDateTimeField
from requests_app.forms.requests import ActionForm
from requests_app.models import ResponseClock


class SnoozeForm(ActionForm):
    """Which reminders, until when, and why."""

    clock = forms.TypedChoiceField(label=_("Which"), coerce=int)
    until_at = CityDateTimeField(
        label=_("Put off until"),
        help_text=_("Before the answer is due. If the office is closed then, the next opening counts."),
    )
    text = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Your supervisor reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = self.pickers.clocks_ahead
        field = cast("forms.TypedChoiceField", self.fields["clock"])
        field.choices = [(clock.pk, _label(clock)) for clock in self.clocks]
        if len(self.clocks) == 1:
            field.widget = forms.HiddenInput()
            field.initial = self.clocks[0].pk

    @property
    def is_offered(self) -> bool:
        """Say whether anything is owed with a date."""
        return bool(self.clocks)


def _label(clock: ResponseClock) -> str:
    due = date_format(localtime(clock.due_at), "D j M Y") if clock.due_at else ""
    return f"{clock.get_milestone_display()}, {due}"
