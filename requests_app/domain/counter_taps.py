"""The tally at the counter: when a tap may be taken back, when two look like one finger, what is counted (III.b.iii.1).

A tap is a person who was greeted, not a contact that was logged: the two are never added together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

UNDO_WITHIN = timedelta(minutes=2)  # local choice
HASTY_WITHIN = timedelta(seconds=3)
BUTTONS = 8  # categories with a button and a number key each


@dataclass(frozen=True, slots=True)
class Greeted:
    """How many people were greeted, and how many of them were answered on the spot."""

    greeted: int = 0
    answered: int = 0


def may_be_undone(tapped_at: datetime, *, now: datetime) -> bool:
    """Say whether a tap is still fresh enough to be taken back by whoever made it."""
    return now - tapped_at <= UNDO_WITHIN


def is_hasty(tapped_at: datetime, *, before_at: datetime | None) -> bool:
    """Say whether a tap came so soon after the last that one finger may have made both. Both count until undone."""
    return before_at is not None and tapped_at - before_at < HASTY_WITHIN


def most_used(*rankings: Iterable[int], most: int = BUTTONS) -> list[int]:
    """Give the first few ids of several rankings, the first ranking first and nothing twice."""
    found = dict.fromkeys(each for ranking in rankings for each in ranking)
    return list(found)[:most]
