"""Who else reads a request, and who does not, from input to cleaned values."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Confidentiality, Involvement
from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import ActionForm
from requests_app.models import Consultation
from requests_app.models.labels import CONFIDENTIALITIES, INVOLVEMENTS, choices_of
from requests_app.selectors.directory import active_employees
from requests_app.selectors.people_involved import consulted_on
from requests_app.selectors.request_choices import Offered

if TYPE_CHECKING:  # generic for the type checker only
    _ConsultationChoiceField = forms.ModelChoiceField[Consultation]
else:
    _ConsultationChoiceField = forms.ModelChoiceField

_BETWEEN_LEADS = (Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL)
NOT_INVOLVED = "none"


class PersonForm(ActionForm):
    """An act about one person on the roster."""

    employee = forms.TypedChoiceField(label=_("Person"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["employee"]).choices = [("", _("Choose a person")), *self.offered()]

    def offered(self) -> Offered:
        """Give who can be chosen: nobody the request is about."""
        return self.pickers.people


class ConsultForm(PersonForm):
    """Whom to ask, and what."""

    text = PlainTextField(
        label=_("What you want to know"),
        rows=2,
        help_text=_("They can read the request and add notes, until it is closed or you no longer ask."),
    )


class ConsultationField(_ConsultationChoiceField):
    """One of those who are asked now."""

    def label_from_instance(self, obj: Consultation) -> str:
        """Name who is asked."""
        return obj.employee.name


class EndConsultationForm(ActionForm):
    """Whom one no longer asks; offered only where somebody is asked."""

    consultation = ConsultationField(label=_("Who"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.running = consulted_on(self.service_request)
        cast("ConsultationField", self.fields["consultation"]).queryset = self.running

    @property
    def is_offered(self) -> bool:
        """Say whether anybody is asked."""
        return self.running.exists()


class RestrictForm(ActionForm):
    """Confidential or ordinary: what the leads of a department decide."""

    level = forms.ChoiceField(label=_("Who may read it"), widget=forms.RadioSelect)
    text = PlainTextField(label=_("Reason"), rows=2)
    levels: tuple[Confidentiality, ...] = _BETWEEN_LEADS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.service_request.confidentiality
        other = [(code, label) for code, label in choices_of(CONFIDENTIALITIES) if code in self.levels and code != now]
        level = cast("forms.ChoiceField", self.fields["level"])
        level.choices = other
        level.initial = other[0][0]

    @property
    def is_offered(self) -> bool:
        """Say whether the present level is one of those to choose between."""
        return self.service_request.confidentiality in self.levels


class ClassifyForm(RestrictForm):
    """Any level: what Human Resources decides."""

    levels = tuple(Confidentiality)


class NamePersonForm(PersonForm):
    """Whom a request is about, or merely mentions; also to take a wrong naming back."""

    involvement = forms.ChoiceField(
        label=_("How"),
        choices=[*choices_of(INVOLVEMENTS), (NOT_INVOLVED, _("Neither: take the naming back"))],
        initial=Involvement.CONCERNED.value,
        widget=forms.RadioSelect,
        help_text=_("Whoever is concerned can no longer read, own or decide it, and is told nothing of it."),
    )
    text = PlainTextField(label=_("Reason"), rows=2)

    def offered(self) -> Offered:
        """Give everybody: whoever is concerned may have been named by mistake."""
        return [(person.pk, f"{person.name}, {person.department.name}") for person in active_employees()]

    def named_as(self) -> Involvement | None:
        """Give how the person is involved, None for not at all."""
        chosen = self.cleaned_data["involvement"]
        return None if chosen == NOT_INVOLVED else Involvement(chosen)


class RecordsLinkForm(ActionForm):
    """Which request a records request asks for; offered on records requests only."""

    number = forms.CharField(
        label=_("Tracking number"),
        max_length=20,
        help_text=_("The records clerk can read it while this records request is open, confidential or not."),
    )

    @property
    def is_offered(self) -> bool:
        """Say whether this is a records request."""
        return self.service_request.is_records_request
