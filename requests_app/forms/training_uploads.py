"""An uploaded file of training records, from bytes to rows."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roster_files import MOST_BYTES, RosterFile, UnusableRoster, read_table
from requests_app.domain.training_rows import MOST_ROWS, NEEDED, column_of
from requests_app.forms.fields import csv_file_field
from requests_app.models import TrainingCourse
from requests_app.models.labels import Choices
from requests_app.selectors.roster_words import file_words


class TrainingFileForm(forms.Form):
    """The file, read while it is checked, and which course rows without one are of."""

    file = csv_file_field()
    course = forms.ChoiceField(
        label=_("Course of rows that name none"), required=False, help_text=_("For the list of one class.")
    )

    def __init__(self, *args: Any, courses: Iterable[TrainingCourse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Choices = [(course.name, course.name) for course in courses]
        cast("forms.ChoiceField", self.fields["course"]).choices = [("", _("as the file says")), *named]

    def clean_file(self) -> Any:
        """Read the file. Raises ValidationError with what to do about one that cannot be read."""
        upload = self.cleaned_data["file"]
        # One byte more than is allowed tells that there is more.
        data = upload.read(MOST_BYTES + 1)
        try:
            self.rows: RosterFile = read_table(data, column_of=column_of, needed=NEEDED, most_rows=MOST_ROWS)
        except UnusableRoster as unusable:
            raise ValidationError(file_words(unusable), code=unusable.code) from unusable
        return upload


class ApplyFileForm(forms.Form):
    """The fingerprint of the preview that was read."""

    digest = forms.RegexField(r"^[0-9a-f]{64}\Z", widget=forms.HiddenInput)
