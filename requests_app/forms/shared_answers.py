"""A shared answer, from input to cleaned values (III.b.iv.4)."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.notice_texts import LANGUAGES
from requests_app.domain.placeholders import InvalidText
from requests_app.domain.shared_answers import VARIABLES, check_answers
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.forms.lists import SIZES
from requests_app.forms.second_edits import SecondEditForm
from requests_app.models import SharedAnswer
from requests_app.models.labels import Choices
from requests_app.selectors.categories import active_categories
from requests_app.selectors.directory import active_employees
from requests_app.selectors.shared_answers import SharedAnswerFilters
from requests_app.services.shared_answers import SharedAnswerEntry

_PARTS: Choices = [("", _("In use")), ("stale", _("To be read again")), ("retired", _("Retired"))]
_NAMES = ", ".join(f"{{{name}}}" for name in VARIABLES)


class SharedAnswerForm(SecondEditForm):
    """A title colleagues find it by, what it says in each language, whose it is and until when it holds."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("What people ask: “How do I get a parking permit?”")
    )
    text_en = PlainTextField(
        label=_("Answer in English"),
        rows=6,
        help_text=_("Filled in when it is used: %(names)s") % {"names": _NAMES},
    )
    text_es = PlainTextField(
        label=_("Answer in Spanish"),
        required=False,
        rows=6,
        help_text=_("Left empty, customers who speak Spanish are offered the English one."),
    )
    category = forms.TypedChoiceField(
        label=_("Offered first for"), required=False, coerce=int, empty_value=None,
        help_text=_("Requests of this category."),
    )  # fmt: skip
    owner = forms.TypedChoiceField(
        label=_("Whose it is"), coerce=int, help_text=_("Keeps it true, and is told when it is to be read again.")
    )
    review_by = DayField(label=_("Read it again by"))
    is_active = forms.BooleanField(
        label=_("In use"), required=False, initial=True, help_text=_("Without it nobody is offered this answer.")
    )

    def __init__(self, data: Any = None, *, answer: SharedAnswer | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", {})
        if answer is not None:
            initial |= {
                "version": answer.version,
                "title": answer.title,
                "text_en": answer.texts.get("en", ""),
                "text_es": answer.texts.get("es", ""),
                "category": answer.category_id,
                "owner": answer.owner_id,
                "review_by": answer.review_by,
                "is_active": answer.is_active,
            }
        super().__init__(data, initial=initial, **kwargs)
        self._choose("category", [("", _("Every category")), *((row.pk, row.name) for row in active_categories())])
        self._choose("owner", [(person.pk, f"{person.name}, {person.department}") for person in active_employees()])

    def clean(self) -> dict[str, Any]:
        """Refuse a text that could not be filled in, with what to do."""
        cleaned = super().clean() or {}
        for language in LANGUAGES:
            try:
                check_answers({"en": "-", language: cleaned.get(f"text_{language}", "")}, languages=LANGUAGES)
            except InvalidText as error:
                if f"text_{language}" in cleaned:
                    self.add_error(f"text_{language}", str(error))
        return cleaned

    def entry(self) -> SharedAnswerEntry:
        """Give the answer that was typed."""
        typed = self.cleaned_data
        return SharedAnswerEntry(
            title=typed["title"],
            texts={language: typed[f"text_{language}"] for language in LANGUAGES},
            review_by=typed["review_by"],
            owner_id=typed["owner"],
            category_id=typed["category"],
            is_active=typed["is_active"],
        )

    def refuse_title(self) -> None:
        """Say that the title is another answer's."""
        self.add_error("title", gettext("Another answer goes by this title. Choose another, or change that one."))

    def _choose(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class SharedAnswerFilterForm(forms.Form):
    """What narrows the list, read from its address; what cannot be read is passed over."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=forms.SearchInput)
    part = forms.ChoiceField(label=_("Which"), required=False, choices=_PARTS)
    size = forms.TypedChoiceField(
        required=False, choices=[(size, size) for size in SIZES], coerce=int, empty_value=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)

    def filters(self) -> SharedAnswerFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        return SharedAnswerFilters(words=self.cleaned_data.get("q", ""), part=self.cleaned_data.get("part", ""))

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
