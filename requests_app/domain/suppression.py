"""Small numbers in a published table: what is withheld, and what beside it, so that no subtraction brings it back."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

_LEAST_TOTAL = 3  # with less there are too few ways to share it out, however small a small number is

Member = TypeVar("Member")
Group = Mapping[Member, int]  # who is counted, and how often


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be shown: None stands for what is withheld."""

    total: int | None
    cells: tuple[int | None, ...]

    @property
    def withheld(self) -> frozenset[int]:
        """Give the places of the withheld cells."""
        return frozenset(place for place, number in enumerate(self.cells) if number is None)


def suppress(
    cells: Sequence[int], *, small_number: int, forced: Collection[int] = (), last: Collection[int] = ()
) -> Published:
    """Withhold the small numbers of a table whose cells add up to its total, and as many others as that takes.

    Nought is shown: it is about nobody. What is withheld together has at least two values for each of its cells that
    agree with everything shown, and is no small number itself. `forced` places are withheld in any case; `last` ones
    are withheld beside a small number only where no other is left.
    """
    total, least = sum(cells), max(small_number, _LEAST_TOTAL)
    withheld = {place for place, number in enumerate(cells) if 0 < number < small_number} | set(forced)
    if not withheld:
        return Published(total, tuple(cells))
    if total < least:
        return Published(None, (None,) * len(cells))
    order = sorted(
        (place for place in range(len(cells)) if place not in withheld and cells[place]),
        key=lambda place: (place in last, cells[place], place),
    )
    while order and not _is_safe([cells[place] for place in withheld], least=least):
        withheld.add(order.pop(0))
    if not _is_safe([cells[place] for place in withheld], least=least):
        # Nothing but noughts is left to stand beside them: then none of them is shown as one.
        return Published(total, (None,) * len(cells)) if len(cells) > 1 else Published(None, (None,))
    return Published(total, tuple(None if place in withheld else number for place, number in enumerate(cells)))


def _is_safe(withheld: Sequence[int], *, least: int) -> bool:
    """Say whether each of several numbers, known to be at least one and to add up to their sum, could be another."""
    together = sum(withheld)
    return len(withheld) > 1 and together >= least and together > len(withheld)


def shown_rows(
    rows: Sequence[Group[Member]], *, is_enough: Callable[[Group[Member]], bool], told: Iterable[Group[Member]] = ()
) -> frozenset[int]:
    """Give the places of the rows that may be shown side by side, where some rows are within others.

    A row that is not enough is withheld, and as many others as that takes: whatever a shown row leaves once rows shown
    within it are taken away is nothing, is enough, or is made of rows shown anyway. `told` rows are shown beside them
    in any case. Of a row that would give others away the smallest within it goes first. `is_enough` may only grow with
    its group.
    """
    fixed = list(told)
    shown = {place for place, row in enumerate(rows) if row and is_enough(row)}
    while (place := _to_withhold(rows, shown, fixed, is_enough)) is not None:
        shown.remove(place)
    return frozenset(shown)


def _to_withhold(
    rows: Sequence[Group[Member]],
    shown: Collection[int],
    fixed: Sequence[Group[Member]],
    is_enough: Callable[[Group[Member]], bool],
) -> int | None:
    everything = [*(rows[place] for place in shown), *fixed]
    for wide in sorted(shown, key=lambda place: (-len(rows[place]), place)):
        row, within = rows[wide], [each for each in everything if each.keys() <= rows[wide].keys()]
        smaller = [each for each in within if len(each) < len(row)]
        left = [row, *({who: row[who] for who in row.keys() - each.keys()} for each in smaller)]
        if all(_is_safe_to_leave(each, smaller, is_enough) for each in left):
            continue
        inner = [place for place in shown if rows[place] in smaller]
        return min(inner, key=lambda place: (sum(rows[place].values()), place), default=wide)
    return None


def _is_safe_to_leave(
    left: Group[Member], smaller: Iterable[Group[Member]], is_enough: Callable[[Group[Member]], bool]
) -> bool:
    """Say whether what nobody is told of by itself in a remainder is nothing, or enough."""
    known = {who for each in smaller if each.keys() <= left.keys() for who in each}
    unknown = {who: count for who, count in left.items() if who not in known}
    return not unknown or is_enough(unknown)
