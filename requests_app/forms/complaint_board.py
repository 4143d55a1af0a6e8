"""How the board of complaints is narrowed; the address carries it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.selectors.directory import active_departments


class BoardForm(forms.Form):
    """One department with its divisions, or all."""

    department = forms.TypedChoiceField(label=_("Department"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(department.pk, department.name) for department in active_departments()]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *offered]

    @property
    def department_id(self) -> int | None:
        """Give the department asked for; one that cannot be read is none."""
        typed = self.cleaned_data if self.is_valid() else {}
        return typed.get("department")
