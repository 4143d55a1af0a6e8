"""What an administrator does to a person beside changing their facts: roles, alternates, login."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.models import Employee
from requests_app.models.labels import ROLES, choices_of
from requests_app.selectors.departments import department_choices
from requests_app.selectors.directory import active_employees

_LARGEST_ID = 2**63 - 1


class PersonActForm(forms.Form):
    """What all of them need: the person they are about."""

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        self.employee = employee
        super().__init__(*args, **kwargs)


class GiveRoleForm(PersonActForm):
    """A role, and where it is held."""

    role = forms.ChoiceField(label=_("Role"), choices=choices_of(ROLES))
    department = forms.TypedChoiceField(
        label=_("In"),
        coerce=int,
        help_text=_("Staff, supervisors and heads: there and in its divisions. All other roles: the whole city."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["department"]).choices = department_choices()
        self.fields["role"].initial = Role.STAFF.value
        self.fields["department"].initial = self.employee.department_id


class RowForm(PersonActForm):
    """One row of the page, by the button beside it."""

    row = forms.IntegerField(min_value=1, max_value=_LARGEST_ID, widget=forms.HiddenInput)


class AddAlternateForm(PersonActForm):
    """Who stands in: a person, or a department's queue."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int, empty_value=None, required=False)
    department = forms.TypedChoiceField(label=_("or department"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = active_employees().exclude(pk=self.employee.pk)
        named = [(person.pk, f"{person.name}, {person.department.name}") for person in people]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Choose a person")), *named]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("No department")), *department_choices()]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("department")):
            self.add_error("person", _("Choose either a person or a department."))
        return cleaned


class ConfirmForm(PersonActForm):
    """An act that needs nothing typed."""
