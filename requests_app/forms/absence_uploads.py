"""An uploaded file of absences, from bytes to rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roster_files import MOST_BYTES, RosterFile, UnusableRoster
from requests_app.forms.fields import RowsFileField
from requests_app.models import Employee
from requests_app.models.labels import Choices
from requests_app.selectors.absence_file_words import absence_file_words
from requests_app.selectors.absence_uploads import read_absence_file


class AbsenceFileForm(forms.Form):
    """The file, read while it is checked, and whose calendar it is."""

    file = RowsFileField(
        label=_("CSV or calendar file (.ics)"),
        help_text=_("At most 2 MB and 1,000 rows."),
        accept=".csv,.ics,text/csv,text/calendar",
    )
    person = forms.TypedChoiceField(
        label=_("Whose absences"), coerce=int, empty_value=None, required=False,
        help_text=_("For the calendar of one person. Else each row or event is taken by its e-mail address."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Employee], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        named: Choices = [(str(person.pk), f"{person.name}, {person.department.name}") for person in people]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("as the file says")), *named]

    def clean_file(self) -> Any:
        """Read the file. Raises ValidationError with what to do about one that cannot be read."""
        upload = self.cleaned_data["file"]
        # One byte more than is allowed tells that there is more.
        data = upload.read(MOST_BYTES + 1)
        try:
            self.rows: RosterFile = read_absence_file(data, today=self._today)
        except UnusableRoster as unusable:
            raise ValidationError(absence_file_words(unusable), code=unusable.code) from unusable
        return upload
