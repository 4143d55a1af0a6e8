"""Rounds of attestations, from input to cleaned values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.domain.attestations import CheckQuestion, InvalidCheck, parse_check
from requests_app.forms.fields import DayField, PlainTextField
from requests_app.models import PolicyVersion
from requests_app.models.labels import Choices, choices_of
from requests_app.models.policy_words import ATTESTATION_STATES
from requests_app.selectors.attestations import RosterLine, departments_on
from requests_app.selectors.policies import published_versions

# Offered as a beginning; Human Resources change them or leave them out.
SUGGESTED_CHECK = """\
By when do we generally answer a call?
* Within one business day
Within one week
When there is time

Who answers an e-mail that was only acknowledged?
Nobody: it was acknowledged
* Its owner: it is acknowledged and answered
Human Resources

What do you do before a day away?
* Change the voicemail greeting and turn on the automatic reply
Nothing: colleagues know
Close all open requests"""


class RoundForm(forms.Form):
    """Which version, until when, and what is asked about it."""

    version = forms.TypedChoiceField(label=_("Version"), coerce=int)
    due_on = DayField(label=_("Attest by"), help_text=_("Whoever joins later has 30 days from then: a local choice."))
    check = PlainTextField(
        label=_("Check of understanding, up to three questions"),
        rows=14,
        required=False,
        help_text=_("A question, under it its answers, the right one with a star; a blank line between. Empty: none."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"check": SUGGESTED_CHECK})
        self.versions = {version.number: version for version in published_versions()}
        named = [(number, f"{number}: {version.title}") for number, version in self.versions.items()]
        cast("forms.ChoiceField", self.fields["version"]).choices = named

    def clean_version(self) -> PolicyVersion:
        """Give the version itself."""
        return self.versions[self.cleaned_data["version"]]

    def clean_check(self) -> tuple[CheckQuestion, ...]:
        """Read the questions. Raises ValidationError."""
        try:
            return parse_check(self.cleaned_data["check"])
        except InvalidCheck as error:
            raise ValidationError(str(error)) from error


class AttestForm(forms.Form):
    """The check of a round, and the words that are attested."""

    def __init__(self, data: Any = None, *, questions: Sequence[CheckQuestion]) -> None:
        super().__init__(data)
        for place, question in enumerate(questions):
            self.fields[f"answer_{place}"] = forms.TypedChoiceField(
                label=question.question,
                coerce=int,
                choices=list(enumerate(question.answers)),
                widget=forms.RadioSelect,
            )
        self.fields["has_read"] = forms.BooleanField(label=_("I have read this version of the policy."))

    def given(self) -> dict[int, int]:
        """Give the answer to each question by its place."""
        return {
            int(name.removeprefix("answer_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("answer_")
        }


class PaperForm(forms.Form):
    """Whose signatures on paper came in."""

    people = forms.TypedMultipleChoiceField(label=_("Who signed"), coerce=int, widget=forms.CheckboxSelectMultiple)
    attested_on = DayField(label=_("Signed on"))

    def __init__(self, data: Any = None, *, waiting: Iterable[RosterLine]) -> None:
        super().__init__(data)
        # Whoever has no login can sign on paper only, so they stand first.
        first = sorted(waiting, key=lambda line: line.employee.user_id is not None)
        named = [(line.employee.pk, f"{line.employee.name}, {line.employee.department.name}") for line in first]
        cast("forms.ChoiceField", self.fields["people"]).choices = named


class RosterFilterForm(forms.Form):
    """What narrows the roster of a round, read from the address."""

    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Mapping[str, Any], *, lines: Iterable[RosterLine]) -> None:
        super().__init__(data)
        all_of: Choices = [("", _("All"))]
        departments = [(department.pk, department.name) for department in departments_on(lines)]
        cast("forms.ChoiceField", self.fields["department"]).choices = [*all_of, *departments]
        cast("forms.ChoiceField", self.fields["state"]).choices = [*all_of, *choices_of(ATTESTATION_STATES)]

    def narrow(self, lines: Iterable[RosterLine]) -> list[RosterLine]:
        """Give the lines that are asked for; a field in error narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        department_id, state = asked.get("department"), asked.get("state")
        here = [line for line in lines if not department_id or line.employee.department_id == department_id]
        return [line for line in here if not state or line.state == state]

    def params(self) -> dict[str, str]:
        """Give the parts of the address that were understood and say something."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
