"""What a colleague ticks, and the round Human Resources opens."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.pulses import PulseQuestion
from requests_app.forms.contact_fields import SubmissionKeyField
from requests_app.forms.surveys import scale_field
from requests_app.models.labels import choices_of
from requests_app.models.survey_words import PULSE_QUESTIONS, PULSE_STATEMENTS
from requests_app.selectors.feedback_figures import departments_with_a_duty
from requests_app.services.pulses import RoundEntry


class PulseForm(forms.Form):
    """The statements of a round, each of which may be left out."""

    def __init__(self, data: Any = None, *, questions: Iterable[str]) -> None:
        super().__init__(data)
        self._questions = [PulseQuestion(code) for code in questions]
        for question in self._questions:
            self.fields[question.value] = scale_field(PULSE_STATEMENTS[question])

    def clean(self) -> dict[str, Any]:
        """Ask for something."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, _("Please tick at least one answer."))
        return cleaned

    @property
    def scores(self) -> dict[PulseQuestion, int]:
        """Give what was ticked."""
        ticked = {question: self.cleaned_data.get(question.value) for question in self._questions}
        return {question: score for question, score in ticked.items() if score}


class RoundForm(forms.Form):
    """Whom to ask, what, and until when."""

    departments = forms.TypedMultipleChoiceField(
        label=_("Departments"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.MultipleChoiceField(
        label=_("Statements"),
        choices=choices_of(PULSE_QUESTIONS),
        initial=[question.value for question in PulseQuestion],
        widget=forms.CheckboxSelectMultiple,
    )
    closes_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Results can be read the day after. Three to sixty days from today."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    submission_key = SubmissionKeyField(required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        rows = list(departments_with_a_duty())
        super().__init__(data, initial={"departments": [row.pk for row in rows], "submission_key": uuid4(), **initial})
        self.fields["departments"].choices = [(row.pk, row.name) for row in rows]  # type: ignore[attr-defined]

    @property
    def entry(self) -> RoundEntry:
        """Give the round to open."""
        typed = self.cleaned_data
        return RoundEntry(
            department_ids=typed["departments"],
            questions=[PulseQuestion(code) for code in typed["questions"]],
            closes_on=typed["closes_on"],
            submission_key=typed["submission_key"] or uuid4(),
        )
