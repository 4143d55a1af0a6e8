"""A number that answers in danger, from input to cleaned values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.models import OnCallNumber
from requests_app.services.on_call import OnCallEntry


class OnCallForm(forms.Form):
    """Whom to call, on which number, at which hours."""

    name = forms.CharField(label=_("Who answers"), max_length=120)
    phone = forms.RegexField(
        label=_("Number"),
        max_length=40,
        regex=r"^[0-9+(][0-9 ().,;x#+-]{1,}$",
        error_messages={"invalid": _("Enter a telephone number, for instance 510-555-0162 or 911.")},
    )
    hours = forms.ChoiceField(label=_("When"), choices=[(hours.value, hours.label) for hours in OnCallNumber.Hours])

    def entry(self) -> OnCallEntry:
        """Give what was typed."""
        return OnCallEntry(**self.cleaned_data)
