"""The formats that can be imported, and what a file of each has to contain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from requests_app.domain.imports import boston311, nyc311, open311, sf311
from requests_app.domain.imports.cases import BadRow, ForeignCase, check_text

JSON_FORMATS = {"open311": open311.read_case}


class TableFormat(NamedTuple):
    """A format of rows and columns, by the normalised names of its required columns."""

    required: tuple[str, ...]
    read_case: Callable[[Mapping[str, str], ZoneInfo], ForeignCase]


TABLE_FORMATS = {
    "boston311": TableFormat(boston311.REQUIRED, boston311.read_case),
    "sf311": TableFormat(sf311.REQUIRED, sf311.read_case),
    "nyc311": TableFormat(nyc311.REQUIRED, nyc311.read_case),
}
FORMATS = (*TABLE_FORMATS, *JSON_FORMATS)


def normalise_header(columns: Iterable[str]) -> tuple[str, ...]:
    """Return column names as every generation of a file spells them: "Unique Key" is unique_key."""
    return tuple("_".join(column.strip().casefold().split()) for column in columns)


def missing_columns(table_format: TableFormat, header: Sequence[str]) -> list[str]:
    """Name the columns a file of this format cannot do without."""
    return [column for column in table_format.required if column not in header]


def read_row(table_format: TableFormat, header: Sequence[str], row: Sequence[str], zone: ZoneInfo) -> ForeignCase:
    """Read one row of a table. Raises BadRow with the reason."""
    check_text(row)
    if len(row) < len(header):
        raise BadRow(f"too few columns: {len(row)} of {len(header)}")
    if any(cell.strip() for cell in row[len(header) :]):
        raise BadRow(f"too many columns: {len(row)} instead of {len(header)}")
    return table_format.read_case(dict(zip(header, row, strict=False)), zone)


def read_item(name: str, item: object, zone: ZoneInfo) -> ForeignCase:
    """Read one object of a JSON format. Raises BadRow with the reason."""
    if isinstance(item, Mapping):
        check_text(item.values())
    return JSON_FORMATS[name](item, zone)
