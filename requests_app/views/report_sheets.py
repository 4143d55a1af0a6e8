"""The compliance report as a workbook: the same rows as its CSV and its lists, in typed cells."""

from collections.abc import Callable, Iterable
from datetime import date
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext

from requests_app.domain.periods import Month
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS, Row, compliance_report
from requests_app.selectors.reports.lists import CellList, clock_list, contact_list
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.report_files import MadeFile
from requests_app.services.spreadsheets import CellKind, Sheet, SheetColumn, write_workbook
from requests_app.views.report_access import Reading
from requests_app.views.report_grids import grid_lines
from requests_app.views.report_paper import report_parts
from requests_app.views.report_rows import TITLE, Columns, clock_columns, contact_columns

_TEXTS = ("standard", "milestone", "clause", "department", "channel", "source")
_WIDTHS = {"standard": 26, "department": 26, "milestone": 16}
_FIRST_CONTACT = ("department", "channel", "month", "contacts", "resolved", "rate")
_IMPORTED = (
    "source", "department", "month", "received", "no_target", "on_time", "late", "overdue", "open", "n",
    "on_time_rate",
)  # fmt: skip


def write_report_workbook(reading: Reading, *, report: Callable[[int, int], None]) -> MadeFile:
    """Write what the report counts and each clock and contact behind it; no title and no name is in it."""
    query = reading.address.query()
    with translation.override(STAFF_LANGUAGE):
        clocks = clock_list(reading.scope, query, part="received")
        contacts = contact_list(reading.scope, query, part="contacts")
        figures = compliance_report(reading.scope, query)
        expected = clocks.count() + contacts.count()
        sheets = [
            _about(reading),
            _figures(gettext("Figures"), CLOCK_COLUMNS, figures["clocks"]),
            _figures(gettext("On the spot"), _FIRST_CONTACT, figures["first_contact"]),
            _figures(gettext("Imported cases"), _IMPORTED, figures["imported_targets"]),
            _parts(reading),
            _listed(gettext("Clocks"), clocks, clock_columns()),
            _listed(gettext("Contacts"), contacts, contact_columns()),
        ]
        title = gettext("Compliance, %(period)s") % {"period": reading.address.period_words}
        content, rows = write_workbook(
            sheets, title=title, at=reading.now, progress=lambda done: report(min(done, expected), expected)
        )
    numbers = clocks.numbers().union(contacts.numbers())
    return MadeFile(content=content, rows=rows, numbers=numbers)


def _about(reading: Reading) -> Sheet:
    """Say what the figures are of, as the page does at its top."""
    scope = unescape(strip_tags(render_to_string("reports/scope.html", {"reading": reading}))).strip()
    rows: list[tuple[str, object]] = [
        (gettext("Report"), gettext("Compliance, %(period)s") % {"period": reading.address.period_words}),
        (gettext("Of what"), scope),
        (gettext("Data as of"), reading.address.query().as_of),
        (gettext("Generated"), reading.now),
        (gettext("Please note"), gettext("Not by itself a finding of non-compliance.")),
        (
            gettext("Shares"),
            gettext("With n below %(least)s there is none: the cell is blank.")
            % {"least": reading.address.choices.small_number},
        ),
    ]
    columns = (SheetColumn(gettext("What"), width=24), SheetColumn(gettext("Value"), CellKind.INSTANT, width=90))
    return Sheet(gettext("About"), columns, rows)


def _figures(name: str, keys: Iterable[str], rows: list[Row]) -> Sheet:
    columns = [SheetColumn(key.replace("_", " "), _kind(key), _WIDTHS.get(key, 12)) for key in keys]
    return Sheet(name, columns, ([_value(key, row[key]) for key in keys] for row in rows))


def _parts(reading: Reading) -> Sheet:
    """Give the tables of times, contacts and handling, a cell to a row, as their files have them."""
    heads = (gettext("Part"), gettext("Table"), gettext("Row"), gettext("Figure"))
    columns = [*(SheetColumn(head, width=28) for head in heads), SheetColumn(gettext("Value"), CellKind.NUMBER)]
    rows = [[part.title, *line] for part in report_parts(reading) for line in grid_lines(part.grids)]
    return Sheet(gettext("Times and handling"), columns, rows)


def _kind(key: str) -> CellKind:
    if key == "month":
        return CellKind.MONTH
    if key in _TEXTS:
        return CellKind.TEXT
    return CellKind.SHARE if key.endswith("rate") else CellKind.NUMBER


def _value(key: str, value: object) -> object:
    return _first_day(str(value)) if key == "month" else value


def _first_day(month: str) -> date:
    return Month.parse(month).first_on


def _listed(name: str, found: CellList[Any], columns: Columns) -> Sheet:
    """Give the rows of a list without their titles, which are what people typed."""
    shown = [column for column in columns if column is not TITLE]
    heads = [
        SheetColumn(
            str(column.label),
            CellKind.INSTANT if column.is_instant else CellKind.NUMBER if column.is_number else CellKind.TEXT,
            width=18,
        )
        for column in shown
    ]
    return Sheet(name, heads, ([column.value(line) for column in shown] for line in found.lines()))
