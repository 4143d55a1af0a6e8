"""The voicemail round: a message as it is typed down, and how many there were."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from requests_app.domain.typed_moments import read_moment
from requests_app.domain.vocabulary import Channel
from requests_app.forms.contact_fields import OneLineField
from requests_app.forms.contact_people import customer_choices
from requests_app.forms.contacts import ContactForm
from requests_app.forms.fields import DATETIME_LOCAL
from requests_app.selectors.access import Actor

MOST_MESSAGES = 500
_NOT_A_MOMENT = _("That time was not understood, or is still to come. Type 7:42, or Fri 4:50 pm.")
_SHOWN = frozenset({"left_at", "who", "for_whom", "title"})


class MessageForm(ContactForm):
    """The log form with the channel given and the time as the machine says it; what it does not show has no errors."""

    left_at = OneLineField(
        label=_("Left at"),
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text=_("As the machine says: 7:42, 4:50p, Fri 16:50, 11/20 4 pm."),
        error_messages={"required": _("Type when it was left: the answer-by date counts from then")},
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.moment = _moment(data.get("left_at", ""), now=now) if data is not None else None
        super().__init__(_completed(data, self.moment) if data is not None else None, actor=actor, now=now, **kwargs)
        self.fields["who"].label = _("Number, and name if they say it")
        self.fields["title"].label = _("What do they need?")
        self.fields["title"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Check as the log form does, and read the time; what the page does not ask is told in one sentence."""
        cleaned = super().clean()
        if self.moment is None and "left_at" in self.cleaned_data:
            self.add_error("left_at", _NOT_A_MOMENT)
        hidden = set(self.errors) - _SHOWN - {"__all__"}
        for name in hidden:
            del self.errors[name]
        if hidden - {"received_at"}:
            self.add_error(None, _("This message needs the full form: press “Use the full form”."))
        return cleaned

    def offer_customers(self) -> None:
        """Offer the known customers the typed text fits."""
        who = self.cleaned_data.get("who", "")
        if who and self.customer is None:
            self.choices["who"] = customer_choices(who, actor=self.actor)


class RoundForm(forms.Form):
    """How many messages the box held; those without a word are told in the number only."""

    messages = forms.IntegerField(label=_("Messages in the box"), min_value=0, max_value=MOST_MESSAGES)

    def __init__(self, data: Mapping[str, Any] | None = None, *, logged: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"messages": logged}, **kwargs)
        cast("forms.IntegerField", self.fields["messages"]).widget.attrs["min"] = logged


def read_key(data: Mapping[str, Any]) -> UUID | None:
    """Read the key of the round a form belongs to; None for a damaged one."""
    try:
        return UUID(str(data.get("round", "")))
    except ValueError:
        return None


def _moment(text: str, *, now: datetime) -> datetime | None:
    local = timezone.localtime(now).replace(tzinfo=None, second=0, microsecond=0)
    return read_moment(text, now=local)


def _completed(data: QueryDict, moment: datetime | None) -> QueryDict:
    """Give what was typed with what the page does not ask: the channel, and the time in the form's own way."""
    completed = data.copy()
    completed["channel"] = Channel.VOICEMAIL.value
    completed["received_at"] = moment.strftime(DATETIME_LOCAL) if moment else ""
    return completed
