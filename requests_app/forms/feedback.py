"""The number of the resolution on which old feedback is destroyed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DestroyFeedbackForm(forms.Form):
    """A number is asked for, so that nobody destroys by accident."""

    resolution = forms.CharField(
        label=_("Number of the council resolution"),
        help_text=_("With the consent of the city attorney. What is destroyed cannot be brought back."),
        max_length=60,
    )
