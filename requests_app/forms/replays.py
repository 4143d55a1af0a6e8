"""What would be otherwise: days, rule, calendar or target, read from a form; whatever is empty stays as it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendars import WEEKDAYS
from requests_app.domain.deadlines import MAX_DAYS, Rule
from requests_app.domain.replays import Question
from requests_app.forms.fields import PlainTextField
from requests_app.selectors.calendar_words import WEEKDAY_NAMES
from requests_app.selectors.reports.replay_choices import ReplayChoices
from requests_app.selectors.standard_words import RULE_WORDS

_MOST_DATES = 60
_YEARS = range(2000, 2101)
_LONGEST_SHOWN = 40


class ReplayForm(forms.Form):
    """One question; at least one thing has to be otherwise."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(
        label=_("Days allowed"),
        required=False,
        min_value=1,
        max_value=MAX_DAYS,
        help_text=_("Counted as the standard counts them. A date somebody gave stays."),
    )
    rule = forms.ChoiceField(label=_("How the days are counted"), required=False)
    calendar = forms.ChoiceField(label=_("Calendar"), required=False)
    closed_weekdays = forms.TypedMultipleChoiceField(
        label=_("Closed on these weekdays as well"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    left_out = forms.MultipleChoiceField(
        label=_("Not closed on these days"), required=False, widget=forms.CheckboxSelectMultiple
    )
    closed_on = PlainTextField(
        label=_("Closed on these dates as well"),
        required=False,
        help_text=_("One date a line, like 2026-10-12."),
    )
    target = forms.DecimalField(
        label=_("Target, per cent kept"), required=False, min_value=Decimal("0.1"), max_value=100, decimal_places=1
    )

    def __init__(self, data: Any = None, *, choices: ReplayChoices, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"submission_key": uuid4(), **(initial or {})})
        self._choose("rule", [("", _("As the standard has it")), *((rule.value, RULE_WORDS[rule]) for rule in Rule)])
        self._choose("calendar", [("", _("The standard’s own")), *choices.calendars])
        self._choose("closed_weekdays", list(enumerate(WEEKDAY_NAMES[weekday] for weekday in WEEKDAYS)))
        self._choose("left_out", [(name, name) for name in choices.holidays])

    def clean_closed_on(self) -> frozenset[date]:
        """Read one date a line. Raises ValidationError naming the first line that is none."""
        lines = [line.strip() for line in self.cleaned_data["closed_on"].splitlines() if line.strip()]
        if len(lines) > _MOST_DATES:
            raise ValidationError(gettext("At most %(n)s dates at once.") % {"n": _MOST_DATES})
        return frozenset(_date(line) for line in lines)

    def clean_closed_weekdays(self) -> frozenset[int]:
        """Refuse a city that never opens."""
        weekdays = frozenset(self.cleaned_data["closed_weekdays"])
        if weekdays >= set(range(5)):
            raise ValidationError(_("Leave the city at least one weekday on which it is open."))
        return weekdays

    def clean(self) -> dict[str, Any]:
        """Ask for something to be otherwise."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.question().is_empty:
            self.add_error(None, _("Say what would be otherwise: days, rule, calendar or target."))
        return cleaned

    def question(self) -> Question:
        """Give the question that was asked."""
        cleaned = self.cleaned_data
        target = cleaned.get("target")
        return Question(
            number=cleaned.get("number"),
            rule=Rule(cleaned["rule"]) if cleaned.get("rule") else None,
            calendar=cleaned.get("calendar") or "",
            closed_weekdays=cleaned.get("closed_weekdays") or frozenset(),
            left_out=frozenset(cleaned.get("left_out") or ()),
            closed_on=cleaned.get("closed_on") or frozenset(),
            target=target / 100 if target is not None else None,
        )

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def initial_of(question: Question) -> dict[str, Any]:
    """Give what the form holds when a question is asked once more, with something changed."""
    return {
        **question.to_json(),
        "closed_on": "\n".join(on.isoformat() for on in sorted(question.closed_on)),
        "target": (question.target * 100).normalize() if question.target is not None else None,
    }


def _date(line: str) -> date:
    try:
        on = date.fromisoformat(line)
    except ValueError:
        on = None
    if on is None or on.year not in _YEARS:
        raise ValidationError(
            gettext("“%(line)s” is no date. Write one a line, like 2026-10-12.") % {"line": line[:_LONGEST_SHOWN]}
        )
    return on


class ReplayRowsForm(forms.Form):
    """What narrows the list of requests that would have been judged otherwise."""

    move = forms.ChoiceField(label=_("What changes"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)

    def __init__(self, data: Any, *, moves: Mapping[str, Any], departments: Mapping[str, str]) -> None:
        super().__init__(data)
        for name, anything, choices in (
            ("move", _("Everything"), moves),
            ("department", _("All departments"), departments),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", anything), *choices.items()]

    def chosen(self, name: str) -> str:
        """Give a choice that is one; anything else narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
