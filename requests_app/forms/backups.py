"""What an administrator decides about copies."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StartSendingForm(forms.Form):
    """Let a restored copy send, and say what becomes of the mails it was restored with."""

    skip_waiting = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Give up the mails that were waiting when the backup was made"),
        help_text=_("They may have been sent since. Without the tick they go out, perhaps for the second time."),
    )
