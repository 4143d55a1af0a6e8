"""The fields of the log form, in the order of the page."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.text import digits_of
from requests_app.forms import contact_choices as choices
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.services.entries import ContactOutcome

_LEAST_PHONE_DIGITS = 7


class OneLineField(forms.CharField):
    """A line of text: line breaks and doubled blanks become one blank, and too long is said, not cut off."""

    def to_python(self, value: Any) -> str:
        """Join whatever was pasted into one line."""
        return " ".join(str(super().to_python(value) or "").split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out maxlength: with it the browser cuts pasted text without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class PhoneTextField(OneLineField):
    """A phone as people write it, extension included."""

    def clean(self, value: Any) -> str:
        """Refuse what cannot be a telephone number."""
        cleaned = str(super().clean(value))
        if cleaned and len(digits_of(cleaned)) < _LEAST_PHONE_DIGITS:
            raise ValidationError(_("Enter the whole phone number, for instance 510-555-0143."), code="invalid")
        return cleaned


class SubmissionKeyField(forms.Field):
    """The key of one rendered form; a damaged one counts as none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID | None:
        """Read the key, or None."""
        try:
            return UUID(str(value))
        except ValueError:
            return None


class ContactFields(forms.Form):
    """What is asked; only the channel and one line have no default."""

    submission_key = SubmissionKeyField(required=False)
    about = OneLineField(max_length=60, required=False, widget=forms.HiddenInput)

    channel = forms.ChoiceField(
        label=_("How did it reach us?"),
        choices=choices.CHANNEL_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it reached us")},
    )
    is_from_colleague = forms.BooleanField(label=_("From a colleague"), required=False)
    colleague = OneLineField(label=_("Which colleague?"), max_length=120, required=False)
    colleague_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    who = OneLineField(label=_("Who is it?"), max_length=254, required=False)
    customer_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_anonymous = forms.BooleanField(label=_("Anonymous"), required=False)

    for_whom = OneLineField(label=_("For"), max_length=120, required=False)
    for_whom_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The person asked for, if they are away and are to have it all the same; of anybody else it means nothing.
    leave_with = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=choices.OUTCOME_CHOICES,
        widget=forms.RadioSelect,
        required=False,
        initial=ContactOutcome.MESSAGE_TAKEN.value,
    )

    # The list exists only without JavaScript; with it the suggestions come from the server, keywords included.
    category = OneLineField(
        label=_("Category"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "category-list"})
    )
    title = OneLineField(
        label=_("What do they need?"),
        max_length=200,
        error_messages={"required": _("Write a few words about what they need")},
        help_text=_("May stay empty: answered on the spot, the category says it."),
    )
    place = OneLineField(
        label=_("Place"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Address or crossing")}),
    )
    # keys.js presses what names a function key.
    on_the_spot = forms.BooleanField(
        label=_("Answered on the spot"),
        required=False,
        widget=forms.CheckboxInput(attrs={"aria-keyshortcuts": "F8"}),
    )
    disposition = forms.ChoiceField(
        label=_("How it ended"), choices=choices.DISPOSITION_CHOICES, required=False, initial="answered"
    )
    incident = forms.IntegerField(widget=forms.HiddenInput, required=False)
    referral = forms.ChoiceField(label=_("Referred to"), required=False)
    outcome_note = OneLineField(
        label=_("What they were told"), max_length=500, required=False, help_text=_("Left empty, it is the line above.")
    )

    received_at = CityDateTimeField(label=_("Received"), required=False, help_text=_("Empty means now."))
    language = forms.ChoiceField(label=_("Language"), choices=choices.LANGUAGE_CHOICES, required=False, initial="en")
    # Read from the database when it is shown, or checked; empty, it asks nothing.
    department = forms.TypedChoiceField(
        label=_("Department"),
        choices=choices.department_choices,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Where there is no category."),
    )
    no_reply_wanted = forms.BooleanField(label=_("No reply wanted"), required=False)

    phone = PhoneTextField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    best_time = OneLineField(label=_("Best time and number to call"), max_length=120, required=False)
    is_business = forms.BooleanField(label=_("A business"), required=False)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices.KIND_CHOICES, required=False)
    text = PlainTextField(label=_("Longer note"), required=False)

    is_danger = forms.BooleanField(label=_("Danger now"), required=False)
    told = OneLineField(label=_("Who was told?"), max_length=120, required=False)
    told_at = CityDateTimeField(label=_("When?"), required=False)
