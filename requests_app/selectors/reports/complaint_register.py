"""The complaint register as it may be shown: tables with small numbers withheld, times with their n."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from requests_app.domain.metrics import ClockClass, nearest_rank
from requests_app.domain.suppression import Published, suppress
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.complaints import (
    BREAKDOWNS,
    BY_CODE,
    TIMED,
    Breakdown,
    RegisterQuery,
    cell_names,
    counts_of,
    minutes_of,
)
from requests_app.selectors.standards import response_calendar_version

_MINUTES = 60
_ANSWERED = (ClockClass.MET.value, ClockClass.LATE.value)


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """One figure; `number` is None where it is withheld."""

    code: str
    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One breakdown; `total` is None where it is withheld too."""

    breakdown: Breakdown
    cells: list[RegisterCell]
    total: int | None


@dataclass(frozen=True, slots=True)
class RegisterTime:
    """How long one obligation took, in business days; None where there are too few to say."""

    breakdown: Breakdown
    median: Decimal | None
    nine_of_ten: Decimal | None
    number: int | None


@dataclass(frozen=True, slots=True)
class ComplaintRegister:
    """All the figures; `total` is None where even that is a small number."""

    total: int | None
    tables: list[RegisterTable]
    times: list[RegisterTime]
    small_number: int
    hours_of_a_day: Decimal

    def table(self, code: str) -> RegisterTable:
        """Give one table."""
        return next(table for table in self.tables if table.breakdown.code == code)


def complaint_register(query: RegisterQuery) -> ComplaintRegister:
    """Count everything, in a constant number of queries whatever the number of complaints."""
    small_number, hours = current_choices().small_number, _hours_of_a_day()
    counts = {breakdown.code: counts_of(query, breakdown) for breakdown in BREAKDOWNS}
    published = _published(counts, small_number=small_number)
    tables = [_table(one, counts[one.code], published[one.code]) for one in BREAKDOWNS]
    return ComplaintRegister(
        total=published["subject"].total,
        tables=tables,
        times=[_time(query, BY_CODE[code], published[code], counts[code], hours=hours) for code in TIMED],
        small_number=small_number,
        hours_of_a_day=hours,
    )


def _published(counts: Mapping[str, Mapping[str, int]], *, small_number: int) -> dict[str, Published]:
    """Withhold what is small in each table; a cell that several tables share is withheld in all of them or in none."""
    found: dict[str, Published] = {}
    forced: set[str] = set()
    for _again in range(2):  # what the first round withholds of a shared cell, the second withholds everywhere
        for breakdown in BREAKDOWNS:
            cells = list(counts[breakdown.code])
            shared = [place for place, cell in enumerate(cells) if cell == breakdown.shared]
            found[breakdown.code] = suppress(
                list(counts[breakdown.code].values()),
                small_number=small_number,
                forced=shared if breakdown.shared in forced else (),
                last=shared,
            )
            if found[breakdown.code].withheld & set(shared):
                forced.add(breakdown.shared)
    return found


def _table(breakdown: Breakdown, counts: Mapping[str, int], published: Published) -> RegisterTable:
    names = cell_names(breakdown)
    cells = [
        RegisterCell(code, names.get(code, code), number) for code, number in zip(counts, published.cells, strict=True)
    ]
    if breakdown.code == "department":
        cells.sort(key=lambda cell: cell.label)
    return RegisterTable(breakdown, cells, published.total)


def _time(
    query: RegisterQuery, breakdown: Breakdown, published: Published, counts: Mapping[str, int], *, hours: Decimal
) -> RegisterTime:
    """Time what was kept and late, unless one of the two is withheld: their number would give it away."""
    places = [place for place, cell in enumerate(counts) if cell in _ANSWERED]
    minutes = minutes_of(query, breakdown)
    if published.withheld & set(places):
        return RegisterTime(breakdown, None, None, None)
    number = sum(minutes.values())
    return RegisterTime(
        breakdown, _days(nearest_rank(minutes, 50), hours), _days(nearest_rank(minutes, 90), hours), number
    )


def _days(minutes: int | None, hours: Decimal) -> Decimal | None:
    return None if minutes is None else (Decimal(minutes) / (hours * _MINUTES)).quantize(Decimal("0.1"))


def _hours_of_a_day() -> Decimal:
    version = response_calendar_version()
    return version.business_calendar().business_day_hours if version else Decimal(9)
