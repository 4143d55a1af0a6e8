"""Tracking numbers: short, unguessable, and with a check character that catches a slip of the finger."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

# 31 symbols, because 31 is prime: every weight has an inverse, so one wrong symbol and two swapped ones always
# change the sum. I, L, O, S and U are left out: they are read as 1, 1, 0, 5 and V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
PREFIX = "PN"

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LENGTH = 8
_CONFUSABLE = str.maketrans({"I": "1", "L": "1", "O": "0", "S": "5", "U": "V"})


def new_tracking_number(randbelow: Callable[[int], int]) -> str:
    """Return a number like PN-7K4M-2XQR from a source of randomness such as `secrets.randbelow`.

    There are 31 ** 7 (27 billion) of them; the caller still relies on a unique constraint.
    """
    body = "".join(ALPHABET[randbelow(len(ALPHABET))] for _ in range(_LENGTH - 1))
    return _formatted(body + _check_character(body))


def normalise_tracking_number(text: str) -> str | None:
    """Return the number a person meant, or None if it cannot be one.

    Lower case, full-width letters, blanks, any dashes, a missing prefix and look-alike letters are all accepted.
    """
    symbols = "".join(symbol for symbol in unicodedata.normalize("NFKC", text).upper() if symbol.isalnum())
    if len(symbols) == _LENGTH + len(PREFIX):
        symbols = symbols.removeprefix(PREFIX)
    symbols = symbols.translate(_CONFUSABLE)
    if len(symbols) != _LENGTH or any(symbol not in _VALUES for symbol in symbols):
        return None
    return _formatted(symbols) if _weighted_sum(symbols) == 0 else None


def _check_character(body: str) -> str:
    # The check character has weight 1, so it only has to cancel the sum of the others.
    return ALPHABET[-_weighted_sum(body + ALPHABET[0]) % len(ALPHABET)]


def _weighted_sum(symbols: str) -> int:
    weights = range(len(symbols), 0, -1)
    return sum(weight * _VALUES[symbol] for weight, symbol in zip(weights, symbols, strict=True)) % len(ALPHABET)


def _formatted(symbols: str) -> str:
    return f"{PREFIX}-{symbols[:4]}-{symbols[4:]}"
