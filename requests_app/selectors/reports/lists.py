"""The lists behind the figures: the same rows that were counted, a page at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext

from requests_app.domain.metrics import IMPORTED_PARTS
from requests_app.selectors.keysets import Key, KeyKind, Segment
from requests_app.selectors.reports.facts import Facts
from requests_app.selectors.reports.first_contact import CONTACT_PARTS, logged_contacts
from requests_app.selectors.reports.imported_targets import DIMENSIONS, imported_cases
from requests_app.selectors.reports.past_facts import path_then
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.reports.transfers import narrowed_facts

_CHUNK = 2000


class ClockLine(NamedTuple):
    """A clock as listed; `kind` is its class at the report's instant."""

    at: datetime
    pk: int
    number: str
    title: str
    department: str
    channel: str
    standard: str
    due_at: datetime | None
    met_at: datetime | None
    kind: str
    minutes: int | None
    recorded_at: datetime | None = None
    is_on_the_spot: bool = False


class ContactLine(NamedTuple):
    """A logged contact as listed."""

    at: datetime
    pk: int
    number: str
    title: str
    department: str
    channel: str
    is_resolved: bool
    no_reply: str
    recorded_at: datetime
    kind: str
    language: str


class ImportedLine(NamedTuple):
    """An imported case as listed."""

    at: datetime
    pk: int
    number: str
    title: str
    source: str
    agency: str
    target_at: datetime | None
    closed_at: datetime | None
    imported_class: str


class MatterLine(NamedTuple):
    """A row of a clause's evidence as listed: the request it belongs to, and whether it is of the part counted."""

    at: datetime
    pk: int
    number: str
    title: str
    department: str
    is_part: bool


class ReplayLine(NamedTuple):
    """A clock that would have been judged otherwise, as listed; `move` is as domain.replays.MOVES."""

    at: datetime
    pk: int
    number: str
    title: str
    department: str
    channel: str
    standard: str
    due_at: datetime
    would_be_due_at: datetime
    met_at: datetime | None
    move: str


Line = TypeVar("Line", ClockLine, ContactLine, ImportedLine, MatterLine, ReplayLine)


@dataclass(frozen=True, slots=True)
class CellList(Generic[Line]):
    """The rows behind one figure, in the order they began."""

    rows: QuerySet[Any]
    line: Callable[..., Line]
    fields: tuple[str, ...]
    is_masked: bool = False

    def count(self) -> int:
        """Count the rows: the figure itself."""
        return self.rows.count()

    def numbers(self) -> QuerySet[Any, Any]:
        """Ask for the tracking numbers of the requests in it."""
        number = next(name for name in self.fields if name.endswith("number"))
        return self.rows.order_by().values(number)

    def lines(self) -> Iterator[Line]:
        """Give every row, oldest first, in chunks."""
        rows = self.rows.order_by(self.fields[0], "pk").values_list(*self.fields)
        return (self._shown(self.line(*row)) for row in rows.iterator(chunk_size=_CHUNK))

    def segment(self, *, newest_first: bool) -> Segment:
        """Give the rows as pages are cut from them."""
        named: QuerySet[Any, Any] = self.rows.values_list(*self.fields, named=True)
        keys = (Key(self.fields[0], KeyKind.INSTANT, descending=newest_first), Key("pk", descending=newest_first))
        return Segment(named, keys)

    def shown(self, rows: Iterable[Any]) -> list[Line]:
        """Name the columns of rows of a page."""
        return [self._shown(self.line(*row)) for row in rows]

    def _shown(self, line: Line) -> Line:
        return line._replace(title=gettext("Title withheld")) if self.is_masked else line


def clock_list(scope: ReportScope, query: ReportQuery, *, part: str) -> CellList[ClockLine]:
    """List the clocks behind one part of a cell. Raises KeyError for a part there is not."""
    return listed_clocks(narrowed_facts(scope, query), part=part, is_masked=scope.is_masked)


def listed_clocks(facts: Facts, *, part: str, is_masked: bool = False) -> CellList[ClockLine]:
    """List clocks already narrowed. Raises KeyError for a part there is not."""
    names = (
        "started_at", "pk", "service_request__number", "service_request__title", "department__name", "channel",
        "standard__name", "due_at", "met_at", "kind", "business_minutes", "verdict_recorded_at",
        "is_answered_on_the_spot",
    )  # fmt: skip
    return CellList(facts.part(part), ClockLine, tuple(facts.path(name) for name in names), is_masked)


def contact_list(scope: ReportScope, query: ReportQuery, *, part: str) -> CellList[ContactLine]:
    """List the logged contacts behind a figure. Raises KeyError for a part there is not."""
    fields = (
        "received_at", "pk", "number", "title", "department__name", "channel", "is_resolved", "no_reply",
        "recorded_at", "kind", "language",
    )  # fmt: skip
    rows = logged_contacts(scope, query).filter(CONTACT_PARTS[part])
    return CellList(rows, ContactLine, _then(fields, query), scope.is_masked)


def imported_list(
    scope: ReportScope, query: ReportQuery, *, part: str, source: str = "", agency: str | None = None
) -> CellList[ImportedLine]:
    """List the imported cases behind a figure; an agency of None is any. Raises KeyError for a part there is not."""
    rows: QuerySet[Any] = imported_cases(scope, query).filter(imported_class__in=sorted(IMPORTED_PARTS[part]))
    if source:
        rows = rows.filter(imported_case__source=source)
    if agency is not None:
        rows = rows.filter(**{path_then("imported_case__agency", query): agency})
    fields = (
        "received_at", "pk", "number", "title", *DIMENSIONS, "imported_case__imported_due_at", "closed_at",
        "imported_class",
    )  # fmt: skip
    return CellList(rows, ImportedLine, _then(fields, query), scope.is_masked)


def _then(fields: tuple[str, ...], query: ReportQuery) -> tuple[str, ...]:
    return tuple(path_then(name, query) for name in fields)
