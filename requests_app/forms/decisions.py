"""What only a supervisor decides, and the one extension the law allows, from input to cleaned values."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.forms.requests import CHANNEL_CHOICES, ActionForm
from requests_app.models import ResponseClock
from requests_app.selectors.clocks import clocks_of, excused, possibly_late
from requests_app.services.corrections import CorrectionEntry

if TYPE_CHECKING:  # generic for the type checker only
    _ClockChoiceField = forms.ModelChoiceField[ResponseClock]
else:
    _ClockChoiceField = forms.ModelChoiceField


class ClockField(_ClockChoiceField):
    """One of the obligations of a request, told apart by what it is and when it was due."""

    def label_from_instance(self, obj: ResponseClock) -> str:
        """Name a clock by its milestone and due date."""
        due = date_format(localtime(obj.due_at), "D j M Y") if obj.due_at else _("no date yet")
        return f"{obj.get_milestone_display()}, {due}"


class ClockForm(ActionForm):
    """An act on one obligation of the request; offered only where there is one to act on."""

    clock = ClockField(label=_("Which"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = self.narrowed(clocks_of(self.service_request))
        cast("ClockField", self.fields["clock"]).queryset = self.clocks
        if len(self.clocks) == 1:
            self.fields["clock"].widget = forms.HiddenInput()
            self.fields["clock"].initial = self.clocks[0].pk

    def narrowed(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Narrow the clocks of the request to those this form may act on."""
        return clocks

    @property
    def is_offered(self) -> bool:
        """Say whether there is a clock to act on."""
        return bool(self.clocks)


class ExcuseForm(ClockForm):
    """Why a late answer is explained."""

    text = forms.CharField(label=_("Reason"), max_length=300)

    def narrowed(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Offer what may be late and stands unexcused."""
        return possibly_late(clocks).exclude(pk__in=excused(clocks))


class RevokeForm(ClockForm):
    """Why an excuse is taken back."""

    text = forms.CharField(label=_("Reason"), max_length=300)

    def narrowed(self, clocks: QuerySet[ResponseClock]) -> QuerySet[ResponseClock]:
        """Offer what is excused."""
        return excused(clocks)


class CorrectForm(ClockForm):
    """Facts of a clock that were recorded wrongly; what is left empty stays."""

    started_at = CityDateTimeField(label=_("Reached the city"), required=False)
    channel = forms.ChoiceField(label=_("By"), choices=[("", _("As recorded")), *CHANNEL_CHOICES], required=False)
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
