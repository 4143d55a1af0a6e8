"""What narrows the register of absences, read from its address; what cannot be read is passed over."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.forms.lists import SIZES
from requests_app.models.labels import Choices
from requests_app.selectors.absence_lists import ORDERS, AbsenceFilters, When
from requests_app.selectors.departments import department_choices
from requests_app.selectors.directory import every_employee

_WHEN: Choices = [
    ("", _("Now and to come")),
    (When.NOW.value, _("Away now")),
    (When.AHEAD.value, _("To come")),
    (When.PAST.value, _("Over")),
    (When.ALL.value, _("All")),
]


class AbsenceFilterForm(forms.Form):
    """The filters of the register."""

    when = forms.ChoiceField(label=_("When"), required=False, choices=_WHEN)
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in ORDERS], widget=forms.HiddenInput)
    size = forms.TypedChoiceField(
        required=False, choices=[(size, size) for size in SIZES], coerce=int, empty_value=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        people = [(person.pk, person.name) for person in every_employee().order_by("name_normalised", "pk")]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *department_choices()]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Everybody")), *people]

    def filters(self) -> AbsenceFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return AbsenceFilters(
            when=When(asked.get("when", "")),
            department_id=asked.get("department"),
            person_id=asked.get("person"),
            sort=asked.get("sort", ""),
        )

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
