"""Which of two customers each fact is taken from, from input to cleaned values."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from requests_app.domain.customer_merges import CHOSEN_FACTS
from requests_app.models import Customer
from requests_app.selectors.customer_page import fact_words
from requests_app.services.customer_merges import MergeEntry

_STAYING, _OTHER = "staying", "other"
FACT_LABELS = {"name": _("Name"), "kind": _("Is a"), "language": _("Language")}


class MergeForm(forms.Form):
    """A choice for each fact the two differ in; the versions are those the preview was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    other_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: QueryDict | None = None, *, staying: Customer, other: Customer) -> None:
        super().__init__(data, initial={"version": staying.version, "other_version": other.version})
        self.staying, self.other = staying, other
        for name in CHOSEN_FACTS:
            ours, theirs = getattr(staying, name), getattr(other, name)
            if ours != theirs:
                self.fields[name] = forms.ChoiceField(
                    label=FACT_LABELS[name],
                    choices=[(_STAYING, fact_words(name, ours)), (_OTHER, fact_words(name, theirs))],
                    widget=forms.RadioSelect,
                    initial=_STAYING if ours else _OTHER,
                )

    @property
    def choices(self) -> list[forms.BoundField]:
        """Give the fields to choose in."""
        return [self[name] for name in CHOSEN_FACTS if name in self.fields]

    def entry(self) -> MergeEntry:
        """Give the merge that was chosen."""
        typed = self.cleaned_data
        return MergeEntry(
            survivor_id=self.staying.pk,
            survivor_version=typed["version"],
            merged_id=self.other.pk,
            merged_version=typed["other_version"],
            taken=frozenset(name for name in CHOSEN_FACTS if typed.get(name) == _OTHER),
        )
