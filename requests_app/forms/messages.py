"""A message for those who deal with a restricted request, from input to cleaned values."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.forms.requests import CHANNEL_CHOICES
from requests_app.services.entries import InboundEntry


class MessageForm(forms.Form):
    """What the customer said, by which channel and when; it knows nothing of the request it is for."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES, initial=Channel.COUNTER.value)
    occurred_at = CityDateTimeField(label=_("When"), required=False, help_text=_("Leave it empty for now."))
    text = PlainTextField(label=_("What was said"), help_text=_("You cannot read it here afterwards; they can."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid4

    def inbound(self, now: datetime) -> InboundEntry:
        """Give the contact that was typed."""
        return InboundEntry(
            channel=Channel(self.cleaned_data["channel"]),
            text=self.cleaned_data["text"],
            occurred_at=self.cleaned_data["occurred_at"] or now,
            submission_key=self.cleaned_data["submission_key"],
        )
