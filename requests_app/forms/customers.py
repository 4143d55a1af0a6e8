"""What is known of a customer, from input to cleaned values."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from requests_app.forms.contact_choices import LANGUAGE_CHOICES
from requests_app.forms.contact_fields import OneLineField, PhoneTextField
from requests_app.forms.second_edits import SecondEditForm
from requests_app.models import ContactPoint, Customer
from requests_app.services.customer_edits import CustomerFacts

_POINT = "point_"


class CustomerForm(SecondEditForm):
    """The facts of a customer; `version` is the state they were read in. Each known way to reach them has a field."""

    name = OneLineField(label=_("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Is a"), choices=Customer.Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    phone = PhoneTextField(label=_("Another phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Another e-mail"), max_length=254, required=False)

    def __init__(self, data: QueryDict | None = None, *, customer: Customer) -> None:
        points = list(customer.contact_points.all())
        stored = {"version": customer.version, "name": customer.name, "kind": customer.kind}
        stored |= {"language": customer.language, **{f"{_POINT}{point.pk}": point.as_typed for point in points}}
        super().__init__(data, initial=stored)
        self.fields |= {f"{_POINT}{point.pk}": _field_of(point) for point in points}
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField) and customer.language not in dict(LANGUAGE_CHOICES):
            language.choices = [*LANGUAGE_CHOICES, (customer.language, customer.language)]

    @property
    def points(self) -> list[forms.BoundField]:
        """Give the fields of the known ways to reach them."""
        return [self[name] for name in self.fields if name.startswith(_POINT)]

    def facts(self) -> CustomerFacts:
        """Give what was typed; a way to reach them that was not on the page is left as it is."""
        typed = self.cleaned_data
        posted = [name for name in self.fields if name.startswith(_POINT) and name in self.data]
        return CustomerFacts(
            name=typed["name"],
            kind=typed["kind"],
            language=typed["language"],
            points={int(name.removeprefix(_POINT)): typed[name] for name in posted},
            phone=typed["phone"],
            email=typed["email"],
        )

    def read_again(self) -> None:
        """Take in what was not on the page when it was opened, and let the next save count against what is stored."""
        super().read_again()
        if isinstance(self.data, QueryDict):
            for bound in self.points:
                if bound.html_name not in self.data:
                    self.data[bound.html_name] = bound.initial


def _field_of(point: ContactPoint) -> forms.Field:
    if point.kind == ContactPoint.Kind.EMAIL:
        return forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    return PhoneTextField(label=_("Phone"), max_length=254, required=False)
