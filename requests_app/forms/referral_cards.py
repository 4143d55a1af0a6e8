"""A card of another agency, and a request that is referred with one: from input to cleaned values."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import CHANNEL_CHOICES, ActionForm, answering_channel
from requests_app.models import ReferralCard
from requests_app.selectors.directory import active_employees
from requests_app.services.entries import CloseEntry
from requests_app.services.referral_cards import ReferralCardEntry, told_with


class ReferralCardForm(forms.Form):
    """What the agency handles, how it is reached, and what is read back to a customer."""

    agency = forms.CharField(label=_("Agency"), max_length=120)
    handles = forms.CharField(label=_("What it handles"), max_length=200)
    keywords = PlainTextField(
        label=_("Everyday words"),
        required=False,
        rows=2,
        help_text=_("What people say, in any language, separated by commas: stray dog, perro."),
    )
    phone = forms.RegexField(
        label=_("Phone"),
        max_length=40,
        regex=r"^[0-9+(][0-9 ().,;x#+-]{1,}$",
        error_messages={"invalid": _("Enter a telephone number, for instance 510-555-0162.")},
    )
    web = forms.URLField(label=_("Web address"), max_length=200, required=False, assume_scheme="https")
    hours = forms.CharField(label=_("Hours"), max_length=120)
    hours_es = forms.CharField(label=_("Hours in Spanish"), max_length=120)
    read_back = forms.CharField(
        label=_("Read back in English"),
        max_length=300,
        help_text=_("One sentence; agency, telephone and hours are read out after it."),
    )
    read_back_es = forms.CharField(label=_("Read back in Spanish"), max_length=300)
    owner = forms.TypedChoiceField(
        label=_("Checked by"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Is asked once a year to call."),
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Without it nobody is offered this card; requests that have it keep it."),
    )

    def __init__(self, data: Any = None, *, card: ReferralCard | None = None) -> None:
        names = [name for name in self.base_fields if name != "owner"]
        initial = {**{name: getattr(card, name) for name in names}, "owner": card.owner_id} if card else {}
        super().__init__(data, initial=initial)
        people = [(person.pk, f"{person.name}, {person.department}") for person in active_employees()]
        cast("forms.ChoiceField", self.fields["owner"]).choices = [("", _("Nobody yet")), *people]

    def clean_keywords(self) -> str:
        """Write the words one by one, each once, as the search reads them."""
        words = (word.strip() for word in re.split(r"[,;\n]", self.cleaned_data["keywords"]))
        return ", ".join(dict.fromkeys(word for word in words if word))

    def entry(self) -> ReferralCardEntry:
        """Give the card that was typed."""
        typed = dict(self.cleaned_data)
        return ReferralCardEntry(owner_id=typed.pop("owner"), **typed)


class ReferForm(ActionForm):
    """To which agency a customer is sent; left empty, what they were told is what its card says."""

    card = forms.TypedChoiceField(label=_("Agency"), coerce=int)
    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES)
    text = PlainTextField(
        label=_("What the customer was told"),
        required=False,
        rows=2,
        help_text=_("Empty means what the card says, with telephone and hours, in the customer's language."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = answering_channel(self.service_request)
        cards = [("", _("Choose an agency")), *self.pickers.others.cards]
        cast("forms.ChoiceField", self.fields["card"]).choices = cards

    @property
    def is_offered(self) -> bool:
        """Say whether there is a card to choose; a complaint and a records request end in other ways."""
        found = self.service_request
        return not (found.is_complaint or found.is_records_request) and bool(self.pickers.others.cards)

    def entry(self) -> CloseEntry:
        """Give the ending that was chosen."""
        card = self.cleaned_data["card"]
        return CloseEntry(
            disposition=Disposition.REFERRED,
            note=self.cleaned_data["text"] or told_with(card, language=self.service_request.language),
            channel=Channel(self.cleaned_data["channel"]),
            referral_card_id=card,
        )
