"""Where a receipt goes, from input to cleaned values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    """The address a receipt is mailed to."""

    email = forms.EmailField(
        label=_("E-mail of the customer"),
        max_length=254,
        widget=forms.EmailInput(attrs={"id": "receipt_email", "autocomplete": "off", "inputmode": "email"}),
        error_messages={"required": _("Type the address, or print the slip.")},
    )

    def clean_email(self) -> str:
        """Give the address as contact points are kept: in lower case."""
        return str(self.cleaned_data["email"]).lower()
