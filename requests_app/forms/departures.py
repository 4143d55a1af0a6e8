"""Leaving and coming back, from input to cleaned values."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.departures import Heir, Receiver
from requests_app.forms.fields import DayField
from requests_app.models import Employee, ServiceRequest
from requests_app.models.labels import Choices
from requests_app.selectors.departures import Wish
from requests_app.selectors.directory import active_employees
from requests_app.services.departures import DepartureEntry

APART_LIMIT = 200  # requests that can be decided one by one; the rest follow the answer for all

_RECEIVERS: Choices = [
    (Receiver.ALTERNATE.value, _("to the alternate")),
    (Receiver.SUPERVISOR.value, _("to the supervisor")),
    (Receiver.QUEUE.value, _("to the queue of its department")),
]


class DepartureForm(forms.Form):
    """When somebody left, and to whom the open work goes: all of it, and some apart."""

    left_on = DayField(label=_("Left on"))
    to = forms.ChoiceField(
        label=_("The open requests go"),
        choices=[*_RECEIVERS, (Receiver.PERSON.value, _("to the person chosen here"))],
        widget=forms.RadioSelect,
    )
    person = forms.TypedChoiceField(label=_("Person"), coerce=int, empty_value=None, required=False)

    def __init__(
        self, *args: Any, employee: Employee, requests: list[ServiceRequest], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        people = [person for person in active_employees() if person.pk != employee.pk]
        named: Choices = [(str(person.pk), f"{person.name}, {person.department.name}") for person in people]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Choose a person")), *named]
        self.fields["left_on"].initial = today
        self.fields["to"].initial = Receiver.ALTERNATE if employee.alternates.exists() else Receiver.SUPERVISOR
        close: Choices = [(str(each.pk), each.name) for each in people if each.department_id == employee.department_id]
        self._add_rows(requests[:APART_LIMIT], [("", _("as the others")), *_RECEIVERS, *close])

    def _add_rows(self, requests: list[ServiceRequest], choices: Choices) -> None:
        for service_request in requests:
            self.fields[f"to_{service_request.pk}"] = forms.ChoiceField(
                label=service_request.number, choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the person where the work goes to one, and for a day that has come."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == Receiver.PERSON and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Choose the person who takes over."))
        if (left_on := cleaned.get("left_on")) and left_on > self.today:
            self.add_error("left_on", _("Record it on the day: the login ends at once."))
        return cleaned

    def wish(self) -> Wish:
        """Give the answers that were chosen."""
        typed = self.cleaned_data
        apart = {
            int(name.removeprefix("to_")): _heir(value)
            for name, value in typed.items()
            if name.startswith("to_") and value
        }
        return Wish(Heir(Receiver(typed["to"]), typed["person"]), apart)

    def entry(self, digest: str) -> DepartureEntry:
        """Give the leaving that was decided."""
        return DepartureEntry(left_on=self.cleaned_data["left_on"], wish=self.wish(), digest=digest)


def _heir(value: str) -> Heir:
    return Heir(Receiver.PERSON, int(value)) if value.isdigit() else Heir(Receiver(value))


class ComeBackForm(forms.Form):
    """Whether somebody who left gets back what they had."""

    with_access = forms.BooleanField(label=_("Give back the roles and the login there were"), required=False)
