"""Waiting at the counter in sample weeks: what may follow on what, and what the times come to (III.b.iii.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_SAMPLE_DAYS = 14


class Step(StrEnum):
    """What happens to somebody who checked in."""

    CALLED = "called"
    HELPED = "helped"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody checked in, was called, was helped, or left without being called."""

    checked_in_at: datetime
    called_at: datetime | None = None
    helped_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def next_steps(self) -> tuple[Step, ...]:
        """Give what may happen next."""
        if self.helped_at or self.left_at:
            return ()
        return (Step.HELPED,) if self.called_at else (Step.CALLED, Step.LEFT)

    @property
    def waited_minutes(self) -> int | None:
        """Give the whole minutes until they were called; None for whoever was not."""
        return int((self.called_at - self.checked_in_at).total_seconds()) // 60 if self.called_at else None


@dataclass(frozen=True, slots=True)
class WaitingFigures:
    """How long people waited, in whole minutes; of whoever left or still waits no time is known."""

    checked_in: int
    called: int
    left: int
    median_minutes: int | None
    nine_of_ten_minutes: int | None


def waiting_figures(visits: Sequence[Visit]) -> WaitingFigures:
    """Reckon median and "9 of 10 within" by nearest rank."""
    waited = sorted(minutes for visit in visits if (minutes := visit.waited_minutes) is not None)
    return WaitingFigures(
        checked_in=len(visits),
        called=len(waited),
        left=sum(visit.left_at is not None for visit in visits),
        median_minutes=_rank(waited, 50),
        nine_of_ten_minutes=_rank(waited, 90),
    )


def is_step(text: str) -> bool:
    """Say whether an address names a step."""
    return text in _FIELDS


def field_of(step: Step) -> str:
    """Name the field in which a step's instant is kept."""
    return _FIELDS[step]


_FIELDS: Mapping[str, str] = {step.value: f"{step.value}_at" for step in Step}


def _rank(ordered: Sequence[int], per_cent: int) -> int | None:
    if not ordered:
        return None
    return ordered[-(-len(ordered) * per_cent // 100) - 1]
