"""Which month is to be sealed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from requests_app.domain.periods import Month


class PacketForm(forms.Form):
    """One of the months that are over."""

    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, data: Any, *, months: Sequence[Month]) -> None:
        super().__init__(data)
        field = self.fields["month"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(month), date_format(month.first_on, "F Y")) for month in months]
