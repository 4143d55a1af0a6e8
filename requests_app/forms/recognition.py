"""Recognition, from input to cleaned values (III.b.iv.5, III.d.iii)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.periods import Period
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.models.labels import Choices
from requests_app.selectors.access import Actor
from requests_app.selectors.departments import department_choices
from requests_app.selectors.directory import active_employees
from requests_app.selectors.recognition import RecognitionFilters, commendations_to_award, people_to_thank
from requests_app.services.recognition import AwardEntry

_MOST_OFFERED = 100
_SHOWN = 60


class ThanksForm(forms.Form):
    """Whom to thank, and for what."""

    person = forms.TypedChoiceField(label=_("Whom you thank"), coerce=int)
    text = PlainTextField(
        label=_("For what"), rows=4, help_text=_("They read it, and whoever leads them. Name no resident.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Choices = [(str(row.pk), f"{row.name}, {row.department.name}") for row in people_to_thank(actor)]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", "---------"), *named]


class AwardForm(forms.Form):
    """Who gets which award, when and on what occasion."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    name = forms.CharField(label=_("Award"), max_length=120)
    on = DayField(label=_("Given on"))
    occasion = forms.CharField(label=_("Occasion"), max_length=300, help_text=_("All staff reads this."))
    commendation = forms.TypedChoiceField(
        label=_("Out of a commendation"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        people: Choices = [(str(row.pk), f"{row.name}, {row.department.name}") for row in active_employees()]
        self._commended = {row.pk: row for row in commendations_to_award()[:_MOST_OFFERED]}
        offered: Choices = [(str(pk), f"{row.employee}: {row.text[:_SHOWN]}") for pk, row in self._commended.items()]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", "---------"), *people]
        cast("forms.ChoiceField", self.fields["commendation"]).choices = [("", _("none")), *offered]
        self.fields["on"].initial = today

    def clean(self) -> dict[str, Any]:
        """Refuse a commendation of somebody else, and a day that is still to come."""
        cleaned = super().clean() or self.cleaned_data
        source = self._commended.get(cleaned.get("commendation") or 0)
        if source is not None and source.employee_id != cleaned.get("person"):
            self.add_error("commendation", gettext("That commendation is of somebody else."))
        return cleaned

    def clean_on(self) -> date:
        """Refuse a day that is still to come. Raises ValidationError."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise ValidationError(gettext("That day is still to come."))
        return on

    def entry(self) -> AwardEntry:
        """Give the award that was typed."""
        typed = self.cleaned_data
        return AwardEntry(
            employee_id=typed["person"],
            name=typed["name"],
            occasion=typed["occasion"],
            on=typed["on"],
            commendation_id=typed["commendation"],
        )


class TakeBackForm(forms.Form):
    """Why something was given in error."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=200,
        help_text=_("They read it, and whoever leads them."),
        error_messages={"required": _("Say why it is taken back.")},
    )


def _end_of(on: date | None) -> datetime | None:
    """Give the last instant of a local day."""
    return None if on is None else Period(on, on).bounds(timezone.get_default_timezone())[1] - timedelta.resolution


class RegisterFilterForm(forms.Form):
    """What narrows the register, read from its address; what cannot be read is passed over."""

    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    as_of = DayField(label=_("As it stood at the end of"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("Given")), ("withdrawn", _("Taken back"))]
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *department_choices()]

    def filters(self) -> RecognitionFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return RecognitionFilters(
            from_on=asked.get("from_on"),
            to_on=asked.get("to_on"),
            department_id=asked.get("department"),
            as_of=_end_of(asked.get("as_of")),
            is_withdrawn=asked.get("standing") == "withdrawn",
        )

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
