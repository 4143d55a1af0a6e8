"""An absence, from input to cleaned values (III.b.ii.5)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.calendars import BusinessCalendar
from requests_app.forms.absence_days import AbsenceDaysForm
from requests_app.forms.second_edits import SecondEditForm
from requests_app.models import Absence, Alternate, Employee
from requests_app.models.absence_words import ABSENCE_KINDS, ABSENCE_REASONS
from requests_app.models.labels import Choices, choices_of
from requests_app.selectors.departments import department_choices
from requests_app.selectors.directory import active_employees
from requests_app.services.absences import AbsenceEntry

WHO_SEES_WHY = _(
    "Seen by that person, by those who lead them and by Human Resources only. Everybody else reads “away until”."
)
_PERSON, _DEPARTMENT = "person", "department"


class AbsenceForm(SecondEditForm, AbsenceDaysForm):
    """When somebody is away, why, and who stands in; `version` is the state it was read in.

    With `absence` that one is changed, and whose it is stays; with `shows_why` off, so do kind and reason.
    """

    person = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Was it known before?"), choices=choices_of(ABSENCE_KINDS), widget=forms.RadioSelect,
        help_text=_("Planned leave excuses no late answer; illness and the like may (III.b.ii.3, III.b.ii.4)."),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Why"), choices=choices_of(ABSENCE_REASONS), help_text=WHO_SEES_WHY)
    stand_in = forms.ChoiceField(
        label=_("Who stands in"), required=False, help_text=_("New work and reminders go there meanwhile.")
    )
    no_alternate_reason = forms.CharField(
        label=_("If nobody stands in: why not"), required=False, max_length=200,
        help_text=_("The greeting then names nobody (III.b.ii.5.c)."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        calendar: BusinessCalendar | None,
        people: Iterable[Employee] = (),
        absence: Absence | None = None,
        shows_why: bool = True,
        **kwargs: Any,
    ) -> None:
        given = {"kind": AbsenceKind.PLANNED.value, "reason": AbsenceReason.LEAVE.value, **kwargs.pop("initial", {})}
        initial = {**given, **(_stored(absence) if absence else {})}
        super().__init__(*args, calendar=calendar, absence=absence, initial=initial, **kwargs)
        dropped = (["person"] if absence else []) + ([] if shows_why else ["kind", "reason", "no_alternate_reason"])
        for name in dropped:
            del self.fields[name]
        if not absence:
            named: Choices = [(str(person.pk), f"{person.name}, {person.department.name}") for person in people]
            cast("forms.ChoiceField", self.fields["person"]).choices = named
        cast("forms.ChoiceField", self.fields["stand_in"]).choices = stand_in_choices(absence)

    def clean(self) -> dict[str, Any]:
        """Ask of planned leave what the policy asks: a return, and a stand-in or why there is none."""
        cleaned = super().clean()
        kind = cleaned.get("kind") or (self.absence.kind if self.absence else None)
        if not cleaned.get("stand_in") and not cleaned.get("no_alternate_reason"):
            cleaned["stand_in"] = self._from_directory(cleaned)
        if kind != AbsenceKind.PLANNED:
            return cleaned
        if cleaned.get("ask_again_on") and not self.errors:
            self.add_error("last_on", _("Planned leave has a last day. Enter it."))
        if not cleaned.get("stand_in") and not cleaned.get("no_alternate_reason") and "stand_in" not in self.errors:
            text = _("Say who stands in meanwhile, or below why nobody does (III.b.ii.5.c).")
            self.add_error("stand_in", text)
        return cleaned

    def _from_directory(self, typed: dict[str, Any]) -> str:
        """Give the first alternate of the directory: what is agreed for always need not be typed each time."""
        person_id = self.absence.employee_id if self.absence else typed.get("person")
        first = Alternate.objects.filter(employee=person_id).order_by("position", "pk").first()
        return _code(first.person_id, first.department_id) if first else ""

    def entry(self) -> AbsenceEntry:
        """Give what was typed, and what is stored of what may not be seen."""
        typed = self.cleaned_data
        kind, _sep, pk = typed["stand_in"].partition("-")
        entry = AbsenceEntry(
            kind=AbsenceKind(typed.get("kind") or AbsenceKind.UNFORESEEN),
            reason=AbsenceReason(typed.get("reason") or AbsenceReason.OTHER),
            starts_at=typed["starts_at"],
            ends_at=typed["ends_at"],
            ask_again_on=typed["ask_again_on"],
            alternate_person_id=int(pk) if kind == _PERSON else None,
            alternate_department_id=int(pk) if kind == _DEPARTMENT else None,
            no_alternate_reason="" if pk else typed.get("no_alternate_reason", ""),
        )
        return entry if "kind" in self.fields or not self.absence else _with_why(entry, self.absence)


class RemoveAbsenceForm(forms.Form):
    """Why an absence is taken out of the register."""

    reason = forms.CharField(
        label=_("Why it is wrong"),
        max_length=200,
        help_text=WHO_SEES_WHY,
        error_messages={"required": _("Write why it is removed.")},
    )


def stand_in_choices(absence: Absence | None) -> Choices:
    """Offer everybody at work but the absent person, then the departments; first what the directory says."""
    away = absence.employee_id if absence else None
    people = [
        (f"{_PERSON}-{person.pk}", f"{person.name}, {person.department.name}")
        for person in active_employees()
        if person.pk != away
    ]
    departments = [(f"{_DEPARTMENT}-{pk}", name) for pk, name in department_choices()]
    choices: Any = [("", _("As in the directory")), (_("People"), people), (_("Departments"), departments)]
    if absence and (left := _gone(absence, {code for code, _name in [*people, *departments]})):
        choices.append(left)
    return cast("Choices", choices)


def _gone(absence: Absence, offered: set[str]) -> tuple[str, str] | None:
    """Keep offering whoever was named, even after they left."""
    code = _code(absence.alternate_person_id, absence.alternate_department_id)
    if not code or code in offered:
        return None
    return code, str(absence.alternate_person or absence.alternate_department)


def _with_why(entry: AbsenceEntry, absence: Absence) -> AbsenceEntry:
    """Keep of a stored absence what its editor may not see."""
    return replace(
        entry,
        kind=AbsenceKind(absence.kind),
        reason=AbsenceReason(absence.reason),
        no_alternate_reason="" if entry.alternate_person_id else absence.no_alternate_reason,
    )


def _code(person_id: int | None, department_id: int | None) -> str:
    if person_id:
        return f"{_PERSON}-{person_id}"
    return f"{_DEPARTMENT}-{department_id}" if department_id else ""


def _stored(absence: Absence) -> dict[str, Any]:
    return {
        "version": absence.version,
        "kind": absence.kind,
        "reason": absence.reason,
        "stand_in": _code(absence.alternate_person_id, absence.alternate_department_id),
        "no_alternate_reason": absence.no_alternate_reason,
    }
