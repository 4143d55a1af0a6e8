"""Suggestions of staff, from input to cleaned values (III.c.iii)."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.vocabulary import Confidentiality
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.forms.lists import SIZES
from requests_app.models import ServiceRequest
from requests_app.models.labels import Choices
from requests_app.selectors.access import Actor
from requests_app.selectors.departments import department_choices
from requests_app.selectors.improvements import ImprovementFilters, request_to_link

_PARTS: Choices = [
    ("", _("All")),
    ("waiting", _("Waits, in time")),
    ("overdue", _("Decision overdue")),
    ("this_week", _("To be decided within a week")),
    ("in_time", _("Decided in time")),
    ("late", _("Decided late")),
    ("due", _("Decided or overdue")),
    ("adopted", _("Adopted")),
    ("done", _("Adopted and done")),
    ("declined", _("Not adopted")),
]


class ImprovementForm(forms.Form):
    """What could be better, where, and whether under one's name."""

    title = forms.CharField(label=_("In one line"), max_length=160)
    text = PlainTextField(label=_("What could be better, and how"), rows=6)
    department = forms.TypedChoiceField(
        label=_("Which department it is about"),
        coerce=int,
        help_text=_("Its head, Human Resources or the city manager decides."),
    )
    number = forms.CharField(
        label=_("Came from a request"), max_length=20, required=False,
        help_text=_("Its tracking number, where a resident suggested it."),
    )  # fmt: skip
    is_anonymous = forms.BooleanField(
        label=_("Without my name"),
        required=False,
        help_text=_(
            "Your name is kept nowhere with it, so nobody can tell you what was decided: look here. Only the server's "
            "own log of visits still shows who used the page."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.source: ServiceRequest | None = None
        cast("forms.ChoiceField", self.fields["department"]).choices = department_choices()

    def clean_number(self) -> str:
        """Find the request. Raises ValidationError for one that is not there, not to be seen, or restricted."""
        typed: str = self.cleaned_data["number"].strip()
        if not typed:
            return ""
        number = normalise_tracking_number(typed) or typed
        self.source = request_to_link(number, self._actor)
        if self.source is None:
            raise ValidationError(gettext("No request has that tracking number. Check it and try again."))
        if self.source.confidentiality != Confidentiality.ORDINARY:
            raise ValidationError(gettext("Suggestions are open to all staff: take them from ordinary requests only."))
        return number


class CommentForm(forms.Form):
    """What somebody says to a suggestion."""

    text = PlainTextField(label=_("Your comment"), rows=3, help_text=_("Under your name, for all staff."))


class DecisionForm(forms.Form):
    """Whether it is adopted, and why."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=[("adopted", _("Adopted")), ("declined", _("Not adopted"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = PlainTextField(label=_("Reason"), rows=3, help_text=_("Whoever proposed it reads this, and all staff."))


class DoneForm(forms.Form):
    """What came of it."""

    note = PlainTextField(label=_("What was done"), rows=2)


class ImprovementFilterForm(forms.Form):
    """What narrows the list, read from its address; what cannot be read is passed over."""

    part = forms.ChoiceField(label=_("Standing"), required=False, choices=_PARTS)
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    proposed_from = DayField(label=_("Proposed from"), required=False)
    proposed_to = DayField(label=_("Proposed to"), required=False)
    own = forms.ChoiceField(label=_("Whose"), required=False, choices=[("", _("Everybody's")), ("1", _("Mine"))])
    size = forms.TypedChoiceField(
        required=False, choices=[(size, size) for size in SIZES], coerce=int, empty_value=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *department_choices()]

    def filters(self) -> ImprovementFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return ImprovementFilters(
            part=asked.get("part", ""),
            department_id=asked.get("department"),
            from_on=asked.get("proposed_from"),
            to_on=asked.get("proposed_to"),
            own=bool(asked.get("own")),
        )

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
