"""What the complainant said after the answer, or that nobody was reached, from input to cleaned values (III.b.v.3)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import needs_attempts
from requests_app.domain.vocabulary import AttemptOutcome, Channel, FollowUpOutcome
from requests_app.forms.complaints import ComplaintForm
from requests_app.forms.fields import CityDateTimeField, PlainTextField
from requests_app.forms.requests import CHANNEL_CHOICES
from requests_app.models.labels import ATTEMPT_OUTCOMES, Choices
from requests_app.selectors.choices import current_choices
from requests_app.selectors.complaints import attempts_so_far, may_end_without_word
from requests_app.services.complaint_follow_ups import FollowUpEntry

_SAID: Choices = [
    (FollowUpOutcome.CONFIRMED.value, _("They say it is resolved: close it")),
    (FollowUpOutcome.NOT_RESOLVED.value, _("They say it is not resolved: open it again")),
    (FollowUpOutcome.DECLINED.value, _("They want no follow-up: close it")),
]
_TRIED: Choices = [
    (code.value, ATTEMPT_OUTCOMES[code])
    for code in (AttemptOutcome.LEFT_MESSAGE, AttemptOutcome.NO_ANSWER, AttemptOutcome.WRONG_NUMBER)
]
_UNREACHED: Choices = [(FollowUpOutcome.NOT_REACHED.value, _("They could not be reached: close it"))]


class FollowUpForm(ComplaintForm):
    """What came of asking them whether it is resolved."""

    came_of_it = forms.ChoiceField(
        label=_("What came of it"), choices=[*_SAID, *_TRIED, *_UNREACHED], widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("By"), choices=CHANNEL_CHOICES, initial=Channel.PHONE.value)
    occurred_at = CityDateTimeField(label=_("When"), required=False, help_text=_("Leave it empty for now."))
    text = PlainTextField(label=_("What they said, or a note"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.service_request.is_complaint:
            attempts, needed = attempts_so_far(self.service_request), current_choices().follow_up_attempts
            self.fields["came_of_it"].help_text = _tried_so_far(attempts, needed)
            if not may_end_without_word(self.service_request, attempts=attempts, needed=needed):
                self.offer("came_of_it", [*_SAID, *_TRIED])

    def clean(self) -> dict[str, Any]:
        """Ask for what was said, where somebody said something."""
        cleaned = super().clean() or self.cleaned_data
        outcome = self._outcome() if "came_of_it" in cleaned else None
        if outcome and not needs_attempts(outcome) and not cleaned.get("text"):
            self.add_error("text", _("Write what they said."))
        return cleaned

    def entry(self, now: datetime) -> FollowUpEntry:
        """Give the follow-up that was typed."""
        outcome = self._outcome()
        return FollowUpEntry(
            channel=Channel(self.cleaned_data["channel"]),
            text=self.cleaned_data["text"],
            occurred_at=self.typed_at("occurred_at", now),
            outcome=outcome,
            attempt=None if outcome else AttemptOutcome(self.cleaned_data["came_of_it"]),
            submission_key=self.cleaned_data["submission_key"],
        )

    def _outcome(self) -> FollowUpOutcome | None:
        typed = self.cleaned_data["came_of_it"]
        return FollowUpOutcome(typed) if typed in list(FollowUpOutcome) else None


def _tried_so_far(attempts: int, needed: int) -> str:
    so_far = ngettext("%(n)s attempt so far.", "%(n)s attempts so far.", attempts) % {"n": attempts}
    if attempts >= needed:
        return so_far
    rest = gettext("After %(needed)s it may end unreached.") % {"needed": needed}
    return f"{so_far} {rest}"
