"""To whom the work of somebody away is to go, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.departures import Heir, Receiver
from requests_app.forms.pickers import away_choices
from requests_app.models import Employee
from requests_app.selectors.directory import active_employees
from requests_app.selectors.heirs import Candidate
from requests_app.selectors.whereabouts import Whereabouts


class HandOverForm(forms.Form):
    """Who is to have it: whoever stands in, another person, or the queue."""

    to = forms.ChoiceField(label=_("The open requests go"), widget=forms.RadioSelect, initial=Receiver.ALTERNATE.value)
    person = forms.TypedChoiceField(label=_("Person"), coerce=int, empty_value=None, required=False)

    def __init__(
        self, *args: Any, employee: Employee, stand_in: Candidate | None, whereabouts: Whereabouts, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        first = (
            gettext("to %(name)s, who stands in") % {"name": stand_in}
            if stand_in
            else gettext("to the supervisor: nobody stands in")
        )
        cast("forms.ChoiceField", self.fields["to"]).choices = [
            (Receiver.ALTERNATE.value, first),
            (Receiver.PERSON.value, _("to the person chosen here")),
            (Receiver.QUEUE.value, _("to the queue of its department")),
        ]
        others = [person for person in active_employees() if person.pk != employee.pk]
        people = away_choices(others, whereabouts)
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict[str, Any]:
        """Ask for the person where the work goes to one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == Receiver.PERSON and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Choose the person who takes over."))
        return cleaned

    def heir(self) -> Heir:
        """Give the answer of a valid form; whoever stands in, where nothing was asked yet."""
        if not self.is_bound or not self.is_valid():
            return Heir(Receiver.ALTERNATE)
        return Heir(Receiver(self.cleaned_data["to"]), self.cleaned_data["person"])
