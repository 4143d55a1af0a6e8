"""What people a complaint is about were told and asked, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.fairness import OWED
from requests_app.domain.vocabulary import FairnessKind
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.forms.requests import ActionForm
from requests_app.models.labels import FAIRNESS_KINDS
from requests_app.selectors.directory import employees_not_concerned, people_concerned
from requests_app.selectors.fairness import fairness_owed
from requests_app.services.fairness import FairnessEntry


class FairnessForm(ActionForm):
    """One step for a person the complaint is about; offered where there is such a person."""

    person = forms.TypedChoiceField(label=_("Person the complaint is about"), coerce=int)
    kind = forms.ChoiceField(
        label=_("What was done"),
        choices=[(kind.value, FAIRNESS_KINDS[kind]) for kind in OWED],
        widget=forms.RadioSelect,
        help_text=_("A redacted copy is made under Public-records exports; name its number below."),
    )
    on = DayField(label=_("On"))
    by = forms.TypedChoiceField(label=_("By"), coerce=int, empty_value=None, required=False)
    text = PlainTextField(
        label=_("Statement or note"),
        required=False,
        help_text=_(
            "For a statement: the person's own words, or that they make none. Whoever may read the complaint reads it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.service_request
        self.people = [(person.pk, person.name) for person in people_concerned(found)] if found.is_complaint else []
        owed = fairness_owed(found) if self.people else []
        colleagues = [(person.pk, person.name) for person in employees_not_concerned(found)] if self.people else []
        self._offer("person", self.people)
        self._offer("by", [("", _("Me")), *colleagues])
        if owed:
            self.fields["person"].initial = owed[0].employee.pk
            self.fields["kind"].initial = owed[0].owed[0]

    @property
    def is_offered(self) -> bool:
        """Say whether the complaint is about anybody."""
        return bool(self.people)

    def clean(self) -> dict[str, Any]:
        """Ask for the words of a statement."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == FairnessKind.STATEMENT and not cleaned.get("text"):
            self.add_error("text", _("Write what the person said, or that they make no statement."))
        return cleaned

    def entry(self) -> FairnessEntry:
        """Give the step that was typed."""
        typed = self.cleaned_data
        return FairnessEntry(
            employee_id=typed["person"],
            kind=FairnessKind(typed["kind"]),
            on=typed["on"],
            text=typed["text"],
            by_id=typed["by"],
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices
