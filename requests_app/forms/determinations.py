"""What became of a records request, and how its log is narrowed, from input to cleaned values."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel, RecordsOutcome
from requests_app.forms.fields import PlainTextField
from requests_app.forms.records import EXEMPTION_CHOICES
from requests_app.forms.requests import CHANNEL_CHOICES, ActionForm
from requests_app.models import RecordsDetermination
from requests_app.models.labels import RECORDS_OUTCOMES, choices_of
from requests_app.selectors.records_log import LogQuestion, LogState
from requests_app.services.determinations import DeterminationEntry


class OptionalDateField(forms.DateField):
    """A local date that may be left out, picked where the browser has a picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class DeterminationForm(ActionForm):
    """What is kept of a records request; it can be filled in bit by bit."""

    outcome = forms.ChoiceField(
        label=_("Determination"), required=False, choices=[("", _("Not determined yet")), *choices_of(RECORDS_OUTCOMES)]
    )
    exemptions = forms.MultipleChoiceField(
        label=_("Withheld because of"),
        required=False,
        choices=EXEMPTION_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    note = PlainTextField(label=_("What was withheld"), required=False, rows=2)
    released_on = OptionalDateField(label=_("Released on"))
    page_count = forms.IntegerField(label=_("Number of pages"), required=False, min_value=0, max_value=10_000_000)
    attorney_asked_on = OptionalDateField(label=_("City attorney asked on"))
    external_reference = forms.CharField(label=_("Number elsewhere"), required=False, max_length=60)
    told = PlainTextField(
        label=_("What the requester was told"),
        required=False,
        rows=3,
        help_text=_("Needed with the determination while it is owed: it is the answer that keeps the date."),
    )
    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES, initial=Channel.EMAIL.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = RecordsDetermination.objects.filter(service_request=self.service_request).first()
        names = ("outcome", "exemptions", "note", "released_on", "page_count", "attorney_asked_on")
        for name in names if known else ():
            self.fields[name].initial = getattr(known, name)
        self.fields["external_reference"].initial = self.service_request.external_reference

    @property
    def is_offered(self) -> bool:
        """Say whether state law asks for a determination at all."""
        return self.service_request.is_records_request

    def entry(self) -> DeterminationEntry:
        """Give what was typed."""
        typed = self.cleaned_data
        return DeterminationEntry(
            outcome=RecordsOutcome(typed["outcome"]) if typed["outcome"] else None,
            exemptions=tuple(typed["exemptions"]),
            released_on=typed["released_on"],
            page_count=typed["page_count"],
            attorney_asked_on=typed["attorney_asked_on"],
            note=typed["note"],
            external_reference=typed["external_reference"],
            told=typed["told"],
            channel=Channel(typed["channel"]),
        )


_STATES = [
    ("", _("All")),
    (LogState.OWED.value, _("Determination owed")),
    (LogState.OVERDUE.value, _("Determination overdue")),
    (LogState.EXTENDED.value, _("Extended")),
    *choices_of(RECORDS_OUTCOMES),
]


class RecordsLogForm(forms.Form):
    """How the log is narrowed; the address carries it."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_STATES)
    received_from = OptionalDateField(label=_("Received from"))
    received_to = OptionalDateField(label=_("Received to"))

    def question(self) -> LogQuestion:
        """Give the question that was asked; a part that cannot be read is left out."""
        typed = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        until = typed.get("received_to")
        return LogQuestion(
            words=typed.get("q") or "",
            state=LogState(typed["state"]) if typed.get("state") else None,
            received_from=_midnight(typed.get("received_from")),
            received_before=_midnight(until + timedelta(days=1)) if until else None,
        )


def _midnight(on: Any) -> datetime | None:
    return datetime.combine(on, time(), tzinfo=ZoneInfo(settings.TIME_ZONE)) if on else None
