"""The policy's versions, reviews and questions, from input to cleaned values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.policy_reviews import ReviewOutcome
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.models import PolicyVersion
from requests_app.models.labels import choices_of
from requests_app.models.policy_words import REVIEW_OUTCOMES
from requests_app.services.policies import PolicyEntry


class PolicyDraftForm(forms.Form):
    """The text of the next version."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = PlainTextField(
        label=_("Text"),
        rows=24,
        help_text=_("One line for each clause, beginning with its number: “III.b.ii.3 Answer calls …”."),
    )
    is_summary = forms.BooleanField(
        label=_("This is a summary, not the city’s own sentences"),
        required=False,
        help_text=_("Then it says so wherever it is shown."),
    )

    def __init__(self, data: Any = None, *, version: PolicyVersion | None = None) -> None:
        names = ("title", "text", "is_summary")
        super().__init__(data, initial={name: getattr(version, name) for name in names} if version else {})

    def entry(self) -> PolicyEntry:
        """Give the version that was typed, with line ends as every system keeps them."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return PolicyEntry(title=self.cleaned_data["title"], text=text, is_summary=self.cleaned_data["is_summary"])


class PublishForm(forms.Form):
    """When the version was approved, and from when it is in force."""

    approved_on = DayField(label=_("Approved on"))
    effective_from = DayField(
        label=_("In force from"), help_text=_("A case is judged by the version in force when it was received.")
    )


class CompleteReviewForm(forms.Form):
    """How a review ended, and where that is written."""

    completed_on = DayField(label=_("Completed on"))
    outcome = forms.TypedChoiceField(
        label=_("Outcome"), coerce=ReviewOutcome, choices=choices_of(REVIEW_OUTCOMES), widget=forms.RadioSelect
    )
    minutes_reference = forms.CharField(
        label=_("Where the minutes are"), max_length=120, help_text=_("Meeting and item, or a file number.")
    )


class QuestionForm(forms.Form):
    """Something the next review is to look at."""

    clause = forms.CharField(label=_("Clause"), max_length=20, required=False, help_text=_("If it is about one."))
    question = PlainTextField(label=_("Question"), rows=3)


class QuestionAnswerForm(forms.Form):
    """What came of a question."""

    answer = PlainTextField(label=_("Answer"), rows=3)
