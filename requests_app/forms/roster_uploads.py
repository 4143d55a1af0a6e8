"""An uploaded roster file, from bytes to rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from requests_app.domain.roster_files import MOST_BYTES, RosterFile, UnusableRoster, read_roster_file
from requests_app.forms.fields import csv_file_field
from requests_app.selectors.roster_words import file_words


class RosterFileForm(forms.Form):
    """The file, read while it is checked."""

    file = csv_file_field()

    def clean_file(self) -> Any:
        """Read the file. Raises ValidationError with what to do about one that cannot be read."""
        upload = self.cleaned_data["file"]
        # One byte more than is allowed tells that there is more.
        data = upload.read(MOST_BYTES + 1)
        try:
            self.roster: RosterFile = read_roster_file(data)
        except UnusableRoster as unusable:
            raise ValidationError(file_words(unusable), code=unusable.code) from unusable
        return upload


class ApplyForm(forms.Form):
    """The fingerprint of the preview that was read, and the ticked lines."""

    digest = forms.RegexField(r"^[0-9a-f]{64}\Z", widget=forms.HiddenInput)
    ticked = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, lines: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ticked"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(line, str(line)) for line in lines]
