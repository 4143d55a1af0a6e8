"""How a figure of the scorecard is compared and judged: a period, the one before, twelve months, a standing.

A share is a part of a whole. What is an opinion, a count or cannot be measured is never judged against a target.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from requests_app.domain.clauses import Measure
from requests_app.domain.periods import Month, Period

MONTHS = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """So many of so many; of a plain count both are the same. Of what is not to be told, `part` is nought."""

    part: int = 0
    whole: int = 0
    is_told: bool = True

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Series:
    """A figure in the period asked for, in the one before, and in each of the twelve months to its end."""

    now: Pair = Pair()
    before: Pair = Pair()
    months: tuple[Pair, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Say whether anything at all was counted in any of them."""
        return any(pair.whole or not pair.is_told for pair in (self.now, self.before, *self.months))


@dataclass(frozen=True)  # without slots: every figure asks for the same stretches, which are cut once
class Frame:
    """The stretches of days a scorecard compares (III.d.i), cut into segments so that one count serves them all."""

    period: Period

    @property
    def before(self) -> Period:
        """Give the stretch compared with: of a month, so far or whole, the month before; else as many days before."""
        month = Month.of(self.period.from_on)
        if self.period.from_on == month.first_on and self.period.to_on <= month.last_on:
            return Period.of_month(month.plus(-1))
        days = self.period.to_on - self.period.from_on + _DAY
        return Period(self.period.from_on - days, self.period.from_on - _DAY)

    @cached_property
    def months(self) -> list[Month]:
        """List the twelve months that end with the period's last."""
        last = Month.of(self.period.to_on)
        return [last.plus(offset) for offset in range(1 - MONTHS, 1)]

    @cached_property
    def slots(self) -> list[Period]:
        """Give the period, the one before and the months, in this order."""
        return [self.period, self.before, *(Period.of_month(month) for month in self.months)]

    @cached_property
    def cuts(self) -> list[date]:
        """Give the days on which a segment begins, and the day after the last."""
        return sorted({day for slot in self.slots for day in (slot.from_on, slot.to_on + _DAY)})

    @property
    def whole(self) -> Period:
        """Give everything from the first day of any of them to the last."""
        cuts = self.cuts
        return Period(cuts[0], cuts[-1] - _DAY)

    def series(self, of_segment: Mapping[int, Pair]) -> Series:
        """Add segments up to what is compared; a segment is named by its place among the cuts."""
        now, before, *months = (self._sum(slot, of_segment) for slot in self.slots)
        return Series(now, before, tuple(months))

    def series_by(self, count: Callable[[Period], Pair]) -> Series:
        """Count each of what is compared for itself; for what is already read and only to be counted."""
        now, before, *months = (count(slot) for slot in self.slots)
        return Series(now, before, tuple(months))

    def _sum(self, slot: Period, of_segment: Mapping[int, Pair]) -> Pair:
        return total(of_segment.get(number, Pair()) for number in self.segments_of(slot))

    def segments_of(self, slot: Period) -> list[int]:
        """Name the segments a stretch is made of."""
        return [number for number, on in enumerate(self.cuts) if slot.from_on <= on <= slot.to_on]

    def segment_of(self, on: date) -> int:
        """Name the segment a day is in; -1 for a day before them all."""
        return bisect_right(self.cuts, on) - 1


def total(pairs: Iterable[Pair]) -> Pair:
    """Add pairs up."""
    return sum(pairs, Pair())


class Standing(StrEnum):
    """The word a figure gets on the scorecard; none of them for indicators and counts."""

    ON_TARGET = "on_target"
    UNDER_TARGET = "under_target"
    ATTESTED = "attested"
    TOO_FEW = "too_few"
    NOT_MEASURED = "not_measured"
    NO_TARGET = "no_target"


def standing(
    pair: Pair | None, *, measure: Measure, target: Decimal | None, small_number: int, is_about_one: bool = False
) -> Standing:
    """Judge a figure; without one it is not measured, and that is never a success.

    What was attested by nobody counts as not measured. A share about one person is too few, whatever its number.
    """
    if measure is Measure.NONE or pair is None:
        return Standing.NOT_MEASURED
    if measure is Measure.ATTESTED:
        return Standing.ATTESTED if pair.part else Standing.NOT_MEASURED
    if measure is not Measure.AUTO or target is None:
        return Standing.NO_TARGET
    if pair.whole < max(small_number, 1) or is_about_one:
        return Standing.TOO_FEW
    return Standing.ON_TARGET if pair.part >= target * pair.whole else Standing.UNDER_TARGET
