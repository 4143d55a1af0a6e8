"""A category, from input to cleaned values."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Confidentiality
from requests_app.forms.fields import PlainTextField
from requests_app.models import Category
from requests_app.models.labels import CONFIDENTIALITIES, KINDS, choices_of
from requests_app.selectors.directory import active_departments, active_employees
from requests_app.services.categories import CategoryEntry

_NOBODY = ("", _("Nobody: the intake queue of the department"))


class CategoryForm(forms.Form):
    """Names, everyday words, and who deals with it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=120, required=False)
    keywords = PlainTextField(
        label=_("Everyday words"),
        required=False,
        rows=3,
        help_text=_("What people say, in any language, separated by commas: pothole, hole in the road, bache."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(KINDS))
    department = forms.TypedChoiceField(label=_("Department"), coerce=int)
    default_owner = forms.TypedChoiceField(label=_("Goes to"), required=False, coerce=int, empty_value=None)
    backup_owner = forms.TypedChoiceField(label=_("If away, to"), required=False, coerce=int, empty_value=None)
    referral_agency = forms.CharField(
        label=_("Referred to another agency"),
        max_length=120,
        required=False,
        help_text=_("Its name, where this is not a city matter."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may read it"),
        choices=choices_of(CONFIDENTIALITIES),
        required=False,
        initial=Confidentiality.ORDINARY.value,
        help_text=_("Of requests logged from now on. A police hand-over keeps a receipt only, and no story."),
    )
    is_hazard = forms.BooleanField(
        label=_("Danger now: show 911 and the on-call number, and ask who was told"), required=False
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Without it nobody is offered this category; requests that have it keep it."),
    )

    def __init__(self, data: Any = None, *, category: Category | None = None) -> None:
        initial: dict[str, Any] = {}
        if category:
            plain = (
                "name", "name_es", "keywords", "kind", "referral_agency", "confidentiality", "is_hazard", "is_active",
            )  # fmt: skip
            initial = {name: getattr(category, name) for name in plain}
            initial |= {
                "department": category.department_id,
                "default_owner": category.default_owner_id,
                "backup_owner": category.backup_owner_id,
            }
        super().__init__(data, initial=initial)
        people = [_NOBODY, *((person.pk, f"{person.name}, {person.department}") for person in active_employees())]
        self._choose("department", [("", "---------"), *((row.pk, row.name) for row in active_departments())])
        self._choose("default_owner", people)
        self._choose("backup_owner", people)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_keywords(self) -> str:
        """Write the words one by one, each once, as the search reads them."""
        words = (word.strip() for word in re.split(r"[,;\n]", self.cleaned_data["keywords"]))
        return ", ".join(dict.fromkeys(word for word in words if word))

    def clean_confidentiality(self) -> str:
        """Keep the present level where none came in: a form that does not ask must not open anything up."""
        kept = self.initial.get("confidentiality", Confidentiality.ORDINARY.value)
        return str(self.cleaned_data["confidentiality"] or kept)

    def clean(self) -> dict[str, Any]:
        """Ask for two different people."""
        cleaned = super().clean() or self.cleaned_data
        backup = cleaned.get("backup_owner")
        if backup and backup == cleaned.get("default_owner"):
            self.add_error("backup_owner", _("Somebody cannot stand in for themselves. Choose another person."))
        return cleaned

    def entry(self) -> CategoryEntry:
        """Give the category that was typed."""
        cleaned = self.cleaned_data
        return CategoryEntry(
            name=cleaned["name"],
            name_es=cleaned["name_es"],
            keywords=cleaned["keywords"],
            kind=cleaned["kind"],
            department_id=cleaned["department"],
            default_owner_id=cleaned["default_owner"],
            backup_owner_id=cleaned["backup_owner"],
            referral_agency=cleaned["referral_agency"],
            confidentiality=cleaned["confidentiality"],
            is_hazard=cleaned["is_hazard"],
            is_active=cleaned["is_active"],
        )
