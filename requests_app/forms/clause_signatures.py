"""What somebody signs of a clause, and for whom."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.forms.fields import PlainTextField
from requests_app.models import Department
from requests_app.models.labels import Choices
from requests_app.selectors.access import Actor


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class SignatureForm(forms.Form):
    """Days, department, words and where the evidence is; Human Resources may sign for the whole city."""

    department_id = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    from_on = _day(_("From"))
    to_on = _day(_("To"))
    statement = PlainTextField(label=_("I say that"), rows=2)
    evidence = forms.CharField(
        label=_("Where the evidence is kept"), max_length=300, required=False, help_text=_("A file number, a folder.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, actor: Actor, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        rows = Department.objects.order_by("name")
        is_hr = actor.holds(Role.HR)
        if not is_hr:
            rows = rows.filter(pk__in=actor.departments_as(Role.DEPARTMENT_HEAD))
        named: Choices = [(str(row.pk), row.name) for row in rows]
        choices: Choices = [("", _("the whole city")), *named] if is_hr else named
        field = cast("forms.TypedChoiceField", self.fields["department_id"])
        field.choices = choices
        field.required = not is_hr

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and first > last:
            self.add_error("to_on", _("The last day is before the first."))
        return cleaned
