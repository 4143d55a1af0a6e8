"""What people do to a request, from input to cleaned values."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import may_close_as
from requests_app.domain.shared_answers import left_open
from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Channel, Disposition
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.forms.pickers import Pickers
from requests_app.models import ServiceRequest
from requests_app.models.labels import ATTEMPT_OUTCOMES, CHANNELS, DISPOSITIONS, Choices, choices_of
from requests_app.selectors.complaints import was_answered_once
from requests_app.selectors.shared_answers import OfferedAnswer
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry

_PERSONAL = [channel.value for channel in CHANNELS if channel is not Channel.OPEN311]
CHANNEL_CHOICES: Choices = [(code, label) for code, label in choices_of(CHANNELS) if code in _PERSONAL]
_NOW = _("Leave it empty for now.")


class ActionForm(forms.Form):
    """What all of them need: the request they are about, and a key that makes a second click harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, service_request: ServiceRequest, pickers: Pickers | None = None, **kwargs: Any
    ) -> None:
        self.service_request = service_request
        self.pickers = pickers or Pickers(service_request)
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid4

    @property
    def is_offered(self) -> bool:
        """Say whether the form has anything to act on."""
        return True

    def typed_at(self, name: str, now: datetime) -> datetime:
        """Give the instant typed in a field, or now where it was left empty."""
        typed: datetime | None = self.cleaned_data[name]
        return now if typed is None else typed


