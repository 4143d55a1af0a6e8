"""The list behind a figure of the complaint register: the very rows that were counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from requests_app.selectors.keysets import Key, KeyKind, Segment
from requests_app.selectors.reports.complaints import Breakdown, RegisterQuery, rows_of


class RegisterLine(NamedTuple):
    """A row as listed: a complaint, or an obligation on one with its dates."""

    at: datetime
    pk: int
    number: str
    title: str
    department: str
    cell: str
    due_at: datetime | None = None
    met_at: datetime | None = None


_OF_COMPLAINTS = ("received_at", "pk", "number", "title", "department__name", "cell")
_OF_CLOCKS = (
    "started_at", "pk", "service_request__number", "service_request__title", "service_request__department__name",
    "cell", "due_at", "met_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisterList:
    """The rows of one cell, or of a whole table."""

    breakdown: Breakdown
    rows: QuerySet[Any]

    def count(self) -> int:
        """Count the rows: the figure itself."""
        return self.rows.count()

    def numbers(self) -> QuerySet[Any, Any]:
        """Ask for the tracking numbers in it."""
        return self.rows.order_by().values("service_request__number" if self.breakdown.milestone else "number")

    def segment(self) -> Segment:
        """Give the rows as pages are cut from them, the newest first."""
        fields = self._fields()
        named: QuerySet[Any, Any] = self.rows.values_list(*fields, named=True)
        return Segment(named, (Key(fields[0], KeyKind.INSTANT, descending=True), Key("pk", descending=True)))

    def lines(self, rows: Any = None) -> list[RegisterLine]:
        """Name the columns of rows of a page, or of all rows, oldest first."""
        fields = self._fields()
        given = self.rows.order_by(fields[0], "pk").values_list(*fields) if rows is None else rows
        return [RegisterLine(*row) for row in given]

    def _fields(self) -> tuple[str, ...]:
        return _OF_CLOCKS if self.breakdown.milestone else _OF_COMPLAINTS


def register_list(query: RegisterQuery, breakdown: Breakdown, *, cell: str = "") -> RegisterList:
    """List the rows behind a figure; without a cell those of the whole table."""
    rows = rows_of(query, breakdown)
    return RegisterList(breakdown, rows.filter(cell=cell) if cell else rows)
