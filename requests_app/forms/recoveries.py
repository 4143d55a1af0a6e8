"""How Human Resources knew somebody, from input to cleaned values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import PlainTextField


class IdentifiedForm(forms.Form):
    """What the confirmation stands on."""

    identified_how = PlainTextField(
        label=_("How do you know it is this person?"),
        rows=2,
        help_text=_("For instance “came to the office, city badge seen”. A call or a mail is not enough."),
        error_messages={"required": _("Write how you know who it is.")},
    )
