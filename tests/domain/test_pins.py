"""A PIN is digits, and none of those tried first."""

import pytest

from requests_app.domain.pins import PinFault, pin_fault


@pytest.mark.parametrize("pin", ["493817", "806243", "20739146", "918273645018"])
def test_digits_without_a_pattern_are_a_pin(pin: str) -> None:
    assert pin_fault(pin) is None


@pytest.mark.parametrize(
    "pin",
    ["123456", "654321", "890123", "864208", "000000", "121212", "123123", "4747474", "112233", "998877",
     "147258", "159753", "696969", "555556", "12345678", "123412341234"],
)  # fmt: skip
def test_what_anybody_tries_first_is_refused(pin: str) -> None:
    assert pin_fault(pin) is PinFault.TOO_EASY


@pytest.mark.parametrize("pin", ["49381", "4938170000001", ""])
def test_too_short_or_too_long_is_refused(pin: str) -> None:
    assert pin_fault(pin) in (PinFault.LENGTH, PinFault.NOT_DIGITS)


@pytest.mark.parametrize("pin", ["49381a", "49 817", "４９３８１７", "²93817", "-93817"])
def test_anything_but_plain_digits_is_refused(pin: str) -> None:
    assert pin_fault(pin) is PinFault.NOT_DIGITS
