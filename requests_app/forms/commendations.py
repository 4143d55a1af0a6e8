"""Thanks, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import RequestKind
from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import ActionForm
from requests_app.selectors.directory import employees_not_concerned


class ThankForm(ActionForm):
    """Whom a compliment thanks; offered on compliments that are not restricted."""

    people = forms.TypedMultipleChoiceField(
        label=_("Who is thanked"),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("One or more. They and their supervisor are told in the words of the compliment."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_offered:
            return
        people = employees_not_concerned(self.service_request)
        named = [(person.pk, f"{person.name}, {person.department.name}") for person in people]
        cast("forms.ChoiceField", self.fields["people"]).choices = named
        asked_for = self.service_request.for_employee_id
        self.fields["people"].initial = [asked_for] if asked_for else []

    @property
    def is_offered(self) -> bool:
        """Say whether this is a compliment whose words may go to whom it thanks."""
        return self.service_request.kind == RequestKind.COMPLIMENT and not self.service_request.is_restricted


class CommendationForm(forms.Form):
    """The words of a commendation."""

    text = PlainTextField(label=_("Words of the commendation"), rows=4)
