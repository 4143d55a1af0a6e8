"""Counted contacts, typed one by one or in a file."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.counted_contacts import COUNTABLE, MOST_COUNTED
from requests_app.domain.roster_files import MOST_BYTES, RosterFile, UnusableRoster
from requests_app.domain.vocabulary import Channel
from requests_app.forms.fields import csv_file_field
from requests_app.models import Department
from requests_app.models.labels import CHANNELS
from requests_app.selectors.counted_contacts import read_count_file
from requests_app.selectors.roster_words import file_words


class CountForm(forms.Form):
    """What a machine counted on one day."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    department_id = forms.TypedChoiceField(label=_("Department"), coerce=int)
    channel = forms.TypedChoiceField(
        label=_("Channel"), coerce=Channel, choices=[(each.value, CHANNELS[each]) for each in COUNTABLE]
    )
    count = forms.IntegerField(label=_("Counted"), min_value=0, max_value=MOST_COUNTED)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        rows = [(str(row.pk), row.name) for row in Department.objects.order_by("name")]
        # None is chosen beforehand: a number typed in haste would stand for whoever comes first.
        cast("forms.TypedChoiceField", self.fields["department_id"]).choices = [("", "---------"), *rows]

    def clean_on(self) -> date:
        """Refuse days to come. Raises ValidationError."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise ValidationError(_("That day has not come yet."))
        return on


class CountFileForm(forms.Form):
    """The file, read while it is checked."""

    file = csv_file_field()

    def clean_file(self) -> Any:
        """Read the file. Raises ValidationError with what to do about one that cannot be read."""
        upload = self.cleaned_data["file"]
        data = upload.read(MOST_BYTES + 1)  # one byte more than is allowed tells that there is more
        try:
            self.rows: RosterFile = read_count_file(data)
        except UnusableRoster as unusable:
            raise ValidationError(file_words(unusable), code=unusable.code) from unusable
        return upload
