"""The training register, from input to cleaned values (III.c.i)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.file_types import FILE_TYPES, FileRefused
from requests_app.domain.trainings import CourseKind, Standing
from requests_app.forms.fields import DayField
from requests_app.forms.lists import SIZES
from requests_app.models import Employee, TrainingCourse
from requests_app.models.labels import Choices, choices_of
from requests_app.models.training_words import COURSE_KINDS, STANDINGS
from requests_app.selectors.departments import department_choices
from requests_app.selectors.training_roster import DUE_CODE, SOON_CODE, RosterFilters
from requests_app.services.trainings import CourseEntry
from requests_app.services.uploads import IncomingFile, checked_file, file_refusal_text

_STANDINGS: Choices = [
    ("", _("All")),
    (Standing.OVERDUE.value, STANDINGS[Standing.OVERDUE]),
    (SOON_CODE, _("Due within 30 days")),
    (Standing.PENDING.value, STANDINGS[Standing.PENDING]),
    (Standing.IN_DATE.value, STANDINGS[Standing.IN_DATE]),
    (DUE_CODE, _("In date or overdue")),
]


class EvidenceField(forms.FileField):
    """One file of a kind that is taken, judged as every attachment is."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser's own dialog offer what is taken."""
        return {**super().widget_attrs(widget), "accept": ",".join(f".{extension}" for extension in FILE_TYPES)}

    def clean(self, data: Any, initial: Any = None) -> IncomingFile | None:
        """Judge the file. Raises ValidationError."""
        if not data:
            return None
        try:
            return checked_file(data.name or "", data)
        except FileRefused as refused:
            raise ValidationError(file_refusal_text(refused)) from refused


class CourseForm(forms.Form):
    """A course: when it is asked, of whom, and how often."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("To be taken"), choices=choices_of(COURSE_KINDS))
    interval_months = forms.IntegerField(
        label=_("Again after so many months"), required=False, min_value=1, max_value=120,
        help_text=_("Empty: the city's number. Not used where it is taken once."),
    )  # fmt: skip
    asked_from = DayField(
        label=_("Asked from"),
        help_text=_("Whoever was here before owes it as if they had started on this day."),
    )
    employments = forms.MultipleChoiceField(
        label=_("Asked of"),
        choices=Employee.Employment.choices,
        initial=Employee.Employment.values,
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(
        label=_("In use"), required=False, initial=True, help_text=_("Without it nobody owes it; its records stay.")
    )

    def __init__(self, data: Any = None, *, course: TrainingCourse | None = None) -> None:
        names = CourseEntry.__dataclass_fields__
        super().__init__(data, initial={name: getattr(course, name) for name in names} if course else None)

    def entry(self) -> CourseEntry:
        """Give the course that was typed."""
        typed = self.cleaned_data
        kind = CourseKind(typed["kind"])
        months = None if kind is CourseKind.ONBOARDING else typed["interval_months"]
        return CourseEntry(
            **{**typed, "kind": kind, "interval_months": months, "employments": tuple(typed["employments"])}
        )


class RosterFilterForm(forms.Form):
    """What narrows the roster, read from its address; what cannot be read is passed over."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=_STANDINGS)
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All")), *Employee.Employment.choices])
    course = forms.TypedChoiceField(label=_("Course"), required=False, coerce=int, empty_value=None)
    on = DayField(label=_("As it stood on"), required=False)
    size = forms.TypedChoiceField(
        required=False, choices=[(size, size) for size in SIZES], coerce=int, empty_value=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], *, courses: Iterable[TrainingCourse]) -> None:
        super().__init__(data)
        named: Choices = [(str(course.pk), course.name) for course in courses]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", _("All")), *department_choices()]
        cast("forms.ChoiceField", self.fields["course"]).choices = [("", _("All")), *named]

    def filters(self) -> RosterFilters:
        """Give what was understood; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return RosterFilters(
            text=asked.get("q", ""),
            department_id=asked.get("department"),
            employment=asked.get("type", ""),
            course_id=asked.get("course"),
            standing=asked.get("standing", ""),
        )

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ClassListForm(forms.Form):
    """Who took which course on which day, and the paper that shows it."""

    course = forms.TypedChoiceField(label=_("Course"), coerce=int)
    on = DayField(label=_("Taken on"))
    evidence = EvidenceField(label=_("Sign-in sheet or certificate"), required=False)
    people = forms.TypedMultipleChoiceField(
        label=_("Who was there"), coerce=int, error_messages={"required": _("Tick who was there.")}
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        courses: Iterable[TrainingCourse],
        people: Iterable[Employee],
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={"on": today, **(initial or {})})
        self._today = today
        self._people = list(people)
        named: Choices = [(str(course.pk), course.name) for course in courses]
        cast("forms.ChoiceField", self.fields["course"]).choices = named
        cast("forms.ChoiceField", self.fields["people"]).choices = [(row.pk, row.name) for row in self._people]
        self.fields["evidence"].help_text = gettext("For Human Resources alone. Up to %(limit)s.") % {
            "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)
        }

    def clean_on(self) -> date:
        """Refuse a day that is still to come. Raises ValidationError."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise ValidationError(gettext("That day is still to come. Enter when it was taken."))
        return on

    def by_department(self) -> list[tuple[str, list[tuple[Employee, bool]]]]:
        """Give the people under their department, each with whether they are ticked."""
        ticked = {str(value) for value in self["people"].value() or []}
        found: dict[str, list[tuple[Employee, bool]]] = {}
        for person in self._people:
            found.setdefault(person.department.name, []).append((person, str(person.pk) in ticked))
        return sorted(found.items())


class StrikeOutForm(forms.Form):
    """Why a record was wrong."""

    reason = forms.CharField(
        label=_("Why it is wrong"), max_length=200, error_messages={"required": _("Say why it is wrong.")}
    )
