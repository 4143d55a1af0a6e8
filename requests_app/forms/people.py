"""People of the roster, from input to cleaned values."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendars import WEEKDAYS, AlternateDayOff
from requests_app.domain.typed_hours import format_hours
from requests_app.domain.work_patterns import Hours, WorkPattern, parse_work_pattern
from requests_app.forms.fields import DayField, HoursField
from requests_app.forms.second_edits import SecondEditForm
from requests_app.models import Employee
from requests_app.models.labels import LANGUAGES
from requests_app.selectors.departments import department_choices
from requests_app.services.employees import EmployeeEntry

_DAY_NAMES = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


class PersonForm(SecondEditForm):
    """What is known of a person; `version` is the state it was read in."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, help_text=_("Whoever has a login signs in with it.")
    )
    extension = forms.RegexField(
        r"^[0-9]*\Z", label=_("Extension"), max_length=12, required=False, error_messages={"invalid": _("Digits only.")}
    )
    department = forms.TypedChoiceField(label=_("Department"), coerce=int)
    employment = forms.ChoiceField(label=_("Is an"), choices=Employee.Employment.choices)
    hired_on = DayField(label=_("Hired on"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages besides English"), required=False, choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_sworn = forms.BooleanField(
        label=_("Sworn peace officer"), required=False, help_text=_("Left out of figures about persons.")
    )
    mon, tue, wed, thu, fri, sat, sun = (HoursField(label=name) for name in _DAY_NAMES)
    day_off = DayField(
        label=_("Off every other week, first on"),
        required=False,
        help_text=_("For instance a Friday: every second Friday from it is off."),
    )
    season_from = DayField(label=_("Works from"), required=False)
    season_until = DayField(label=_("Works until"), required=False)

    def __init__(self, *args: Any, employee: Employee | None = None, **kwargs: Any) -> None:
        if employee:
            kwargs["initial"] = _initial(employee)
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        if isinstance(field, forms.ChoiceField):
            field.choices = department_choices()
            if employee and not employee.department.is_active:
                field.choices = [(employee.department_id, str(employee.department)), *field.choices]

    def clean(self) -> dict[str, Any]:
        """Put the hours together; what contradicts itself is told beside the field it is about."""
        cleaned = super().clean() or self.cleaned_data
        if not set(self.errors) & {*WEEKDAYS, "day_off", "season_from", "season_until"}:
            cleaned["work_pattern"] = self._work_pattern(cleaned)
        return cleaned

    def _work_pattern(self, cleaned: dict[str, Any]) -> WorkPattern | None:
        hours: tuple[Hours, ...] = tuple(cleaned[day] for day in WEEKDAYS)
        off: date | None = cleaned["day_off"]
        if not any(hours) and not off and not cleaned["season_from"] and not cleaned["season_until"]:
            return None
        try:
            return WorkPattern(
                weekly_hours=hours,
                alternate_days_off=(AlternateDayOff(off.weekday(), off),) if off else (),
                season_from=cleaned["season_from"],
                season_until=cleaned["season_until"],
            )
        except InvalidCalendar as error:
            field, text = _CONTRADICTIONS[str(error.params["field"])]
            self.add_error(field, text)
            return None

    @property
    def hours(self) -> list[forms.BoundField]:
        """Give the seven fields of the week, Monday first."""
        return [self[day] for day in WEEKDAYS]

    def entry(self) -> EmployeeEntry:
        """Give the person that was typed."""
        typed = self.cleaned_data
        return EmployeeEntry(
            name=typed["name"],
            department_id=typed["department"],
            title=typed["title"],
            email=typed["email"],
            extension=typed["extension"],
            employment=typed["employment"],
            languages=tuple(code for code in LANGUAGES if code in typed["languages"]),
            is_sworn=typed["is_sworn"],
            hired_on=typed["hired_on"],
            work_pattern=typed["work_pattern"],
        )


_CONTRADICTIONS = {
    "weekly_hours": ("mon", _("Enter the hours of at least one day, or leave all of this empty.")),
    "alternate_days_off": ("day_off", _("That weekday has no hours, so it is off every week.")),
    "season_until": ("season_until", _("This is before the first day.")),
}


def _initial(employee: Employee) -> dict[str, Any]:
    pattern = parse_work_pattern(employee.work_pattern)
    facts: dict[str, Any] = {
        "version": employee.version,
        "name": employee.name,
        "title": employee.title,
        "email": employee.email,
        "extension": employee.extension,
        "department": employee.department_id,
        "employment": employee.employment,
        "hired_on": employee.hired_on,
        "languages": employee.languages,
        "is_sworn": employee.is_sworn,
    }
    if pattern:
        facts |= dict(zip(WEEKDAYS, map(format_hours, pattern.weekly_hours), strict=True))
        facts |= {"season_from": pattern.season_from, "season_until": pattern.season_until}
        facts["day_off"] = pattern.alternate_days_off[0].anchor if pattern.alternate_days_off else None
    return facts
