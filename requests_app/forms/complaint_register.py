"""What the complaint register is asked for, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.periods import Half, Period
from requests_app.forms.fields import DayField
from requests_app.selectors.access import Actor
from requests_app.selectors.reports.choices import DepartmentChoice
from requests_app.selectors.reports.complaints import RegisterQuery

_CUSTOM = "custom"
_HALVES_OFFERED = 6
_LONGEST_SHOWN = 40


class RegisterFilterForm(forms.Form):
    """Period and department; days of one's own once they are asked for."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)

    def __init__(self, data: Mapping[str, Any], *, departments: list[DepartmentChoice], today: date) -> None:
        super().__init__(data)
        # "from" is no name Python would take for a class attribute.
        self.fields["from"] = DayField(label=_("From"), required=False)
        self.fields["to"] = DayField(label=_("To"), required=False)
        this = Half.of(today)
        halves = [this.plus(-offset) for offset in range(_HALVES_OFFERED)]
        indent = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        names = [(each.slug, f"{indent * max(0, each.depth - 1)}{each.name}") for each in departments]
        periods = [*((str(half), half_words(half)) for half in halves), (_CUSTOM, str(_("Other dates…")))]
        for name, choices in (("period", periods), ("department", [("", _("All departments")), *names])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day is before the first."))
        return cleaned


@dataclass(frozen=True, slots=True)
class RegisterAddress:
    """The address as read: what is wrong in it was left out, and is named in `ignored`."""

    period: Period
    half: Half | None
    department: DepartmentChoice | None
    departments: list[DepartmentChoice]
    now: datetime
    ignored: list[str]

    def query(self, actor: Actor) -> RegisterQuery:
        """Give what is counted."""
        department_ids = self.department.with_divisions if self.department else None
        return RegisterQuery(actor=actor, period=self.period, now=self.now, department_ids=department_ids)

    def params(self) -> dict[str, str]:
        """Give what every link carries on, so that a list counts what its figure counted."""
        dates = {"from": self.period.from_on.isoformat(), "to": self.period.to_on.isoformat()}
        period = {"period": str(self.half)} if self.half else dates
        return {**period, **({"department": self.department.slug} if self.department else {})}

    @property
    def scope_words(self) -> str:
        """Say which days and whose complaints are counted."""
        dates = {
            "first": date_format(self.period.from_on, "j M Y"),
            "last": date_format(self.period.to_on, "j M Y"),
            "whose": self.department.name if self.department else gettext("All departments"),
        }
        return gettext("%(first)s to %(last)s · %(whose)s") % dates

    def form(self) -> RegisterFilterForm:
        """Give the filters to draw, filled with what was understood."""
        shown: dict[str, Any] = {"department": self.department.slug if self.department else ""}
        shown["period"] = str(self.half) if self.half else _CUSTOM
        form = RegisterFilterForm(
            {**shown, "from": self.period.from_on, "to": self.period.to_on},
            departments=self.departments,
            today=timezone.localdate(self.now),
        )
        names = ["period", "department"] if self.half else ["period", "from", "to", "department"]
        form.fields = {name: form.fields[name] for name in names}
        return form


def half_words(half: Half) -> str:
    """Name a half of a year."""
    months = {"first": date_format(half.period.from_on, "F"), "last": date_format(half.period.to_on, "F Y")}
    return gettext("%(first)s to %(last)s") % months


def read_register_address(
    given: Mapping[str, str], *, departments: list[DepartmentChoice], now: datetime
) -> RegisterAddress:
    """Read the address of the register or of a list behind one of its figures."""
    today = timezone.localdate(now)
    form = RegisterFilterForm(given, departments=departments, today=today)
    ignored = [
        gettext("%(field)s “%(value)s” is not something this report knows; it was left out.")
        % {"field": form.fields[name].label, "value": str(given.get(name, ""))[:_LONGEST_SHOWN]}
        for name in form.errors
    ]
    cleaned = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    half, period = _period(cleaned, today=today)
    return RegisterAddress(
        period=period,
        half=half,
        department=next((each for each in departments if each.slug == cleaned.get("department")), None),
        departments=departments,
        now=now,
        ignored=ignored,
    )


def half_so_far(half: Half, *, today: date) -> Period:
    """Give the days of a half that have come."""
    return Period(half.period.from_on, min(half.period.to_on, today))


def _period(cleaned: Mapping[str, Any], *, today: date) -> tuple[Half | None, Period]:
    name, first, last = cleaned.get("period") or "", cleaned.get("from"), cleaned.get("to")
    if name in ("", _CUSTOM) and first and last:
        return None, Period(first, last)
    half = Half.of(today)
    if name == _CUSTOM:
        return None, half_so_far(half, today=today)
    half = Half.parse(name) if name else half
    return half, half_so_far(half, today=today)
