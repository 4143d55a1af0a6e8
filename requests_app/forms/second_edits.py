"""A form for what somebody else may change meanwhile: the second editor sees what is stored now, and keeps the text."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from requests_app.domain.wording import format_date
from requests_app.models.labels import Choices


class SecondEditForm(forms.Form):
    """`version` is the state the form was read in; `initial` is what is stored now."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def read_again(self) -> None:
        """Let the next save count against what is stored now, since its reader has been shown it."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["version"] = str(self["version"].initial)
            self.data = data

    def differences(self) -> list[str]:
        """Say, in words, what is stored now and differs from what was typed."""
        return [
            gettext("%(field)s is now “%(stored)s”.") % {"field": bound.label, "stored": stored_words(bound)}
            for bound in self.visible_fields()
            if bound.name in self.changed_data
        ]


def stored_words(bound: forms.BoundField) -> str:
    """Give what a field's stored value is called on screen."""
    stored = bound.initial
    if isinstance(bound.field, forms.ChoiceField):
        names = dict(_flat(cast("Choices", bound.field.choices)))
        codes = stored if isinstance(stored, list) else [stored]
        return ", ".join(names.get(str(code), str(code)) for code in codes) or gettext("nothing")
    if isinstance(stored, bool):
        return gettext("yes") if stored else gettext("no")
    if isinstance(stored, date):
        return format_date(stored)
    if isinstance(stored, time):
        return f"{stored:%H:%M}"
    return str(stored) if stored else gettext("nothing")


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Yield each value with its label, groups opened."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
