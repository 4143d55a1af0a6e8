"""The days of a sample of waiting times."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.waiting_times import LONGEST_SAMPLE_DAYS
from requests_app.forms.fields import DayField


class SampleForm(forms.Form):
    """From when to when visitors check in; a week or so, never back in time."""

    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days that are over, in the wrong order, or too many."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first is None or last is None:
            return cleaned
        if last < max(first, self._today):
            raise ValidationError(_("The last day is before the first, or over already."))
        if last - first >= timedelta(days=LONGEST_SAMPLE_DAYS):
            raise ValidationError(_("At most %(most)s days: it is a sample."), params={"most": LONGEST_SAMPLE_DAYS})
        return cleaned
