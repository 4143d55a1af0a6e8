"""Write XLSX files: typed cells, a frozen heading, and never a formula."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.utils import timezone

# What a sheet holds below its heading (1,048,576 rows in all).
MOST_ROWS = 1_048_575
_REPORT_EVERY = 500


class CellKind(StrEnum):
    """What a column holds; what is None stays blank."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MONTH = "month"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column with its width in characters."""

    heading: str
    kind: CellKind = CellKind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its rows are read once, as they are written."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[object]]


_FORMATS = {
    CellKind.NUMBER: "#,##0",
    CellKind.SHARE: "0.0%",
    CellKind.DAY: "yyyy-mm-dd",
    CellKind.MONTH: "yyyy-mm",
    CellKind.INSTANT: "yyyy-mm-dd hh:mm",
}
Progress = Callable[[int], None]


def write_workbook(
    sheets: Iterable[Sheet], *, title: str, at: datetime, progress: Progress = lambda _: None
) -> tuple[bytes, int]:
    """Write sheets in their order, row by row, and say how many rows they have; instants are in the city's time."""
    import xlsxwriter  # few processes need it

    target = BytesIO()
    # Text stays text whatever it begins with: a spreadsheet runs nothing of what people typed.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(target, {**options, "strings_to_numbers": False})
    workbook.set_properties({"title": title, "author": "City of Pinole", "created": _naive(at)})
    written = 0
    for sheet in sheets:
        written = _write_sheet(workbook, sheet, written=written, progress=progress)
    workbook.close()
    return target.getvalue(), written


def _write_sheet(workbook: Any, sheet: Sheet, *, written: int, progress: Progress) -> int:
    page = workbook.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = [
        workbook.add_format(
            {"num_format": _FORMATS[each.kind]}
            if each.kind in _FORMATS
            else {"text_wrap": each.width > 60, "valign": "top"}
        )
        for each in sheet.columns
    ]
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.heading, heading)
    row = 0
    for row, cells in enumerate(sheet.rows, start=1):  # the last number counts them
        for number, (column, value) in enumerate(zip(sheet.columns, cells, strict=True)):
            _write_cell(page, (row, number), value, column.kind, formats[number])
        if row % _REPORT_EVERY == 0:
            progress(written + row)
        if row == MOST_ROWS:
            break
    if row:
        page.autofilter(0, 0, row, len(sheet.columns) - 1)
    return written + row


def _write_cell(page: Any, place: tuple[int, int], value: object, kind: CellKind, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(*place, _naive(value), form)
    elif isinstance(value, date):
        page.write_datetime(*place, value, form)
    elif kind in (CellKind.NUMBER, CellKind.SHARE) and isinstance(value, int | float):
        page.write_number(*place, value, form)
    else:
        page.write_string(*place, str(value), form)


def _naive(at: datetime) -> datetime:
    """Give the city's time without a zone and without seconds' fractions: a spreadsheet knows neither."""
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0)
