"""What narrows a list, read from its address; what cannot be read is ignored and told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import DayField
from requests_app.models.labels import CHANNELS, KINDS, STATUSES, Choices, choices_of
from requests_app.selectors.list_choices import ListChoices
from requests_app.selectors.list_filters import (
    DANGER_CODE,
    FROM_COLLEAGUES,
    FROM_PUBLIC,
    NOBODY,
    UNFINISHED_CODE,
    ListFilters,
)
from requests_app.selectors.lists import Sort

SIZES = (25, 50, 100)
PICK_LIMIT = 100
_LONGEST_SHOWN = 40
_ASKERS: Choices = [(FROM_PUBLIC, _("The public")), (FROM_COLLEAGUES, _("Colleagues"))]
_DANGERS: Choices = [(DANGER_CODE, _("Danger, not over"))]
_DUE: Choices = [("overdue", _("Overdue")), ("today", _("Due today"))]
_STATUSES: Choices = [(UNFINISHED_CODE, _("Not closed")), *choices_of(STATUSES)]


def _any(label: Any, choices: Choices) -> Choices:
    return [("", label), *choices]


class ListFilterForm(forms.Form):
    """Everything a list may be narrowed by; a list keeps the fields it names."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=_any(_("All"), _STATUSES))
    due = forms.ChoiceField(label=_("Answer by"), required=False, choices=_any(_("Any day"), _DUE))
    department = forms.ChoiceField(label=_("Department"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=_any(_("All"), choices_of(CHANNELS)))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_any(_("All"), choices_of(KINDS)))
    asker = forms.ChoiceField(label=_("Asked by"), required=False, choices=_any(_("All"), _ASKERS))
    danger = forms.ChoiceField(label=_("Danger"), required=False, choices=_any(_("All"), _DANGERS))
    received_from = DayField(label=_("Received from"), required=False)
    received_to = DayField(label=_("Received to"), required=False)
    due_on = DayField(label=_("Due on"), required=False)
    tab = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(sort.value, sort.value) for sort in Sort], widget=forms.HiddenInput
    )
    size = forms.TypedChoiceField(
        label=_("Rows"), required=False, choices=[(size, size) for size in SIZES], coerce=int, empty_value=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], *, choices: ListChoices, keep: tuple[str, ...]) -> None:
        super().__init__(data)
        people: Choices = [(NOBODY, _("nobody yet")), *choices.employees]
        self._offer("department", _("All"), [*choices.departments])
        self._offer("category", _("All"), [*choices.categories])
        self._offer("owner", _("Everybody"), people)
        for name in [name for name in self.fields if name not in (*keep, "sort", "size")]:
            del self.fields[name]

    def _offer(self, name: str, label: Any, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = _any(label, choices)

    def list_filters(self) -> ListFilters:
        """Give what was understood; a field in error narrows nothing."""
        asked = self.cleaned_data
        return ListFilters(
            text=asked.get("q", ""),
            status=asked.get("status", ""),
            due=asked.get("due", ""),
            due_on=asked.get("due_on"),
            department_id=_number(asked.get("department")),
            category_id=_number(asked.get("category")),
            owner=asked.get("owner", ""),
            channel=asked.get("channel", ""),
            kind=asked.get("kind", ""),
            asker=asked.get("asker", ""),
            danger=asked.get("danger", ""),
            received_from=asked.get("received_from"),
            received_to=asked.get("received_to"),
        )


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list's address as read: the form to draw, the filters, the order, and what was ignored, in words."""

    form: ListFilterForm
    filters: ListFilters
    sort: Sort
    size: int
    params: list[tuple[str, str]]
    ignored: list[str]


def read_address(
    given: Mapping[str, str], *, choices: ListChoices, keep: tuple[str, ...], sort: Sort = Sort.DUE
) -> ListAddress:
    """Read the address of a list; what is wrong in it is left out of everything that follows, and named."""
    read = ListFilterForm(given, choices=choices, keep=keep)
    ignored = [_ignored(read, name) for name in read.errors]
    params = [
        (name, value) for name in read.fields if name not in read.errors and (value := given.get(name, "").strip())
    ]
    clean = ListFilterForm(dict(params), choices=choices, keep=keep)
    clean.full_clean()
    return ListAddress(
        form=clean,
        filters=clean.list_filters(),
        sort=Sort(clean.cleaned_data.get("sort") or sort),
        size=clean.cleaned_data.get("size") or SIZES[0],
        params=params,
        ignored=ignored,
    )


class PickForm(forms.Form):
    """The requests that were ticked, and where to go back to."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: ListChoices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = choices.employees if choices else []


class GiveForm(PickForm):
    """Whom to give them to."""

    to = forms.ChoiceField(label=_("Give to"), error_messages={"required": _("Choose who is to have them.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _any(_("Choose a person"), [*self.people])


class ExcuseForm(PickForm):
    """Why a late answer is excused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stands beside the rate, never in it. The answer is still owed, and reminders go on."),
        error_messages={"required": _("Write why the late answer is excused.")},
    )


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _ignored(form: ListFilterForm, name: str) -> str:
    shown = str(form.data.get(name, ""))[:_LONGEST_SHOWN]
    return gettext("%(field)s “%(value)s” is not something this list knows; it was left out.") % {
        "field": form.fields[name].label or name,
        "value": shown,
    }
