"""Cards of other agencies: found by everyday words, and checked once a year (DOMAIN 1)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

YEARLY = timedelta(days=365)
# Local choice: how long before the day somebody is asked to check.
_AHEAD = timedelta(days=14)


class CheckState(StrEnum):
    """Whether what a card says can be relied on."""

    IN_DATE = "in_date"
    DUE = "due"
    STALE = "stale"


def check_due_on(checked_on: date | None) -> date | None:
    """Give the day by which a card is to be checked again; None for one nobody ever checked, which is due now."""
    return checked_on + YEARLY if checked_on else None


def check_state(checked_on: date | None, *, today: date) -> CheckState:
    """Say how a card stands today; on the day itself it may still be relied on."""
    due_on = check_due_on(checked_on)
    if due_on is None or due_on < today:
        return CheckState.STALE
    return CheckState.DUE if due_on - _AHEAD <= today else CheckState.IN_DATE


def asks_since(today: date) -> date:
    """Give the day before which a card must have been checked last for its owner to be asked today."""
    return today + _AHEAD - YEARLY


def fitness(text: str, words: Iterable[str]) -> int:
    """Say how well words fit a text, both normalised: the length of the longest one in it, 0 for none.

    Whole words, one or several of them ("bus" is in "where do buses stop", not in "business licence").
    """
    padded = f" {text} "
    fitting = (word for word in words if word and any(f" {word}{end} " in padded for end in ("", "s", "es")))
    return max(map(len, fitting), default=0)
