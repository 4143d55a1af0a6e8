"""A case of another city's system, whatever the source, and why a row may not be one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from requests_app.domain.vocabulary import Channel

_ID_CHARACTERS = 60
_MICRODEGREE = Decimal("0.000001")
_DEGREES = 180
# What a byte that is not UTF-8 was read as, or half of a pair that JSON spelled out.
_SURROGATE = re.compile("[\ud800-\udfff]")


class BadRow(ValueError):
    """A row that cannot be loaded; the message is the reason a person reads in the reject file."""


class ForeignCase(NamedTuple):
    """One case as its source tells it; instants are UTC. `due_at` is the source's own target, never ours."""

    case_id: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    title: str
    agency: str
    category_text: str
    channel: Channel
    channel_text: str
    status_text: str
    outcome_note: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None

    @property
    def content_hash(self) -> str:
        """Return a fingerprint of everything that is kept, to tell a changed case from one seen before."""
        return hashlib.sha256(repr(tuple(self)).encode(errors="surrogatepass")).hexdigest()


def check_text(texts: Iterable[object]) -> None:
    """Raise BadRow for text that a database cannot keep."""
    for text in texts:
        if isinstance(text, str):
            if "\0" in text:
                raise BadRow("NUL byte")
            if not text.isascii() and _SURROGATE.search(text):
                raise BadRow("not UTF-8")


def required_id(text: str) -> str:
    """Return the source's id; BadRow if there is none or it is longer than any id."""
    case_id = text.strip()
    if not case_id:
        raise BadRow("no id")
    if len(case_id) > _ID_CHARACTERS:
        raise BadRow(f"id longer than {_ID_CHARACTERS} characters")
    return case_id


def check_order(opened_at: datetime, closed_at: datetime | None) -> None:
    """Raise BadRow for a case that ended before it began."""
    if closed_at is not None and closed_at < opened_at:
        raise BadRow("closed before opened")


def joined(*parts: str) -> str:
    """Join what is there with a colon, leaving out repetitions: "Trees: Tree Emergencies"."""
    texts = [" ".join(part.split()) for part in parts]
    return ": ".join(dict.fromkeys(text for text in texts if text))


def coordinate(text: str) -> Decimal | None:
    """Read degrees, to the sixth decimal; None for anything that is none."""
    try:
        degrees = Decimal(text.strip())
    except InvalidOperation:
        return None
    return degrees.quantize(_MICRODEGREE) if degrees.is_finite() and abs(degrees) <= _DEGREES else None


def channel_of(text: str, table: Mapping[str, Channel], default: Channel) -> Channel:
    """Translate the source's word for how a contact came in."""
    return table.get(text.strip().casefold(), default)
