"""Somebody calls in sick, as the front desk takes it down: who, since when, back when; nothing else is asked."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from requests_app.domain.absence_days import back_after, start_of_day_away
from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar
from requests_app.forms.absence_days import city_instant
from requests_app.forms.absences import WHO_SEES_WHY
from requests_app.forms.fields import DayField
from requests_app.models import Employee
from requests_app.models.labels import Choices
from requests_app.services.absences import AbsenceEntry

_OPENING, _NOW, _NEXT, _DATE, _UNKNOWN = "opening", "now", "next", "date", "unknown"
_SINCE: Choices = [
    (_OPENING, _("this morning, the whole day")),
    (_NOW, _("now")),
    (_NEXT, _("the next business day")),
]
_BACK: Choices = [
    (_NEXT, _("the business day after")),
    (_DATE, _("on the date below")),
    (_UNKNOWN, _("not known: ask again on the date below")),
]


class CalledInForm(forms.Form):
    """Who called in; `is_illness` is asked only of those who may know why anybody is away."""

    person = forms.TypedChoiceField(
        label=_("Who is away"), coerce=int, error_messages={"required": _("Choose who called in.")}
    )
    since = forms.ChoiceField(label=_("Away from"), choices=_SINCE, widget=forms.RadioSelect, initial=_OPENING)
    back = forms.ChoiceField(label=_("Back"), choices=_BACK, widget=forms.RadioSelect, initial=_NEXT)
    on = DayField(label=_("Date"), required=False, help_text=_("Only where the return is another day, or not known."))
    is_illness = forms.BooleanField(label=_("They said they are ill"), required=False, help_text=WHO_SEES_WHY)

    def __init__(
        self,
        *args: Any,
        people: Iterable[Employee],
        calendar: BusinessCalendar | None,
        now: datetime,
        asks_why: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.now = calendar, now
        named: Choices = [(str(person.pk), f"{person.name}, {person.department.name}") for person in people]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Choose a person")), *named]
        if not asks_why:
            del self.fields["is_illness"]

    def clean(self) -> dict[str, Any]:
        """Work out from when until when; ask for the date only where an answer needs one."""
        cleaned = super().clean() or self.cleaned_data
        if set(self.errors) & {"since", "back", "on"}:
            return cleaned
        on: date | None = cleaned["on"]
        if cleaned["back"] != _NEXT and on is None:
            text = _("Enter the day they are back.") if cleaned["back"] == _DATE else _("Enter a day to ask again on.")
            self.add_error("on", text)
            return cleaned
        starts_at = self._starts_at(cleaned["since"])
        first_on = timezone.localdate(starts_at)
        if on is not None and cleaned["back"] != _NEXT and on < first_on:
            self.add_error("on", _("That is before the first day away."))
            return cleaned
        cleaned["starts_at"] = starts_at
        cleaned["ends_at"] = self._ends_at(cleaned["back"], first_on, on)
        cleaned["ask_again_on"] = on if cleaned["back"] == _UNKNOWN else None
        if cleaned["ends_at"] and cleaned["ends_at"] <= starts_at:
            self.add_error("on", _("They are back before they leave. Choose a later day."))
        return cleaned

    def entry(self, *, may_say_why: bool) -> AbsenceEntry:
        """Give the absence that was told; why, only from somebody who may know it of that person."""
        typed = self.cleaned_data
        is_illness = may_say_why and typed.get("is_illness")
        return AbsenceEntry(
            kind=AbsenceKind.UNFORESEEN,
            reason=AbsenceReason.ILLNESS if is_illness else AbsenceReason.OTHER,
            starts_at=typed["starts_at"],
            ends_at=typed["ends_at"],
            ask_again_on=typed["ask_again_on"],
        )

    def _starts_at(self, since: str) -> datetime:
        today = timezone.localdate(self.now)
        if since == _NOW:
            return self.now.replace(second=0, microsecond=0)
        return self._opening(today) if since == _OPENING else self._back_after(today)

    def _ends_at(self, back: str, first_on: date, on: date | None) -> datetime | None:
        if back == _NEXT:
            return self._back_after(first_on)
        return self._opening(on) if back == _DATE and on else None

    def _opening(self, on: date) -> datetime:
        return start_of_day_away(on, self.calendar) if self.calendar else city_instant(on, time.min)

    def _back_after(self, on: date) -> datetime:
        return back_after(on, self.calendar) if self.calendar else city_instant(on + ONE_DAY, time.min)
