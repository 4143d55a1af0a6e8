"""A department, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.models import Department
from requests_app.selectors.departments import department_choices
from requests_app.services.departments import DepartmentEntry


class DepartmentForm(forms.Form):
    """Name, place in the tree, telephone; the city itself has no place."""

    name = forms.CharField(label=_("Name"), max_length=120)
    parent = forms.TypedChoiceField(
        label=_("Belongs to"),
        coerce=int,
        help_text=_("Roles reach down: moving a department moves who may see its requests, from the next page on."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args: Any, department: Department | None = None, **kwargs: Any) -> None:
        if department:
            kwargs["initial"] = {"name": department.name, "parent": department.parent_id, "phone": department.phone}
        super().__init__(*args, **kwargs)
        if department and department.parent_id is None:
            del self.fields["parent"]
        else:
            cast("forms.ChoiceField", self.fields["parent"]).choices = department_choices(without=department)

    def entry(self) -> DepartmentEntry:
        """Give the department that was typed."""
        typed = self.cleaned_data
        return DepartmentEntry(name=typed["name"], phone=typed["phone"], parent_id=typed.get("parent"))
