"""An incident, its answer, and a request that is linked to one: from input to cleaned values."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.forms.lists import PickForm
from requests_app.forms.requests import ActionForm
from requests_app.models import Incident
from requests_app.models.labels import CHANNELS, DISPOSITIONS
from requests_app.selectors.categories import active_categories
from requests_app.selectors.incidents import open_incidents
from requests_app.selectors.request_choices import Offered
from requests_app.services.incident_answers import IncidentAnswerEntry
from requests_app.services.incidents import IncidentEntry

_OTHER_WAYS = (Channel.PHONE, Channel.TEXT, Channel.COUNTER, Channel.LETTER, Channel.SOCIAL)


class IncidentForm(forms.Form):
    """What happened, where, until when, and what the public is told."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What happened?"), max_length=120)
    category = forms.TypedChoiceField(label=_("Category"), required=False, coerce=int, empty_value=None)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    expected_on = DayField(label=_("Expected to be over on"), required=False, help_text=_("Empty while nobody knows."))
    text = PlainTextField(label=_("What the public is told"), rows=3)
    text_es = PlainTextField(label=_("The same in Spanish"), rows=3)

    def __init__(self, data: Any = None, *, incident: Incident | None = None) -> None:
        initial: dict[str, Any] = {"key": uuid4()}
        if incident:
            names = [name for name in self.base_fields if name not in ("key", "category")]
            initial = {**{name: getattr(incident, name) for name in names}, "category": incident.category_id}
        super().__init__(data, initial=initial)
        categories = [(category.pk, str(category)) for category in active_categories()]
        cast("forms.ChoiceField", self.fields["category"]).choices = [("", _("None")), *categories]

    def entry(self) -> IncidentEntry:
        """Give what was typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "category")}
        return IncidentEntry(category_id=self.cleaned_data["category"], **typed)


class IncidentAnswerForm(forms.Form):
    """What everybody is told, how those were told who gave no e-mail, and whether that ends it."""

    text = PlainTextField(label=_("What they are told"), rows=3)
    text_es = PlainTextField(label=_("The same in Spanish"), rows=3)
    told_by = forms.ChoiceField(
        label=_("Those without an e-mail address"),
        required=False,
        choices=[
            ("", _("not told yet: stay open")),
            *((channel.value, CHANNELS[channel]) for channel in _OTHER_WAYS),
        ],
        help_text=_("Choose how they were told only once they were."),
    )
    disposition = forms.ChoiceField(
        label=_("How they end"),
        required=False,
        initial=Disposition.DONE.value,
        choices=[
            *((code.value, DISPOSITIONS[code]) for code in (Disposition.DONE, Disposition.ANSWERED)),
            ("", _("They stay open")),
        ],
    )

    def entry(self) -> IncidentAnswerEntry:
        """Give the answer that was typed."""
        typed = self.cleaned_data
        return IncidentAnswerEntry(
            texts={"en": typed["text"], "es": typed["text_es"]},
            told_by=Channel(typed["told_by"]) if typed["told_by"] else None,
            disposition=Disposition(typed["disposition"]) if typed["disposition"] else None,
        )


class LinkForm(ActionForm):
    """Which incident a request reports."""

    incident = forms.TypedChoiceField(label=_("Incident"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_incidents(self, self.pickers.others.incidents)

    @property
    def is_offered(self) -> bool:
        """Say whether something is known it may be about; what is answered by itself is not linked."""
        found = self.service_request
        by_itself = found.is_restricted or found.is_complaint or found.is_records_request
        return not by_itself and bool(self.pickers.others.incidents)


class LinkPickedForm(PickForm):
    """Which incident the ticked requests report."""

    incident = forms.TypedChoiceField(
        label=_("Incident"), coerce=int, error_messages={"required": _("Choose the incident they report.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_incidents(self, [(incident.pk, incident.title) for incident in open_incidents()])


def offer_incidents(form: forms.Form, incidents: Offered) -> None:
    """Let a form choose among the incidents that are open."""
    cast("forms.ChoiceField", form.fields["incident"]).choices = [("", _("Choose an incident")), *incidents]
