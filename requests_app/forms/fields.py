"""Fields that every form shares: an instant in the city's time, and text as people type it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.typed_hours import parse_hours

DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


class CityDateTimeField(forms.DateTimeField):
    """An instant typed in the city's time; of an hour that occurs twice the first is meant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME_LOCAL)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[DATETIME_LOCAL], **kwargs)

    def to_python(self, value: object) -> datetime | None:
        """Read a local time. Raises ValidationError for one in the gap of a clock change."""
        # Not DateTimeField's own: it refuses the doubled hour, which DOMAIN reads as its first occurrence.
        naive = self._naive(value)
        if naive is None:
            return None
        zone = ZoneInfo(settings.TIME_ZONE)
        local = naive.replace(tzinfo=zone, fold=0)
        try:
            is_real = local.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) == naive
        except OverflowError as error:  # the first and last day that can be computed
            raise ValidationError(_("That year cannot be right. Check the date."), code="invalid") from error
        if not is_real:
            raise ValidationError(_("That time did not exist: the clocks went forward. Enter the time after it."))
        return local

    def _naive(self, value: object) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        try:
            # Also "2026-11-23 14:10", which people type where the browser has no picker.
            return datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError as error:
            raise ValidationError(_("Enter a date and time, for instance 2026-11-23 14:10."), code="invalid") from error


class DayField(forms.DateField):
    """A date from the browser's own picker; years no record has are refused."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read a date. Raises ValidationError for a year before 1900 or after 2190."""
        on = super().to_python(value)
        if on is not None and not 1900 <= on.year <= 2190:
            raise ValidationError(_("That year cannot be right. Check the date."), code="invalid")
        return on


class PlainTextField(forms.CharField):
    """Text of several lines; what no database can keep is refused with a message, not an error page."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse lone surrogates, which no database can keep."""
        cleaned = super().clean(value)
        try:
            cleaned.encode()
        except UnicodeEncodeError as error:
            raise ValidationError(_("This text has a character that cannot be stored. Type it again.")) from error
        return cleaned


class HoursField(forms.CharField):
    """The open hours of one day as people type them; empty is a closed day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, **kwargs)

    def clean(self, value: Any) -> Any:
        """Give intervals. Raises ValidationError with an example."""
        try:
            return parse_hours(super().clean(value))
        except InvalidCalendar as error:
            text = _("Write the hours in order, like 8:00-16:30, or 8:00-12:00, 13:00-16:30.")
            raise ValidationError(text, code="invalid") from error


def number_field(label: Any, text: Any, *, least: int, most: int) -> forms.IntegerField:
    """Give the field for a whole number between two, both included."""
    return forms.IntegerField(label=label, help_text=text, min_value=least, max_value=most)


def ratio_field(label: Any, text: Any) -> forms.FloatField:
    """Give the field for how many times more than usual."""
    step = forms.NumberInput(attrs={"step": "0.1"})
    return forms.FloatField(label=label, help_text=text, min_value=1.1, max_value=20, widget=step)


class RowsFileField(forms.FileField):
    """A file whose rows are shown before they are taken; left empty it says what to do."""

    def __init__(self, *, accept: str, **options: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": accept}),
            error_messages={"required": _("Choose a file first.")},
            **options,
        )


def csv_file_field() -> RowsFileField:
    """Give the field for a CSV file, as every import of rows has it."""
    return RowsFileField(
        label=_("CSV file"),
        help_text=_("At most 2 MB and 5,000 rows; commas or semicolons, UTF-8 or as Excel saves it."),
        accept=".csv,text/csv",
    )
