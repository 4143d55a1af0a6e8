"""One tap at the counter, from the button pressed to what it means."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.models import Category
from requests_app.selectors.counter_taps import countable_category

GREETED, OTHER = "greeted", "other"


class TapForm(forms.Form):
    """The button pressed: a category's number, "other" for one without a name, or "greeted" for no answer here."""

    key = forms.UUIDField()
    tap = forms.CharField(max_length=20)

    def clean_tap(self) -> str:
        """Find what the button stands for. Raises ValidationError for one that is no longer there."""
        tap: str = self.cleaned_data["tap"]
        self.category: Category | None = None
        if tap in (GREETED, OTHER):
            return tap
        self.category = countable_category(int(tap)) if tap.isascii() and tap.isdecimal() and len(tap) < 10 else None
        if self.category is None:
            raise ValidationError(_("That subject is no longer in use. Choose another one."))
        return tap

    def meaning(self) -> dict[str, Any]:
        """Give what a valid form asks the service for."""
        is_answered = self.cleaned_data["tap"] != GREETED
        return {"key": self.cleaned_data["key"], "is_answered": is_answered, "category": self.category}
