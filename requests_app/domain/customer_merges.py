"""What becomes of the facts of two customers who are one, and how long that can be taken back (I purpose)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

UNDO_FOR = timedelta(days=30)
# One is chosen of each of these; what is not here is united or worked out.
CHOSEN_FACTS = ("name", "kind", "language")

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactsBack:
    """Which facts go back to what they were, and which were changed since and stay."""

    restored: Facts
    kept: tuple[str, ...]


def may_be_undone(merged_at: datetime, *, now: datetime) -> bool:
    """Say whether a merge is young enough to be taken back."""
    return now - merged_at <= UNDO_FOR


def joined_facts(staying: Facts, other: Facts, *, taken: Collection[str]) -> dict[str, str]:
    """Give the facts of the one who stays: their own, but for those taken from the other."""
    return {name: other[name] if name in taken else value for name, value in staying.items()}


def facts_back(*, before: Facts, after: Facts, now: Facts) -> FactsBack:
    """Take a merge's choice back, except where somebody changed the fact since."""
    chosen = [name for name in before if before[name] != after[name]]
    restored = {name: before[name] for name in chosen if now[name] == after[name]}
    return FactsBack(restored, tuple(name for name in chosen if name not in restored))
