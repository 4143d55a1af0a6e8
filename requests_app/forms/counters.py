"""Counter computers: naming one, choosing a PIN, and unlocking, from input to cleaned values."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.pins import LEAST_DIGITS, MOST_DIGITS, PinFault, pin_fault
from requests_app.models import CounterSeat
from requests_app.services.locks import PinRefusal

_FAULTS: dict[PinFault, str | Promise] = {
    PinFault.NOT_DIGITS: _("A PIN has digits only."),
    PinFault.LENGTH: _("A PIN has %(least)s to %(most)s digits."),
    PinFault.TOO_EASY: _("That PIN is among the first anybody tries. Choose digits without a pattern."),
}
_REFUSALS: dict[PinRefusal, str | Promise] = {
    PinRefusal.WRONG: _("That PIN is not right. Type it again."),
    PinRefusal.USED_UP: _("Too many wrong PINs. Sign in with your password; after that your PIN works here again."),
    PinRefusal.SIGN_IN: _("It is too long since you signed in here. Sign in with your password; then your PIN works."),
}


class PinField(forms.CharField):
    """A PIN: typed hidden, on a keypad where there is one, never kept by the browser."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": MOST_DIGITS, "class": "pin"}
        super().__init__(widget=forms.PasswordInput(attrs=attrs), **kwargs)


class DeviceForm(forms.Form):
    """What a counter computer is called, so that it can be told from the others when it is to be retired."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For instance “Front counter, left”."))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)


class PinForm(forms.Form):
    """A new PIN, twice."""

    pin = PinField(
        label=_("New PIN"),
        autocomplete="off",
        help_text=_("At least six digits, without a pattern: no 123456, no 112233, no birthday."),
    )
    again = PinField(label=_("The same again"), autocomplete="off")

    def clean_pin(self) -> str:
        """Refuse a PIN that is no PIN, or one of those tried first."""
        pin: str = self.cleaned_data["pin"]
        fault = pin_fault(pin)
        if fault:
            limits = {"least": LEAST_DIGITS, "most": MOST_DIGITS}
            raise ValidationError(str(_FAULTS[fault]), code=fault, params=limits)
        return pin

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        typed = self.cleaned_data
        if {"pin", "again"} <= typed.keys() and typed["pin"] != typed["again"]:
            self.add_error("again", _("The two PINs differ. Type the same twice."))
        return typed


class UnlockForm(forms.Form):
    """Who, and the PIN."""

    person = forms.TypedChoiceField(
        label=_("Who are you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your name."), "invalid_choice": str(_REFUSALS[PinRefusal.SIGN_IN])},
    )
    pin = PinField(label=_("PIN"), autocomplete="off", error_messages={"required": _("Type your PIN.")})

    def __init__(self, *args: Any, seats: Sequence[CounterSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["person"])
        field.choices = [(seat.employee_id, seat.employee.name) for seat in seats]
        if len(seats) == 1:
            field.initial = seats[0].employee_id
        if len(seats) == 1 or self.is_bound:
            self.fields["pin"].widget.attrs["autofocus"] = True

    def refuse(self, refusal: PinRefusal) -> None:
        """Say at the PIN why it did not unlock."""
        self.add_error("pin", str(_REFUSALS[refusal]))
