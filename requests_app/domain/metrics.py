"""What is counted, defined once: the class of a clock, the parts of a figure, rate and percentile (III.b.ii.3-4).

Selectors turn the same definitions into SQL, so that a figure and the list behind it cannot part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from requests_app.domain.verdicts import is_overdue
from requests_app.domain.vocabulary import Verdict


class ClockClass(StrEnum):
    """Each clock is in exactly one of these at any instant."""

    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    EXCUSED = "excused"
    MERGED = "merged"
    CANCELLED = "cancelled"


RATED = frozenset({ClockClass.MET, ClockClass.LATE, ClockClass.OVERDUE})
_EVERY = frozenset(ClockClass)
_MISSED = frozenset({ClockClass.LATE, ClockClass.OVERDUE})
_ANSWERED = frozenset({ClockClass.MET, ClockClass.LATE})


def classify(*, verdict: str, due_at: datetime | None, as_of: datetime, is_excused: bool) -> ClockClass:
    """Put a clock into its one class at an instant; an undated one counts as open.

    An excusal moves a late or overdue clock only: answered on time counts as met all the same.
    """
    if verdict == Verdict.LATE or is_overdue(verdict=verdict, due_at=due_at, now=as_of):
        if is_excused:
            return ClockClass.EXCUSED
        return ClockClass.LATE if verdict == Verdict.LATE else ClockClass.OVERDUE
    return ClockClass(verdict)


class Traits(NamedTuple):
    """All that decides where a clock is counted."""

    kind: ClockClass
    is_answered_on_the_spot: bool = False
    is_holding_only: bool = False
    is_recorded_late: bool = False
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The clocks behind one figure: their classes, a mark they carry, and whether they had to wait."""

    kinds: frozenset[ClockClass] = _EVERY
    mark: str = ""
    waited: bool = False
    is_timed: bool = False

    def holds(self, traits: Traits) -> bool:
        """Say whether a clock belongs to this part, its time to answer aside."""
        return (
            traits.kind in self.kinds
            and not (self.waited and traits.is_answered_on_the_spot)
            and (not self.mark or bool(getattr(traits, self.mark)))
        )


# Every count a report shows, by its name in the JSON where it has one.
PARTS: Mapping[str, Part] = {
    "received": Part(),
    **{kind.value: Part(frozenset({kind})) for kind in ClockClass},
    "answered_on_the_spot": Part(mark="is_answered_on_the_spot"),
    "holding_only": Part(mark="is_holding_only"),
    "recorded_late": Part(mark="is_recorded_late"),
    "corrected": Part(mark="is_corrected"),
    "n": Part(RATED),
    "waited_n": Part(RATED, waited=True),
    "waited_met": Part(frozenset({ClockClass.MET}), waited=True),
    "waited_late": Part(frozenset({ClockClass.LATE}), waited=True),
    "waited_overdue": Part(frozenset({ClockClass.OVERDUE}), waited=True),
    "waited_missed": Part(_MISSED, waited=True),
    "waited_answered": Part(_ANSWERED, waited=True),
    "timed": Part(_ANSWERED, waited=True, is_timed=True),
}


class ImportedClass(StrEnum):
    """What became of another system's own target; each imported case is in exactly one of these."""

    NO_TARGET = "no_target"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"


IMPORTED_PARTS: Mapping[str, frozenset[ImportedClass]] = {
    "received": frozenset(ImportedClass),
    **{kind.value: frozenset({kind}) for kind in ImportedClass},
    "n": frozenset({ImportedClass.ON_TIME, ImportedClass.LATE, ImportedClass.OVERDUE}),
}


def classify_imported(*, target_at: datetime | None, closed_at: datetime | None, as_of: datetime) -> ImportedClass:
    """Put an imported case into its one class at an instant; closed or asked about at the target itself is in time."""
    if target_at is None:
        return ImportedClass.NO_TARGET
    if closed_at is not None and closed_at <= as_of:
        return ImportedClass.ON_TIME if closed_at <= target_at else ImportedClass.LATE
    return ImportedClass.OVERDUE if as_of > target_at else ImportedClass.OPEN


@dataclass(slots=True)
class Tally:
    """The clocks of one cell by their traits, and the whole business minutes of those answered after a wait."""

    clocks: Counter[Traits] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.clocks + other.clocks, self.minutes + other.minutes)

    def count(self, part: str) -> int:
        """Count one part; KeyError for a name that is none."""
        rule = PARTS[part]
        if rule.is_timed:
            return self.minutes.total()
        return sum(number for traits, number in self.clocks.items() if rule.holds(traits))

    def rate(self, *, small_number: int) -> float | None:
        """Give the share met of all that count; None below the small number."""
        return share(self.count("met"), self.count("n"), small_number=small_number)

    def waited_rate(self, *, small_number: int) -> float | None:
        """Give the share met of those that had to wait: the headline."""
        return share(self.count("waited_met"), self.count("waited_n"), small_number=small_number)

    def within(self, per_cent: int) -> int | None:
        """Give the business minutes within which so many of a hundred were answered; None without an answer."""
        return nearest_rank(self.minutes, per_cent)


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    whole = Tally()
    for tally in tallies:
        whole.clocks.update(tally.clocks)
        whole.minutes.update(tally.minutes)
    return whole


def share(part: int, whole: int, *, small_number: int) -> float | None:
    """Divide, unless the whole is too small to say anything: a percentage of three is none."""
    return part / whole if whole and whole >= small_number else None


def nearest_rank(values: Mapping[int, int], per_cent: int) -> int | None:
    """Give the percentile by nearest rank from values with their frequencies; always a value that occurred."""
    rank = -(-sum(values.values()) * per_cent // 100)
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= rank > 0:
            return value
    return None


@dataclass(frozen=True, slots=True)
class TimeBin:
    """One bar of the histogram: from so many hours of business time to less than so many; the last has no end."""

    code: str
    from_hours: int
    to_hours: int | None

    @property
    def from_minutes(self) -> int:
        """Give the least minutes in it."""
        return self.from_hours * 60

    @property
    def until_minutes(self) -> int | None:
        """Give the minutes it ends before."""
        return None if self.to_hours is None else self.to_hours * 60

    def holds(self, minutes: int) -> bool:
        """Say whether a time to answer is in it."""
        return minutes >= self.from_minutes and (self.until_minutes is None or minutes < self.until_minutes)


_HOURS = (0, 1, 2, 4, 8, 16, 24, 40)
_ENDS = (*_HOURS[1:], None)
TIME_BINS: Mapping[str, TimeBin] = {
    each.code: each
    for each in (TimeBin(f"{first}-{end or ''}", first, end) for first, end in zip(_HOURS, _ENDS, strict=True))
}
# From this many on, transfers are counted together.
MOST_TRANSFERS = 3


def histogram(minutes: Mapping[int, int]) -> dict[str, int]:
    """Count times to answer, given as frequencies of minutes, into the bins; an empty one is nought."""
    return {
        code: sum(number for value, number in minutes.items() if each.holds(value)) for code, each in TIME_BINS.items()
    }
