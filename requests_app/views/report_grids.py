"""Tables of figures, the same on a page and in its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from requests_app.domain.metrics import Tally
from requests_app.forms.reports import ReportAddress
from requests_app.selectors.reports.choices import DepartmentChoice
from requests_app.views.report_figures import Figure, Links, share_words

Cell = Figure | str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; a division stands in by its depth."""

    name: str
    cells: list[Cell]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: `heads` are those of its cells, `first_head` that of its rows' names.

    One `is_heat` draws a bar under each figure of its inner cells, the widest under the greatest.
    """

    code: str
    title: str
    note: str
    first_head: str
    heads: list[str]
    rows: list[GridRow] = field(default_factory=list)
    is_heat: bool = False

    @property
    def most(self) -> int:
        """The greatest inner figure, and at least one."""
        inner = [cell.count for row in self.rows[:-1] for cell in row.cells[:-1] if isinstance(cell, Figure)]
        return max([1, *inner])


def grid_lines(grids: Iterable[Grid]) -> Iterator[list[object]]:
    """Give every cell of every table as a line of a file: table, row, column, value."""
    for grid in grids:
        for row in grid.rows:
            for head, cell in zip(grid.heads, row.cells, strict=True):
                yield [grid.title, row.name, head, cell.count if isinstance(cell, Figure) else cell]


def on_time_cells(tally: Tally, links: Links, **narrow: str) -> list[Cell]:
    """Give kept, n and the share on time of those that had to wait."""
    met, whole = tally.count("waited_met"), tally.count("waited_n")
    return [
        links.clocks("waited_met", tally, **narrow),
        links.clocks("waited_n", tally, **narrow),
        share_words(met, whole, small_number=links.small_number),
    ]


def departments_shown(address: ReportAddress) -> list[tuple[DepartmentChoice, int]]:
    """Give the departments a report is about with how far each stands in; the whole city comes last."""
    wanted = address.choices.department(address.cleaned.get("department") or "")
    shown = [each for each in address.choices.departments if wanted is None or each.pk in wanted.with_divisions]
    top = min((each.depth for each in shown if each.depth), default=0)
    return [(each, max(0, each.depth - top)) for each in sorted(shown, key=lambda each: each.depth == 0)]
