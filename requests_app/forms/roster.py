"""What narrows the list of people, read from its address; what cannot be read is passed over."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.models.labels import ROLES, Choices, choices_of
from requests_app.selectors.departments import department_choices
from requests_app.selectors.roster import AT_WORK, EVERYBODY, LEFT, WITHOUT_LOGIN, RosterFilters

_STANDINGS: Choices = [
    ("", _("Working here")),
    (WITHOUT_LOGIN, _("Here, without a login")),
    (LEFT, _("Left")),
    (EVERYBODY, _("Everybody")),
]


class RosterFilterForm(forms.Form):
    """The filters of the list of people."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any")), *choices_of(ROLES)])
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=_STANDINGS)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *department_choices()]

    def filters(self) -> RosterFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return RosterFilters(
            text=asked.get("q", ""),
            department_id=asked.get("department"),
            role=asked.get("role", ""),
            standing=asked.get("standing") or AT_WORK,
        )

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and narrow something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
