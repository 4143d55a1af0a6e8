"""What people do to a request, from input to cleaned values."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Channel, Disposition
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.models.labels import ATTEMPT_OUTCOMES, CHANNELS, DISPOSITIONS, Choices, choices_of
from requests_app.selectors.clocks import possibly_late, standing_excusals
from requests_app.selectors.directory import active_departments, active_employees
from requests_app.services.corrections import CorrectionEntry
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry

if TYPE_CHECKING:  # generic for the type checker only
    _ClockChoiceField = forms.ModelChoiceField[ResponseClock]
else:
    _ClockChoiceField = forms.ModelChoiceField

_PERSONAL = [channel.value for channel in CHANNELS if channel is not Channel.OPEN311]
_CHANNEL_CHOICES: Choices = [(code, label) for code, label in choices_of(CHANNELS) if code in _PERSONAL]
_NOW = _("Leave it empty for now.")


class ActionForm(forms.Form):
    """What all of them need: the request they are about, and a key that makes a second click harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, service_request: ServiceRequest, **kwargs: Any) -> None:
        self.service_request = service_request
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

    channel = forms.ChoiceField(label=_("By"), choices=_CHANNEL_CHOICES)
    occurred_at = CityDateTimeField(label=_("When"), required=False, help_text=_NOW)
    text = PlainTextField(label=_("What was said"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = _answering_channel(self.service_request)

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.service_request.is_records_request:
            del self.fields["is_determination"]

    def entry(self, now: datetime) -> AnswerEntry:
        """Give the answer that was typed."""
        return AnswerEntry(
            channel=Channel(self.cleaned_data["channel"]),
            text=self.cleaned_data["text"],
            occurred_at=self.typed_at("occurred_at", now),
            answer=AnswerKind(self.cleaned_data["answer"]),
            promised_on=self.cleaned_data["promised_on"],
            is_determination=self.cleaned_data.get("is_determination", False),
            submission_key=self.cleaned_data["submission_key"],
        )


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
        people = [(person.pk, f"{person.name}, {person.department.name}") for person in active_employees()]
        departments = [(department.pk, department.name) for department in active_departments()]
        cast("forms.ChoiceField", self.fields["owner"]).choices = [("", _("Nobody yet: to the queue")), *people]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("The person's own")), *departments]

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
    channel = forms.ChoiceField(label=_("By"), choices=_CHANNEL_CHOICES)
    occurred_at = CityDateTimeField(label=_("When they were told"), required=False, help_text=_NOW)
    duplicate_of = forms.CharField(
        label=_("Duplicate of"), required=False, max_length=20, help_text=_("Tracking number, only for a duplicate.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = _answering_channel(self.service_request)

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


class ClockField(_ClockChoiceField):
    """One of the obligations of a request, told apart by what it is and when it was due."""

    def label_from_instance(self, obj: ResponseClock) -> str:
        """Name a clock by its milestone and due date."""
        due = date_format(localtime(obj.due_at), "D j M Y") if obj.due_at else _("no date yet")
        return f"{obj.get_milestone_display()}, {due}"


class ClockForm(ActionForm):
    """An act on one obligation of the request; offered only where there is one to act on."""

    clock = ClockField(label=_("Which"), queryset=ResponseClock.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = self.clocks_of(ResponseClock.objects.filter(service_request=self.service_request))
        cast("ClockField", self.fields["clock"]).queryset = self.clocks
        if len(self.clocks) == 1:
            self.fields["clock"].widget = forms.HiddenInput()
            self.fields["clock"].initial = self.clocks[0].pk

    def clocks_of(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Narrow the clocks of the request to those this form may act on."""
        return clocks

    @property
    def is_offered(self) -> bool:
        """Say whether there is a clock to act on."""
        return bool(self.clocks)


class ExcuseForm(ClockForm):
    """Why a late answer is explained."""

    text = forms.CharField(label=_("Reason"), max_length=300)

    def clocks_of(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Offer what may be late and stands unexcused."""
        return possibly_late(clocks).exclude(excusals__in=standing_excusals())


class RevokeForm(ClockForm):
    """Why an excuse is taken back."""

    text = forms.CharField(label=_("Reason"), max_length=300)

    def clocks_of(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Offer what is excused."""
        return clocks.filter(excusals__in=standing_excusals())


class CorrectForm(ClockForm):
    """Facts of a clock that were recorded wrongly; what is left empty stays."""

    started_at = CityDateTimeField(label=_("Reached the city"), required=False)
    channel = forms.ChoiceField(label=_("By"), choices=[("", _("As recorded")), *_CHANNEL_CHOICES], required=False)
    answered_at = CityDateTimeField(label=_("Answered"), required=False)
    text = forms.CharField(label=_("Reason"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one fact."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("started_at", "channel", "answered_at")):
            self.add_error("started_at", _("Enter what is to be corrected: a time, or the channel."))
        return cleaned

    def entry(self) -> CorrectionEntry:
        """Give the correction that was typed."""
        channel = self.cleaned_data["channel"]
        return CorrectionEntry(
            reason=self.cleaned_data["text"],
            started_at=self.cleaned_data["started_at"],
            channel=Channel(channel) if channel else None,
            answered_at=self.cleaned_data["answered_at"],
        )


class ExtendForm(ActionForm):
    """The one written extension of a records determination."""

    extended_to = forms.DateField(
        label=_("Determination by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = PlainTextField(label=_("Legal reason, as told to the requester"), rows=2)

    @property
    def is_offered(self) -> bool:
        """Say whether state law asks for a determination at all."""
        return self.service_request.is_records_request


def _answering_channel(service_request: ServiceRequest) -> str:
    """Propose how to answer: as they came, but a voicemail is called back."""
    if service_request.channel == Channel.VOICEMAIL:
        return Channel.PHONE
    return service_request.channel if service_request.channel in _PERSONAL else Channel.PHONE
