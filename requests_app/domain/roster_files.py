"""Read an uploaded roster file as it comes out of a spreadsheet: encoding, delimiter and headings are found out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from requests_app.domain.roster_rows import column_of

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
_DELIMITERS = (",", ";", "\t")


class UnusableRoster(ValueError):
    """A file nothing can be read from; `code` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row of the file: the line it begins on, and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file holds: its rows, and the headings nothing is known of, which are passed over."""

    lines: list[RosterLine]
    ignored: list[str]


def read_roster_file(data: bytes) -> RosterFile:
    """Read a roster from a table. Raises UnusableRoster."""
    return read_table(data, column_of=column_of, needed=("name", "e-mail"), most_rows=MOST_ROWS)


def read_table(
    data: bytes, *, column_of: Callable[[str], str | None], needed: Sequence[str], most_rows: int
) -> RosterFile:
    """Read UTF-8 or Windows-1252 text with commas, semicolons or tabs; one of the needed columns has to be there.

    Raises UnusableRoster.
    """
    if len(data) > MOST_BYTES:
        raise UnusableRoster("too_big", limit=MOST_BYTES // 1024 // 1024)
    text = decoded(data)
    rows = _rows(text)
    _, heading = next(rows, (1, []))
    columns = [column_of(cell) for cell in heading]
    known = [column for column in columns if column]
    if not set(needed) & set(known):
        raise UnusableRoster("no_heading")
    if len(known) != len(set(known)):
        raise UnusableRoster("column_twice", column=next(each for each in known if known.count(each) > 1))
    lines: list[RosterLine] = []
    for line, cells in rows:
        if len(lines) == most_rows:
            raise UnusableRoster("too_many_rows", limit=most_rows)
        by_column = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        lines.append(RosterLine(line, by_column))
    if not lines:
        raise UnusableRoster("empty")
    return RosterFile(lines, [cell for cell, column in zip(heading, columns, strict=True) if not column and cell])


def decoded(data: bytes) -> str:
    """Read bytes as UTF-8 or Windows-1252 text. Raises UnusableRoster for what is neither."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableRoster("not_text")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with the line it begins on."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnusableRoster("bad_quotes", line=line) from error
