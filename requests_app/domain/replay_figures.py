"""What a replay adds up to: clocks by department, before and after, and how many answers fall due on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from requests_app.domain.metrics import ClockClass, Tally, Traits
from requests_app.domain.replays import MOVES


class Cell(NamedTuple):
    """All that decides where a replayed clock is counted."""

    department_id: int
    is_answered_on_the_spot: bool
    before: ClockClass
    after: ClockClass


class Load(NamedTuple):
    """How many answers fall due on a day, or in the week that begins with it, as recorded and as replayed."""

    on: date
    before: int
    after: int


@dataclass(slots=True)
class ReplayFigures:
    """The whole of a replay; `left` stayed as recorded although the question may have moved them."""

    cells: Counter[Cell] = field(default_factory=Counter)
    due: dict[date, tuple[int, int]] = field(default_factory=dict)
    left: int = 0

    def departments(self) -> set[int]:
        """Give the departments that have a clock in it."""
        return {cell.department_id for cell in self.cells}

    def before(self, department_id: int | None = None) -> Tally:
        """Tally the clocks as recorded, of one department or of all."""
        return self._tally(lambda cell: cell.before, department_id)

    def after(self, department_id: int | None = None) -> Tally:
        """Tally the clocks as replayed."""
        return self._tally(lambda cell: cell.after, department_id)

    def moved(self, move: str, department_id: int | None = None) -> int:
        """Count one of the four moves; KeyError for a name that is none."""
        wanted = MOVES[move]
        return sum(number for cell, number in self._of(department_id) if (cell.before, cell.after) == wanted)

    def add_due(self, on: date, *, before: int = 0, after: int = 0) -> None:
        """Count answers that fall due on a day."""
        had = self.due.get(on, (0, 0))
        self.due[on] = (had[0] + before, had[1] + after)

    def by_day(self) -> list[Load]:
        """Give the load of each day on which an answer falls due, before or after."""
        return [Load(on, *counts) for on, counts in sorted(self.due.items())]

    def by_week(self) -> list[Load]:
        """Give the load of each week, which begins on Monday."""
        weeks = ReplayFigures()
        for on, before, after in self.by_day():
            weeks.add_due(on - timedelta(days=on.weekday()), before=before, after=after)
        return weeks.by_day()

    def by_weekday(self) -> list[tuple[int, int, int]]:
        """Give each weekday that has any load, Monday being 0, with the answers before and after."""
        sums: dict[int, tuple[int, int]] = {}
        for on, before, after in self.by_day():
            had = sums.get(on.weekday(), (0, 0))
            sums[on.weekday()] = (had[0] + before, had[1] + after)
        return [(weekday, *counts) for weekday, counts in sorted(sums.items())]

    def to_json(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        return {
            "cells": [[*cell, number] for cell, number in sorted(self.cells.items())],
            "load": [[load.on.isoformat(), load.before, load.after] for load in self.by_day()],
            "left": self.left,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ReplayFigures:
        """Read what `to_json` gave."""
        figures = cls(left=stored["left"])
        for department_id, on_the_spot, before, after, number in stored["cells"]:
            figures.cells[Cell(department_id, on_the_spot, ClockClass(before), ClockClass(after))] = number
        for on, before, after in stored["load"]:
            figures.add_due(date.fromisoformat(on), before=before, after=after)
        return figures

    def _of(self, department_id: int | None) -> Iterator[tuple[Cell, int]]:
        return (item for item in self.cells.items() if department_id in (None, item[0].department_id))

    def _tally(self, kind_of: Callable[[Cell], ClockClass], department_id: int | None) -> Tally:
        tally = Tally()
        for cell, number in self._of(department_id):
            tally.clocks[Traits(kind_of(cell), cell.is_answered_on_the_spot)] += number
        return tally
