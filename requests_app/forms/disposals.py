"""What is typed on the way from due to destroyed, into cleaned values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.retention import FLOOR_YEARS, LONGEST_YEARS, REGISTERS, RetentionCode
from requests_app.models.labels import RETENTIONS, choices_of
from requests_app.selectors.directory import active_departments


class ProposeForm(forms.Form):
    """Of which department the records that are due are to be listed."""

    department = forms.TypedChoiceField(label=_("Department"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(department.pk, department.name) for department in active_departments()]
        cast("forms.ChoiceField", self.fields["department"]).choices = choices


class ProposeRegisterForm(forms.Form):
    """Of which register what is past its years is to be listed."""

    register = forms.TypedChoiceField(
        label=_("Register"), coerce=RetentionCode, choices=[(code.value, RETENTIONS[code]) for code in REGISTERS]
    )


class StepForm(forms.Form):
    """A step that needs nothing typed."""


class ResolutionForm(forms.Form):
    """The council's resolution."""

    resolution = forms.CharField(label=_("Number of the council's resolution"), max_length=60)


class WithdrawForm(forms.Form):
    """Why a list is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class RetentionForm(forms.Form):
    """How long a class is kept, and the ground for it."""

    code = forms.ChoiceField(choices=choices_of(RETENTIONS), widget=forms.HiddenInput)
    years = forms.IntegerField(label=_("Years after closing"), min_value=FLOOR_YEARS, max_value=LONGEST_YEARS)
    citation = forms.CharField(label=_("Ground"), max_length=120)

    @property
    def retention(self) -> RetentionCode:
        """Give the class that is changed."""
        return RetentionCode(self.cleaned_data["code"])
