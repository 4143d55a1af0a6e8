"""The filters of a report: what the reader chooses, and what narrows the list behind one figure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from requests_app.domain.metrics import MOST_TRANSFERS, PARTS, TIME_BINS
from requests_app.domain.periods import Month
from requests_app.models.labels import CHANNELS, KINDS, MILESTONES, Choices, choices_of
from requests_app.selectors.reports.choices import ReportChoices
from requests_app.selectors.reports.first_contact import CONTACT_PARTS
from requests_app.selectors.reports.scope import Narrowing

CUSTOM = "custom"
_YEARS = range(1970, 2101)
_MONTHS_OFFERED = 13
_MOST_MONTHS = 120  # every row is put into its month: a century of them would keep the database busy for minutes
_LIST_PARTS = sorted({*PARTS, *CONTACT_PARTS, "no_target", "on_time"})


class _Day(forms.DateField):
    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])

    def clean(self, value: Any) -> Any:
        on = super().clean(value)
        if on is not None and on.year not in _YEARS:
            raise forms.ValidationError(_("That year is out of reach."))
        return on


class ReportFilterForm(forms.Form):
    """Period, department, channel, standard, kind and "as known on"; the rest narrows the list behind a figure."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[("", _("All channels")), *choices_of(CHANNELS)]
    )
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *choices_of(KINDS)])
    as_of = _Day(_("As known on"))
    milestone = forms.ChoiceField(required=False, choices=[("", ""), *choices_of(MILESTONES)])
    part = forms.ChoiceField(required=False, choices=[(name, name) for name in _LIST_PARTS])
    own = forms.BooleanField(required=False)
    language = forms.CharField(required=False, max_length=8)
    weekday = forms.IntegerField(required=False, min_value=1, max_value=7)
    hour = forms.IntegerField(required=False, min_value=0, max_value=23)
    time_bin = forms.ChoiceField(required=False, choices=[(code, code) for code in TIME_BINS])
    moves = forms.IntegerField(required=False, min_value=0, max_value=MOST_TRANSFERS)
    gives = forms.IntegerField(required=False, min_value=0, max_value=MOST_TRANSFERS)
    typed_in_late = forms.BooleanField(required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    source = forms.CharField(required=False, max_length=20)
    agency = forms.CharField(required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any], *, choices: ReportChoices, today: date) -> None:
        super().__init__(data)
        self.today = today
        # "from" is no name Python would take for a class attribute.
        self.fields["from"] = _Day(_("From"))
        self.fields["to"] = _Day(_("To"))
        indent = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        departments = [(each.slug, f"{indent * max(0, each.depth - 1)}{each.name}") for each in choices.departments]
        self._choose("period", _period_choices(today))
        self._choose("department", [("", _("All departments")), *departments])
        self._choose("standard", [("", _("First response")), *((each.code, each.name) for each in choices.standards)])

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and days to come."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day is before the first."))
        elif first and last and Month.of(last) >= Month.of(first).plus(_MOST_MONTHS):
            self.add_error("to", _("That is more than ten years. Ask for them in parts."))
        as_of = cleaned.get("as_of")
        if as_of and as_of > self.today:
            self.add_error("as_of", _("That day has not come yet."))
        return cleaned

    def narrowing(self) -> Narrowing:
        """Give what leads to the list behind one figure."""
        known = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        return Narrowing(
            language=known.get("language") or "",
            weekday=known.get("weekday"),
            hour=known.get("hour"),
            time_bin=known.get("time_bin") or "",
            moves=known.get("moves"),
            gives=known.get("gives"),
            is_typed_in_late=bool(known.get("typed_in_late")),
        )

    def label_of(self, name: str, value: str) -> str:
        """Say a choice in its words."""
        field = self.fields[name]
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
        return str(dict(choices).get(value, value)).strip()

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _period_choices(today: date) -> Choices:
    this_month = Month.of(today)
    earlier = [this_month.plus(-offset) for offset in range(2, _MONTHS_OFFERED)]
    return [
        ("", date_format(this_month.first_on, "F Y")),
        ("last_month", _("Last month")),
        ("year_to_date", _("This year so far")),
        *((str(month), date_format(month.first_on, "F Y")) for month in earlier),
        (CUSTOM, _("Other dates…")),
    ]
