"""Pages of long lists by position, not by number: as quick at the end as at the start, and nothing shown twice.

A list is one or more segments, each ordered by columns that are never null and end with `pk`; what would be a null
is a segment of its own. A cursor names a segment and the values of one row's columns in it.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from requests_app.models import ServiceRequest

Value = int | str | datetime
_YEARS = range(1900, 2200)
_LARGEST_INTEGER = 2**63 - 1


class InvalidCursor(ValueError):
    """A cursor that this list never gave out."""


class KeyKind(StrEnum):
    """What a column holds, so that a cursor can be checked before it reaches the database."""

    INSTANT = "instant"
    INTEGER = "integer"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Key:
    """A column or annotation to order by; never null."""

    name: str
    kind: KeyKind = KeyKind.INTEGER
    descending: bool = False

    def ordering(self, *, backwards: bool) -> str:
        """Give the name as order_by takes it."""
        return f"-{self.name}" if self.descending != backwards else self.name

    def beyond(self, value: Value, *, backwards: bool) -> Q:
        """Say which rows come after a value, or before it."""
        return Q(**{f"{self.name}__{'lt' if self.descending != backwards else 'gt'}": value})


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows in one order; the last key is unique."""

    rows: QuerySet[ServiceRequest]
    keys: tuple[Key, ...]

    def ordered(self, *, backwards: bool = False) -> QuerySet[ServiceRequest]:
        """Give the rows in order, or against it."""
        return self.rows.order_by(*(key.ordering(backwards=backwards) for key in self.keys))

    def beyond(self, values: Sequence[Value], *, backwards: bool) -> Q:
        """Say which rows come after the row with these values, or before it."""
        further = Q(pk__in=[])
        same = Q()
        for key, value in zip(self.keys, values, strict=True):
            further |= same & key.beyond(value, backwards=backwards)
            same &= Q(**{key.name: value})
        return further

    def values_of(self, row: ServiceRequest) -> list[Value]:
        """Give a row's position."""
        return [getattr(row, key.name) for key in self.keys]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, where they stand in it, and the cursors that lead on; "" where there is nothing more."""

    rows: list[ServiceRequest]
    first: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        """Give the place of the last row, from 1."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class _Cursor:
    segment: int
    values: list[Value]
    place: int  # of the row in the whole list, from 1; only for words such as "26 to 50"


def page_after(segments: Sequence[Segment], *, size: int, cursor: str = "") -> Page:
    """Give the rows after a cursor, from the start without one. Raises InvalidCursor."""
    start = _decoded(cursor, segments) if cursor else None
    found = _walk(segments, start, limit=size + 1, backwards=False)
    place = start.place + 1 if start else 1
    return _page(segments, found[:size], place, has_previous=start is not None, has_next=len(found) > size)


def page_before(segments: Sequence[Segment], *, size: int, cursor: str) -> Page:
    """Give the rows before a cursor, in the order of the list. Raises InvalidCursor."""
    start = _decoded(cursor, segments)
    found = _walk(segments, start, limit=size + 1, backwards=True)
    rows = found[:size][::-1]
    has_previous = len(found) > size
    place = max(1, start.place - len(rows)) if has_previous else 1
    return _page(segments, rows, place, has_previous=has_previous, has_next=True)


def every_row(segments: Sequence[Segment], *, chunk_size: int) -> Iterator[ServiceRequest]:
    """Walk a whole list without holding it in memory."""
    for segment in segments:
        yield from segment.ordered().iterator(chunk_size=chunk_size)


_Found = list[tuple[int, ServiceRequest]]


def _walk(segments: Sequence[Segment], start: _Cursor | None, *, limit: int, backwards: bool) -> _Found:
    found: _Found = []
    for index in _indexes(segments, start, backwards=backwards):
        rows = segments[index].ordered(backwards=backwards)
        if start and index == start.segment:
            rows = rows.filter(segments[index].beyond(start.values, backwards=backwards))
        found += [(index, row) for row in rows[: limit - len(found)]]
        if len(found) >= limit:
            break
    return found


def _indexes(segments: Sequence[Segment], start: _Cursor | None, *, backwards: bool) -> range:
    if backwards:
        return range(start.segment if start else len(segments) - 1, -1, -1)
    return range(start.segment if start else 0, len(segments))


def _page(segments: Sequence[Segment], found: _Found, place: int, *, has_previous: bool, has_next: bool) -> Page:
    if not found:
        return Page([], place, "", "")
    (first_index, first), (last_index, last) = found[0], found[-1]
    previous = _Cursor(first_index, segments[first_index].values_of(first), place)
    following = _Cursor(last_index, segments[last_index].values_of(last), place + len(found) - 1)
    return Page(
        rows=[row for _, row in found],
        first=place,
        previous=_encoded(previous) if has_previous else "",
        next=_encoded(following) if has_next else "",
    )


def _encoded(cursor: _Cursor) -> str:
    values = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in cursor.values]
    text = json.dumps([cursor.segment, cursor.place, *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str, segments: Sequence[Segment]) -> _Cursor:
    try:
        # Letters outside the alphabet are dropped by the decoder; a cursor of ours has none.
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        segment, place, *values = parts
        segment, place = _checked(segment, KeyKind.INTEGER), _checked(place, KeyKind.INTEGER)
        if not (isinstance(segment, int) and isinstance(place, int) and 0 <= segment < len(segments)):
            raise InvalidCursor(cursor)
        pairs = zip(values, segments[segment].keys, strict=True)
        return _Cursor(segment, [_checked(value, key.kind) for value, key in pairs], max(1, place))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise InvalidCursor(cursor) from error


def _checked(value: object, kind: KeyKind) -> Value:
    if kind is KeyKind.INSTANT and isinstance(value, str):
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None and at.year in _YEARS:
            return at
    if kind is KeyKind.INTEGER and type(value) is int and abs(value) <= _LARGEST_INTEGER:
        return value
    if kind is KeyKind.TEXT and isinstance(value, str) and value.isprintable():
        return value
    raise InvalidCursor(str(value))
