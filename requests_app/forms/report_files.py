"""Which file of a report is wanted."""

from typing import Any
from uuid import uuid4, uuid5

from django import forms

from requests_app.models import ReportFile


class ReportFileForm(forms.Form):
    """The format; the filters of the report come with it as they stand in its address."""

    format = forms.ChoiceField(choices=ReportFile.Format.choices)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Give each format a key of its own: both buttons stand in one form, which a browser may go back to."""
        cleaned = super().clean() or {}
        key = cleaned.get("submission_key")
        return {**cleaned, "submission_key": uuid5(key, cleaned["format"]) if key and "format" in cleaned else key}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid4
