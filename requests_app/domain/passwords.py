"""What makes a long password easy to guess all the same."""

from collections.abc import Iterable
from enum import StrEnum

# Beyond the lists of common passwords, most of which are too short for us anyway: what a guesser of this city tries.
CITY_WORDS = (
    "pinole", "city", "hall", "contracosta", "california", "servicedesk", "service", "frontdesk", "counter",
    "admin", "administrator", "password", "passwort", "welcome", "letmein", "iloveyou", "qwerty", "asdfgh", "94564",
)  # fmt: skip
_LEFT_OVER = 8
_DIFFERENT = 5


class Weakness(StrEnum):
    """Why a password is refused."""

    OWN_WORDS = "own_words"
    REPEATED = "repeated"


def weakness_of(password: str, own_words: Iterable[str] = ()) -> Weakness | None:
    """Say what is wrong with a password: too little besides words a guesser would try first, or the same over again."""
    plain = password.casefold()
    if len(set(plain)) < _DIFFERENT:
        return Weakness.REPEATED
    # The longest first: "administrator" must not leave "istrator".
    for word in sorted({word.casefold() for word in (*CITY_WORDS, *own_words) if len(word) > 2}, key=len, reverse=True):
        plain = plain.replace(word, "")
    return Weakness.OWN_WORDS if len(plain) < _LEFT_OVER else None
