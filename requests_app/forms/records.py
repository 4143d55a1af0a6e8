"""What the keeper of records does to one request, from input to cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.exemptions import EXEMPTIONS
from requests_app.domain.redaction import SHORTEST_PASSAGE
from requests_app.domain.retention import REGISTERS, RetentionCode
from requests_app.forms.fields import PlainTextField
from requests_app.forms.requests import ActionForm
from requests_app.models import LegalHold, Redaction
from requests_app.models.labels import RETENTIONS
from requests_app.selectors.holds import standing_holds_of
from requests_app.selectors.redactions import standing_redactions

EXEMPTION_CHOICES = [(code, f"{found.label} ({found.citation})") for code, found in EXEMPTIONS.items()]


class RedactForm(ActionForm):
    """Words to take out, and the law that says so."""

    text = PlainTextField(
        label=_("Words to take out"),
        rows=2,
        min_length=SHORTEST_PASSAGE,
        help_text=_(
            "Copied from the request. They are taken out wherever they stand in it, also in mails and events, "
            "whatever their case, accents and spacing."
        ),
    )
    code = forms.ChoiceField(label=_("Reason"), choices=EXEMPTION_CHOICES)


class RedactIdentityForm(ActionForm):
    """The law that says why nobody may learn who the customer is."""

    code = forms.ChoiceField(
        label=_("Reason"),
        choices=EXEMPTION_CHOICES,
        help_text=_("Whoever works on the request no longer sees how to reach the customer."),
    )

    @property
    def is_offered(self) -> bool:
        """Say whether there is a customer to take out."""
        return self.service_request.customer_id is not None


class _RowForm(ActionForm):
    """An act on one row of the request that is in force."""

    row = forms.TypedChoiceField(coerce=int, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["row"]).choices = [(pk, str(pk)) for pk in self.row_ids()]

    def row_ids(self) -> list[int]:
        """Give the keys this form may act on."""
        raise NotImplementedError

    @property
    def is_offered(self) -> bool:
        """Say whether there is anything in force."""
        return bool(self.row_ids())


class LiftForm(_RowForm):
    """A redaction to take back."""

    def row_ids(self) -> list[int]:
        """Give the redactions in force."""
        rows: list[Redaction] = list(standing_redactions(self.service_request))
        return [row.pk for row in rows]


class HoldForm(ActionForm):
    """Why a request must be kept, and whether the customer's others too."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The claim, case or audit it is kept for."))
    is_for_customer = forms.BooleanField(label=_("Hold every request of this customer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.service_request.customer_id is None:
            del self.fields["is_for_customer"]


class ReleaseForm(_RowForm):
    """A hold to release, and why."""

    reason = forms.CharField(label=_("Reason for releasing"), max_length=300)

    def row_ids(self) -> list[int]:
        """Give the holds in force."""
        rows: list[LegalHold] = list(standing_holds_of(self.service_request))
        return [row.pk for row in rows]


class HoldRegisterForm(forms.Form):
    """A hold on a whole register."""

    register = forms.TypedChoiceField(
        label=_("Register"), coerce=RetentionCode, choices=[(code.value, RETENTIONS[code]) for code in REGISTERS]
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReleaseRegisterForm(forms.Form):
    """Why a hold is released."""

    reason = forms.CharField(label=_("Reason for releasing it"), max_length=300)


class HoldSearchForm(forms.Form):
    """A hold on whatever a search finds."""

    words = forms.CharField(
        label=_("Requests found by"),
        max_length=200,
        help_text=_("A name, a phone number, words of the request: as in the search of All requests."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
