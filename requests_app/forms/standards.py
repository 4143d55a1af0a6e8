"""A version of a standard, from input to cleaned values."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.deadlines import MAX_DAYS, Rule
from requests_app.domain.vocabulary import Milestone, Unit
from requests_app.models.labels import UNITS, choices_of
from requests_app.selectors.standard_versions import StandardHistory
from requests_app.selectors.standard_words import RULE_WORDS, days_words
from requests_app.services.standards import StandardEntry

_LATEST = 365 * 5


class StandardForm(forms.Form):
    """How long an answer may take, how that is counted, from when on."""

    number = forms.IntegerField(label=_("Days"), min_value=1, max_value=MAX_DAYS)
    unit = forms.ChoiceField(label=_("Counted in"), choices=choices_of(UNITS))
    target = forms.DecimalField(
        label=_("Target, per cent kept"),
        min_value=Decimal("0.1"),
        max_value=100,
        decimal_places=1,
        help_text=_("Local choice: what “generally” means."),
    )
    effective_from = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tomorrow at the earliest."),
    )
    rule = forms.ChoiceField(
        label=_("How the days are counted"),
        choices=[(rule.value, words) for rule, words in RULE_WORDS.items()],
        widget=forms.RadioSelect,
        help_text=_("Calendar days are always counted to close of business."),
    )
    is_departure_known = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, history: StandardHistory) -> None:
        self.history = history
        current = history.in_force
        initial = {
            "number": current.number,
            "unit": current.unit,
            "target": (current.target_rate * 100).normalize(),
            "rule": current.rule,
        }
        super().__init__(data, initial=initial)
        if current.milestone == Milestone.PROMISED_ANSWER:  # its date is the one a person gave
            for name in ("number", "unit", "rule"):
                self.fields[name].disabled = True
        if history.founding is None:
            del self.fields["is_departure_known"]
        else:
            self.fields["is_departure_known"].label = gettext(
                "If the days differ: I know that %(clause)s says %(days)s, and that this departs from it"
            ) % {"clause": current.clause, "days": self.founding_words}

    @property
    def founding_words(self) -> str:
        """Say what policy or law asks for."""
        founding = self.history.founding
        return days_words(founding.number, Unit(founding.unit)) if founding else ""

    def clean_effective_from(self) -> date:
        """Refuse a date on which contacts have been judged, and one that can only be a slip."""
        on: date = self.cleaned_data["effective_from"]
        if on <= self.history.on:
            raise ValidationError(
                _(
                    "Contacts of that day are judged by the version in force when they came. Enter tomorrow or a later "
                    "date."
                )
            )
        if on > self.history.on + timedelta(days=_LATEST):
            raise ValidationError(_("That year cannot be right. Check the date."))
        if any(each.effective_from == on for each in self.history.coming) and not self.is_repeated(on):
            raise ValidationError(_("Another version begins on that date. Withdraw it first, or choose another date."))
        return on

    def is_repeated(self, on: date) -> bool:
        """Say whether the version of that date says just this already: a second click."""
        taken = next(each for each in self.history.coming if each.effective_from == on)
        typed = (self.cleaned_data.get("number"), self.cleaned_data.get("unit"))
        return (taken.number, taken.unit) == typed

    def clean(self) -> dict[str, Any]:
        """Ask to be told that a departure from policy or law is meant."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            departs = self.history.departs(cleaned["number"], Unit(cleaned["unit"]))
            if departs and not cleaned.get("is_departure_known"):
                words = {"clause": self.history.in_force.clause, "days": self.founding_words}
                text = gettext("%(clause)s says %(days)s. Tick that you know it, or enter that number.") % words
                self.add_error("is_departure_known", text)
        return cleaned

    def entry(self) -> StandardEntry:
        """Give the version that was typed."""
        cleaned = self.cleaned_data
        return StandardEntry(
            number=cleaned["number"],
            unit=Unit(cleaned["unit"]),
            rule=Rule(cleaned["rule"]),
            target_rate=cleaned["target"] / 100,
            effective_from=cleaned["effective_from"],
        )
