"""Small numbers in a published table: what is withheld, and what beside it, so that no subtraction brings it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

_LEAST_TOTAL = 3  # with less there are too few ways to share it out, however small a small number is


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
