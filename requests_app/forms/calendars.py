"""What an administrator says of a calendar, from input to cleaned values."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendars import WEEKDAYS, BusinessCalendar, Interval
from requests_app.domain.typed_hours import format_hours
from requests_app.forms.fields import HoursField
from requests_app.models import Closure
from requests_app.selectors.calendar_words import WEEKDAY_NAMES
from requests_app.services.calendar_drafts import ClosureEntry, HoursEntry

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def _date_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ClosureForm(forms.Form):
    """One date on which the weekly pattern does not hold."""

    on = _date_field(label=_("Date"))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As staff and residents read it."))
    hours = HoursField(label=_("Open all the same"), help_text=_("Leave it empty if closed all day."))

    @classmethod
    def about(cls, closure: Closure, *, auto_id: str) -> "ClosureForm":
        """Give the form filled with a closure."""
        intervals = (f"{start}-{end}" for start, end in closure.open)
        initial = {"on": closure.on, "name": closure.name, "hours": ", ".join(intervals)}
        return cls(initial=initial, auto_id=auto_id)

    def clean_on(self) -> date:
        """Refuse a year that can only be a slip."""
        on: date = self.cleaned_data["on"]
        if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
            raise ValidationError(_("That year cannot be right. Check the date."), code="invalid")
        return on

    def entry(self) -> ClosureEntry:
        """Give the closure that was typed."""
        cleaned = self.cleaned_data
        return ClosureEntry(on=cleaned["on"], name=cleaned["name"], open=cleaned["hours"])


class WeeklyHoursForm(forms.Form):
    """The weekly pattern: hours and days off of each weekday, and two local choices."""

    partial_days_count = forms.BooleanField(
        label=_("A day with hours of its own counts as a business day"),
        required=False,
        help_text=_("Local choice. Otherwise such a day is closed as far as answer-by dates go."),
    )
    business_day_hours = forms.DecimalField(
        label=_("Hours one business day is worth"),
        min_value=Decimal("0.25"),
        max_value=24,
        decimal_places=2,
        help_text=_("Used by standards that count open hours."),
    )

    def __init__(self, data: Any = None, *, calendar: BusinessCalendar) -> None:
        anchors = dict(calendar.alternate_days_off)
        initial: dict[str, Any] = {
            "partial_days_count": calendar.partial_days_count,
            "business_day_hours": calendar.business_day_hours,
        }
        super().__init__(data, initial=initial)
        for number, weekday in enumerate(WEEKDAYS):
            name = WEEKDAY_NAMES[weekday]
            self.fields[f"{weekday}_hours"] = HoursField(label=name)
            self.fields[f"{weekday}_off"] = _date_field(
                label=_("Every second %(weekday)s off, for instance") % {"weekday": name}, required=False
            )
            self.initial[f"{weekday}_hours"] = format_hours(calendar.weekly_hours[number])
            self.initial[f"{weekday}_off"] = anchors.get(number)

    def weekday_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Give hours and day off of each weekday, Monday first."""
        for weekday in WEEKDAYS:
            yield self[f"{weekday}_hours"], self[f"{weekday}_off"]

    def clean(self) -> dict[str, Any]:
        """Ask for a day off that is such a weekday, and for at least one open day."""
        cleaned = super().clean() or self.cleaned_data
        for number, weekday in enumerate(WEEKDAYS):
            off = cleaned.get(f"{weekday}_off")
            if off and off.weekday() != number:
                text = _("That date is not a %(weekday)s.") % {"weekday": WEEKDAY_NAMES[weekday]}
                self.add_error(f"{weekday}_off", text)
        if not self.errors and not any(cleaned[f"{weekday}_hours"] for weekday in WEEKDAYS):
            self.add_error("mon_hours", _("Enter hours for at least one weekday."))
        return cleaned

    def entry(self) -> HoursEntry:
        """Give the pattern that was typed."""
        hours: tuple[tuple[Interval, ...], ...] = tuple(self.cleaned_data[f"{weekday}_hours"] for weekday in WEEKDAYS)
        offs = {number: self.cleaned_data[f"{weekday}_off"] for number, weekday in enumerate(WEEKDAYS)}
        return HoursEntry(
            weekly_hours=hours,
            anchors={number: off for number, off in offs.items() if off},
            partial_days_count=self.cleaned_data["partial_days_count"],
            business_day_hours=self.cleaned_data["business_day_hours"],
        )
