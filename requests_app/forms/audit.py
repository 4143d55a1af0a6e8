"""What narrows the audit trail, read from the address; what cannot be read is ignored and told."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import DayField
from requests_app.selectors.audit import AuditChoices, AuditFilters

_LARGEST = 2**63 - 1


class AuditFilterForm(forms.Form):
    """Person, action, object and days."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    action = forms.ChoiceField(label=_("Action"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    object_id = forms.IntegerField(label=_("Its number"), required=False, min_value=0, max_value=_LARGEST)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)

    def __init__(self, data: Mapping[str, Any], *, choices: AuditChoices) -> None:
        super().__init__(data)
        for name, label, offered in (
            ("person", _("Everybody"), choices.people),
            ("action", _("All"), choices.actions),
            ("kind", _("All"), choices.kinds),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", label), *offered]

    def filters(self) -> AuditFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.full_clean()
        asked = self.cleaned_data
        return AuditFilters(
            person=asked.get("person", ""),
            action=asked.get("action", ""),
            object_kind=asked.get("kind", ""),
            object_id=asked.get("object_id"),
            from_on=asked.get("from_on"),
            to_on=asked.get("to_on"),
        )

    def ignored(self) -> list[str]:
        """Say what was left out because nothing is called so."""
        said = gettext("%(field)s could not be read and was left out.")
        return [said % {"field": self.fields[name].label or name} for name in self.errors]

    def query(self, **more: str) -> str:
        """Give the address's part that asks for what was understood."""
        given = {name: str(self.data.get(name, "")).strip() for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in {**given, **more}.items() if value})
