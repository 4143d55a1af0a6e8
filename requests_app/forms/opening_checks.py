"""The opening checklist: what is not in order, and what stands on it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.opening_checks import MOST_ITEMS, MOST_LETTERS, tidied_items, too_long
from requests_app.forms.fields import PlainTextField


class SeenForm(forms.Form):
    """The items as they were shown: numbers joined by commas."""

    items = forms.CharField(max_length=400, widget=forms.HiddenInput)

    def clean_items(self) -> list[int]:
        """Read the numbers; what is no number was never shown."""
        parts = str(self.cleaned_data["items"]).split(",")
        return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 10]


class ExceptionsForm(SeenForm):
    """One note for each item that is not in order."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        texts: Mapping[int, str],
        initial: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(data, initial={"items": ",".join(map(str, texts))})
        self._numbers = list(texts)
        for number, text in texts.items():
            self.fields[f"note_{number}"] = forms.CharField(
                label=text, max_length=MOST_LETTERS, required=False, initial=(initial or {}).get(number, "")
            )

    @property
    def notes(self) -> dict[int, str]:
        """Give what was written, by item."""
        return {number: self.cleaned_data.get(f"note_{number}", "") for number in self._numbers}

    @property
    def note_fields(self) -> list[forms.BoundField]:
        """List the fields of the items."""
        return [self[f"note_{number}"] for number in self._numbers]


class FirstExceptionsForm(ExceptionsForm):
    """The same before anything was signed: signing with notes takes a note."""

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any note: the other button says that all is in order."""
        cleaned = super().clean() or {}
        if not any(self.notes.values()):
            raise ValidationError(_("Write what is not in order, or press “All in order”."))
        return cleaned


class ChecklistForm(forms.Form):
    """The items, one on a line, in their order."""

    items = PlainTextField(
        label=_("Items, one on a line"),
        rows=10,
        help_text=_("In the order in which they are looked at. What was signed before keeps its words."),
    )

    def clean_items(self) -> list[str]:
        """Refuse none, too many, and lines that are too long."""
        items = tidied_items(self.cleaned_data["items"])
        if not items:
            raise ValidationError(_("Write at least one item."))
        if len(items) > MOST_ITEMS:
            raise ValidationError(_("At most %(most)s items, or nobody reads them."), params={"most": MOST_ITEMS})
        if too_long(items):
            raise ValidationError(_("A line has at most %(most)s characters."), params={"most": MOST_LETTERS})
        return items
