"""The register of corrective action, from input to cleaned values: no field takes a story (III.d.ii)."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.corrective_actions import MOST_REFERENCE, MOST_RULE, CorrectiveEntry
from requests_app.forms.fields import DayField
from requests_app.models import CorrectiveAction, CorrectiveSwitch
from requests_app.selectors.access import Actor
from requests_app.selectors.corrective_actions import people_for_register


class SwitchForm(forms.Form):
    """On or off, with the dated note that says on whose word."""

    is_on = forms.BooleanField(label=_("Keep the register"), required=False)
    includes_sworn = forms.BooleanField(
        label=_("Sworn staff may be entered"),
        required=False,
        help_text=_("Off by default: discipline of peace officers has a law of its own."),
    )
    noted_on = DayField(label=_("Date of the note"))
    note = forms.CharField(
        label=_("Note"), max_length=200, help_text=_("On whose word, for instance that the unions were told. No names.")
    )

    def __init__(self, data: Any = None, *, last: CorrectiveSwitch | None) -> None:
        now_so = {"is_on": last.is_on, "includes_sworn": last.includes_sworn} if last else {}
        super().__init__(data, initial=now_so)


class CorrectiveForm(forms.Form):
    """One line."""

    employee = forms.TypedChoiceField(label=_("Person"), coerce=int)
    acted_on = DayField(label=_("Date"))
    rule = forms.CharField(label=_("Rule applied"), max_length=MOST_RULE, help_text=_("By its number: “Rule 12.3”."))
    file_reference = forms.CharField(
        label=_("Reference of the personnel file"),
        max_length=MOST_REFERENCE,
        help_text=_("Without blanks. What happened stands there, never here."),
    )
    closed_on = DayField(label=_("Closed on"), required=False)

    def __init__(self, data: Any = None, *, actor: Actor, line: CorrectiveAction | None = None) -> None:
        names = ("acted_on", "rule", "file_reference", "closed_on")
        initial = {name: getattr(line, name) for name in names} | {"employee": line.employee_id} if line else {}
        super().__init__(data, initial=initial)
        named = {person.pk: f"{person.name}, {person.department.name}" for person in people_for_register(actor)}
        if line is not None:
            named.setdefault(line.employee_id, line.employee.name)
        cast("forms.ChoiceField", self.fields["employee"]).choices = [("", "---------"), *named.items()]

    def entry(self) -> CorrectiveEntry:
        """Give the line that was typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "employee"}
        return CorrectiveEntry(employee_id=self.cleaned_data["employee"], **typed)
