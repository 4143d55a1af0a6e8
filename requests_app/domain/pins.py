"""Which PINs are too easy: whoever stands at the counter tries those first."""

from enum import StrEnum
from itertools import pairwise

LEAST_DIGITS, MOST_DIGITS = 6, 12
# Figures drawn on the keypad, the longest runs of the alphabet on a telephone, and famous numbers.
_WELL_KNOWN = frozenset({
    "147258", "147852", "159357", "159753", "142536", "258369", "258456", "357159", "369258", "456852", "741852",
    "753159", "753951", "789456", "852456", "951753", "963852", "741963", "147963", "258147", "314159", "271828",
    "420420", "696969", "112358", "101010",
})  # fmt: skip
_LEAST_DIFFERENT = 3


class PinFault(StrEnum):
    """Why a PIN is refused."""

    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    TOO_EASY = "too_easy"


def pin_fault(pin: str) -> PinFault | None:
    """Say what is wrong with a PIN, or None."""
    if not (pin.isascii() and pin.isdecimal()):
        return PinFault.NOT_DIGITS
    if not LEAST_DIGITS <= len(pin) <= MOST_DIGITS:
        return PinFault.LENGTH
    return PinFault.TOO_EASY if _is_easy(pin) else None


def _is_easy(pin: str) -> bool:
    return (
        len(set(pin)) < _LEAST_DIFFERENT
        or _has_one_step(pin)
        or (pin[::2] == pin[1::2] and _has_one_step(pin[::2]))  # 112233
        or _repeats(pin)
        or any(known in pin for known in _WELL_KNOWN)
    )


def _has_one_step(pin: str) -> bool:
    """Say whether every digit follows the one before by the same step, over the nought as well: 123456, 864208."""
    return len({(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}) == 1


def _repeats(pin: str) -> bool:
    """Say whether a piece of at most half the length makes up the whole: 123123, 474747."""
    return any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))
