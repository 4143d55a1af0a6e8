"""What a resident ticks and writes, and what Human Resources asks the staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.sensitive_text import has_card_or_social_security_number
from requests_app.domain.surveys import MOST_WORDS, Question
from requests_app.models.survey_words import AGREEMENT, SURVEY_STATEMENTS
from requests_app.services.surveys import AnswerGiven


def scale_field(statement: Any) -> forms.TypedChoiceField:
    """Give a statement with its five degrees of agreement; it may be left out."""
    return forms.TypedChoiceField(
        label=statement,
        choices=[(value, words) for value, words in AGREEMENT.items()],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class SurveyForm(forms.Form):
    """Five statements and one text; something has to be said, nothing in particular."""

    comment = forms.CharField(
        label=_("Anything you would like to add?"),
        help_text=_("Please leave out names and numbers of cards or documents. Only Human Resources reads this."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = scale_field(SURVEY_STATEMENTS[question])
        self.order_fields([*(question.value for question in Question), "comment"])

    def clean_comment(self) -> str:
        """Refuse what nobody should type."""
        comment: str = self.cleaned_data["comment"].replace("\0", "")
        if has_card_or_social_security_number(comment):
            raise forms.ValidationError(_("This looks like the number of a card or a document. Please take it out."))
        return comment

    def clean(self) -> dict[str, Any]:
        """Ask for something."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, _("Please tick at least one answer, or write a line."))
        return cleaned

    @property
    def given(self) -> AnswerGiven:
        """Give what was said."""
        scores = {question: self.cleaned_data.get(question.value) for question in Question}
        return AnswerGiven(
            scores={question: score for question, score in scores.items() if score is not None},
            comment=self.cleaned_data["comment"],
        )
