"""The switch of rates per person, from input to cleaned values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import DayField, PlainTextField


class PersonRatesForm(forms.Form):
    """When and how the unions were told, and whether sworn staff are counted."""

    unions_notified_on = DayField(label=_("The unions were told on"))
    note = PlainTextField(
        label=_("Who was told, and how"),
        rows=3,
        help_text=_("Each union by name, with where the letter is kept. It stays on record."),
    )
    includes_sworn = forms.BooleanField(
        label=_("Count sworn staff too"),
        required=False,
        help_text=_("Left out unless their agreement allows it. A local choice."),
    )
