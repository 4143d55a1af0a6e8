"""From when until when somebody is away, as it is typed: days, and times only where they matter."""

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from requests_app.domain.absence_days import back_after, last_whole_day, start_of_day_away
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar
from requests_app.forms.fields import CityDateTimeField, DayField
from requests_app.models import Absence

_FROM, _UNTIL = ("first_on", "from_time"), ("last_on", "until_time", "ask_again_on")


class ClockField(forms.TimeField):
    """A time of the day from the browser's own picker."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], required=False, **kwargs)


class AbsenceDaysForm(forms.Form):
    """The days away. Whole days run from an opening to the next opening; a typed time takes its place."""

    first_on = DayField(label=_("First day away"), error_messages={"required": _("Enter the first day away.")})
    last_on = DayField(label=_("Last day away"), required=False)
    ask_again_on = DayField(label=_("Return not known: ask again on"), required=False)
    from_time = ClockField(label=_("Leaves at, on the first day"))
    until_time = ClockField(label=_("Is back at, on the last day"))

    def __init__(
        self, *args: Any, calendar: BusinessCalendar | None, absence: Absence | None = None, **kwargs: Any
    ) -> None:
        self.calendar, self.absence = calendar, absence
        if absence:
            kwargs["initial"] = {**typed_days(absence, calendar), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Work out the instants; what contradicts itself is told beside the field it is about."""
        cleaned = super().clean() or self.cleaned_data
        if not set(self.errors) & {*_FROM, *_UNTIL}:
            self._check(cleaned)
        if not set(self.errors) & {*_FROM, *_UNTIL}:
            self._work_out(cleaned)
        return cleaned

    def _check(self, typed: dict[str, Any]) -> None:
        last_on, asked_on = typed["last_on"], typed["ask_again_on"]
        if not last_on and not asked_on:
            text = _("Enter the last day away; if nobody knows yet, a day on which to ask again.")
            self.add_error("last_on", text)
        elif last_on and asked_on:
            self.add_error("ask_again_on", _("Leave this empty, for the last day away is known."))
        elif (last_on or asked_on) < typed["first_on"]:
            self.add_error("last_on" if last_on else "ask_again_on", _("That is before the first day away."))
        elif typed["until_time"] and not last_on:
            self.add_error("until_time", _("Enter the last day away it belongs to."))

    def _work_out(self, typed: dict[str, Any]) -> None:
        same = set(self.changed_data)
        try:
            typed["starts_at"] = self._starts_at(typed)
            typed["ends_at"] = self._ends_at(typed)
        except forms.ValidationError as error:  # an hour the clocks skip
            self.add_error("from_time", error)
            return
        # An absence that ended on the second is not moved to the minute by saving something else.
        if self.absence and not same & set(_FROM):
            typed["starts_at"] = self.absence.starts_at
        if self.absence and not same & set(_UNTIL):
            typed["ends_at"] = self.absence.ends_at
        if typed["ends_at"] and typed["ends_at"] <= typed["starts_at"]:
            self.add_error("until_time", _("They are back before they leave. Check the times."))

    def _starts_at(self, typed: dict[str, Any]) -> datetime:
        if typed["from_time"] is not None:
            return city_instant(typed["first_on"], typed["from_time"])
        if self.calendar is None:
            return city_instant(typed["first_on"], time.min)
        return start_of_day_away(typed["first_on"], self.calendar)

    def _ends_at(self, typed: dict[str, Any]) -> datetime | None:
        last_on: date | None = typed["last_on"]
        if last_on is None:
            return None
        if typed["until_time"] is not None:
            return city_instant(last_on, typed["until_time"])
        if self.calendar is None:
            return city_instant(last_on + ONE_DAY, time.min)
        return back_after(last_on, self.calendar)


def typed_days(absence: Absence, calendar: BusinessCalendar | None) -> dict[str, Any]:
    """Give the days and times that would be typed for an absence: times only where its days are not whole."""
    starts_at = timezone.localtime(absence.starts_at)
    first_on = starts_at.date()
    is_whole = calendar is not None and start_of_day_away(first_on, calendar) == starts_at
    typed = {
        "first_on": first_on,
        "from_time": None if is_whole else _minute(starts_at),
        "ask_again_on": absence.ask_again_on,
    }
    if absence.ends_at is None:
        return typed
    last_on = last_whole_day(absence.ends_at, calendar, not_before=first_on) if calendar else None
    if last_on is not None:
        return {**typed, "last_on": last_on}
    ends_at = timezone.localtime(absence.ends_at)
    return {**typed, "last_on": ends_at.date(), "until_time": _minute(ends_at)}


def city_instant(on: date, at: time) -> datetime:
    """Give a local time as an instant. Raises ValidationError for an hour the clocks skip."""
    return cast("datetime", CityDateTimeField().to_python(datetime.combine(on, at)))


def _minute(at: datetime) -> time:
    return at.time().replace(second=0, microsecond=0)
