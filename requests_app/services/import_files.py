"""Read a file of cases piece by piece, however long it is."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import BadRow, ForeignCase
from requests_app.domain.imports.formats import (
    TABLE_FORMATS,
    TableFormat,
    missing_columns,
    normalise_header,
    read_item,
    read_row,
)

_PIECE_CHARACTERS = 1 << 16
_FIELD_CHARACTERS = 1 << 20
_SHOWN_CHARACTERS = 2000
_BETWEEN_ITEMS = " \t\r\n,"


class UnusableFile(Exception):
    """A file nothing can be read from; the message is one line for the person who gave it."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was left out: where it begins, why, and what it held."""

    line: int
    reason: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What one row gave: a case or a rejection."""

    case: ForeignCase | None
    rejected: RejectedRow | None


def read_file(path: Path, *, format_name: str, zone: ZoneInfo) -> Iterator[FileEntry]:
    """Yield what each row gives, holding no more than one piece of the file.

    Raises UnusableFile when there is no such file, or its header is not one of this format.
    """
    try:
        # What is not UTF-8 comes through as lone surrogates, so that one bad row does not end the reading.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            table_format = TABLE_FORMATS.get(format_name)
            if table_format:
                yield from _read_table(stream, table_format, format_name, zone)
            else:
                yield from _read_json(stream, format_name, zone)
    except OSError as error:
        raise UnusableFile(f"{path}: {error.strerror or error}") from error


def _read_table(stream: TextIO, table_format: TableFormat, format_name: str, zone: ZoneInfo) -> Iterator[FileEntry]:
    csv.field_size_limit(_FIELD_CHARACTERS)
    reader = csv.reader(stream)
    header = normalise_header(_header(reader))
    missing = missing_columns(table_format, header)
    if missing:
        raise UnusableFile(f"not a {format_name} file: its header has no column {', '.join(missing)}.")
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _rejected(line, f"unreadable row: {error}", [])
            continue
        if row:
            yield _entry(partial(read_row, table_format, header, row, zone), line, row)


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next(reader)
    except StopIteration as error:
        raise UnusableFile("the file is empty.") from error
    except csv.Error as error:
        raise UnusableFile(f"the header cannot be read: {error}.") from error


def _entry(read: Callable[[], ForeignCase], line: int, cells: Sequence[str]) -> FileEntry:
    try:
        return FileEntry(read(), None)
    except BadRow as error:
        return _rejected(line, str(error), cells)


def _rejected(line: int, reason: str, cells: Sequence[str]) -> FileEntry:
    return FileEntry(None, RejectedRow(line, reason, cells))


def _read_json(stream: TextIO, format_name: str, zone: ZoneInfo) -> Iterator[FileEntry]:
    """Read an array of objects, or one object on each line."""
    first = stream.read(1)
    line = 1
    while first and first.isspace():
        line += first == "\n"
        first = stream.read(1)
    if first == "[":
        yield from _read_array(stream, line, format_name, zone)
    elif first == "{":
        yield from _read_lines(first, stream, line, format_name, zone)
    else:
        raise UnusableFile(f"not an {format_name} file: neither a JSON array of requests nor one request on each line.")


def _read_lines(first: str, stream: TextIO, line: int, format_name: str, zone: ZoneInfo) -> Iterator[FileEntry]:
    for number, rest in enumerate(stream, start=line):
        text = (first + rest).strip()
        first = ""
        if not text:
            continue
        try:
            item = json.loads(text)
        except (ValueError, RecursionError):
            yield _rejected(number, "unreadable JSON", [text[:_SHOWN_CHARACTERS]])
            continue
        yield _item_entry(item, number, text, format_name, zone)


def _read_array(stream: TextIO, line: int, format_name: str, zone: ZoneInfo) -> Iterator[FileEntry]:
    decoder = json.JSONDecoder()
    buffer, piece = "", stream.read(_PIECE_CHARACTERS)
    while True:
        buffer += piece
        rest = buffer.lstrip(_BETWEEN_ITEMS)
        line += buffer.count("\n", 0, len(buffer) - len(rest))
        buffer = rest
        if buffer.startswith("]"):
            return
        try:
            item, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError):
            piece = stream.read(_PIECE_CHARACTERS)
            if piece and len(buffer) < _FIELD_CHARACTERS:
                continue
            yield _rejected(line, "unreadable JSON; nothing after this was read", [buffer[:_SHOWN_CHARACTERS]])
            return
        yield _item_entry(item, line, buffer[:end], format_name, zone)
        line += buffer.count("\n", 0, end)
        buffer, piece = buffer[end:], ""


def _item_entry(item: object, line: int, text: str, format_name: str, zone: ZoneInfo) -> FileEntry:
    return _entry(partial(read_item, format_name, item, zone), line, [text[:_SHOWN_CHARACTERS]])