class TalkForm(ActionForm):
    """A touch: by which channel, when, and what was said."""

    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES)
    occurred_at = CityDateTimeField(label=_("When"), required=False, help_text=_NOW)
    text = PlainTextField(label=_("What was said"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = answering_channel(self.service_request)

    def inbound(self, now: datetime) -> InboundEntry:
        """Give the further contact that was typed."""
        return InboundEntry(
            channel=Channel(self.cleaned_data["channel"]),
            text=self.cleaned_data["text"],
            occurred_at=self.typed_at("occurred_at", now),
            submission_key=self.cleaned_data["submission_key"],
        )


class AnswerForm(TalkForm):
    """An answer to the customer, full or holding."""

    text = PlainTextField(label=_("What the customer was told"))
    answer = forms.ChoiceField(
        label=_("Is the matter answered?"),
        choices=[
            (AnswerKind.FULL.value, _("Yes, in full")),
            (AnswerKind.HOLDING.value, _("Not yet: who deals with it and by when was said")),
        ],
        initial=AnswerKind.FULL.value,
        widget=forms.RadioSelect,
    )
    promised_on = forms.DateField(
        label=_("Full answer promised for"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only for a holding answer: a business day at most ten business days ahead."),
    )
    is_determination = forms.BooleanField(label=_("This is the determination on the records request"), required=False)
    shared_answers = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.service_request.is_records_request:
            del self.fields["is_determination"]

    def clean_text(self) -> str:
        """Let no customer read a name in braces that nothing was put in the place of."""
        text: str = self.cleaned_data["text"]
        if left := left_open(text):
            raise forms.ValidationError(
                gettext("{%(name)s} is not known here: write it, or take it out.") % {"name": left[0]}
            )
        return text

    def entry(self, now: datetime) -> AnswerEntry:
        """Give the answer that was typed."""
        used = re.findall(r"\d{1,9}", self.cleaned_data["shared_answers"])
        return AnswerEntry(
            channel=Channel(self.cleaned_data["channel"]),
            shared_answer_ids=frozenset(map(int, used)),
            text=self.cleaned_data["text"],
            occurred_at=self.typed_at("occurred_at", now),
            answer=AnswerKind(self.cleaned_data["answer"]),
            promised_on=self.cleaned_data["promised_on"],
            is_determination=self.cleaned_data.get("is_determination", False),
            submission_key=self.cleaned_data["submission_key"],
        )


def with_answer(typed: Mapping[str, str], chosen: OfferedAnswer | None) -> dict[str, str]:
    """Give what was typed in the form of an answer, with a shared answer under it."""
    initial = {name: typed[name] for name in AnswerForm.base_fields if typed.get(name)}
    if chosen is not None:
        initial["text"] = "\n\n".join(filter(None, [initial.get("text", "").rstrip(), chosen.text]))
        initial["shared_answers"] = f"{initial.get('shared_answers', '')} {chosen.answer.pk}".strip()
    return initial


class AttemptForm(TalkForm):
    """An attempt to reach the customer that did not end in a talk."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[pair for pair in choices_of(ATTEMPT_OUTCOMES) if pair[0] != AttemptOutcome.REACHED],
        widget=forms.RadioSelect,
    )
    text = PlainTextField(label=_("Note"), required=False, rows=2)

    field_order = ("outcome", "channel", "occurred_at", "text")

    def entry(self, now: datetime) -> AnswerEntry:
        """Give the attempt that was typed."""
        return AnswerEntry(
            channel=Channel(self.cleaned_data["channel"]),
            text=self.cleaned_data["text"],
            occurred_at=self.typed_at("occurred_at", now),
            outcome=AttemptOutcome(self.cleaned_data["outcome"]),
            submission_key=self.cleaned_data["submission_key"],
        )


class NoteForm(ActionForm):
    """An internal note, or a reason: one text."""

    text = PlainTextField(label=_("Note for colleagues"))


class OptionalNoteForm(ActionForm):
    """A note that may be left out."""

    text = PlainTextField(label=_("Note for colleagues"), required=False, rows=2)


class ReasonForm(ActionForm):
    """An act that needs a reason."""

    text = PlainTextField(label=_("Reason"), rows=2)


class ConfirmForm(ActionForm):
    """An act that needs nothing typed."""


class GiveForm(ActionForm):
    """To whom a request goes: a person, or a department's queue."""

    owner = forms.TypedChoiceField(label=_("Person"), coerce=int, empty_value=None, required=False)
    department = forms.TypedChoiceField(label=_("Department"), coerce=int, empty_value=None, required=False)
    text = PlainTextField(label=_("Note for them"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, department = (cast("forms.ChoiceField", self.fields[name]) for name in ("owner", "department"))
        owner.choices = [("", _("Nobody yet: to the queue")), *self.pickers.people]
        department.choices = [("", _("The person's own")), *self.pickers.departments]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("owner") and not cleaned.get("department"):
            self.add_error("owner", _("Choose a person or a department."))
        return cleaned


class CloseForm(ActionForm):
    """How a request ended."""

    disposition = forms.ChoiceField(label=_("How it ended"), choices=choices_of(DISPOSITIONS))
    text = PlainTextField(
        label=_("What the customer was told"),
        help_text=_("The customer may read it. If an answer is still owed, this is the answer."),
    )
    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES)
    occurred_at = CityDateTimeField(label=_("When they were told"), required=False, help_text=_NOW)
    duplicate_of = forms.CharField(
        label=_("Duplicate of"), required=False, max_length=20, help_text=_("Tracking number, only for a duplicate.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = answering_channel(self.service_request)
        if self.service_request.is_complaint:
            ways = [(code, label) for code, label in choices_of(DISPOSITIONS) if may_close_as(Disposition(code))]
            cast("forms.ChoiceField", self.fields["disposition"]).choices = ways

    @property
    def is_offered(self) -> bool:
        """Say whether it may end so: a complaint that was answered ends by its follow-up only (III.b.v.3)."""
        return not (self.service_request.is_complaint and was_answered_once(self.service_request))

    def clean(self) -> dict[str, Any]:
        """Ask for the other number where the request is a duplicate."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("disposition") == Disposition.DUPLICATE and not cleaned.get("duplicate_of"):
            self.add_error("duplicate_of", _("Enter the tracking number of the request this one repeats."))
        return cleaned

    def entry(self, now: datetime) -> CloseEntry:
        """Give the ending that was typed."""
        return CloseEntry(
            disposition=Disposition(self.cleaned_data["disposition"]),
            note=self.cleaned_data["text"],
            channel=Channel(self.cleaned_data["channel"]),
            occurred_at=self.typed_at("occurred_at", now),
            duplicate_of=self.cleaned_data["duplicate_of"],
        )


def answering_channel(service_request: ServiceRequest) -> str:
    """Propose how to answer: as they came, but a voicemail is called back."""
    if service_request.channel == Channel.VOICEMAIL:
        return Channel.PHONE
    return service_request.channel if service_request.channel in _PERSONAL else Channel.PHONE
