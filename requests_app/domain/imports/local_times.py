"""Dates as other systems write them, read as instants."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import BadRow

# 08/31/2015 12:48:00 AM, with or without seconds, or on the 24-hour clock.
_AMERICAN = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([AP])M)?)?",
    re.ASCII | re.IGNORECASE,
)
# 2016-01-01 00:13:00, 2016-01-01T00:13:00.000, 2016-01-01T00:13:00-05:00, 2016-01-01T05:13:00Z
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}:?(?:\d{2})?))?)?", re.ASCII
)


def read_instant(name: str, text: str, zone: ZoneInfo) -> datetime | None:
    """Read a date in UTC; None for an empty one. A time without an offset is local to `zone`.

    Raises BadRow for what is no date, and for a local time that a clock change leaves out; one that a clock change
    repeats is its first reading.
    """
    text = text.strip()
    if not text:
        return None
    at = _read(text)
    if at is None:
        raise BadRow(f"unreadable date in {name}: {text[:40]!r}")
    if at.tzinfo is not None:
        return _in_utc(name, text, at)
    return _local(name, text, at, zone)


def required_instant(name: str, text: str, zone: ZoneInfo) -> datetime:
    """Read a date that has to be there."""
    at = read_instant(name, text, zone)
    if at is None:
        raise BadRow(f"no date in {name}")
    return at


def _read(text: str) -> datetime | None:
    try:
        american = _AMERICAN.fullmatch(text)
        if american:
            return _american(american)
        return datetime.fromisoformat(text.replace(",", ".").replace(" +", "+")) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _american(match: re.Match[str]) -> datetime:
    month, day, year, hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3, 4, 5, 6))
    half = (match.group(7) or "").upper()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half == "P" else 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # the zone is known to the caller


def _local(name: str, text: str, at: datetime, zone: ZoneInfo) -> datetime:
    instant = _in_utc(name, text, at.replace(tzinfo=zone))
    if instant.astimezone(zone).replace(tzinfo=None) != at:
        raise BadRow(f"local time left out by a clock change in {name}: {text[:40]!r}")
    return instant


def _in_utc(name: str, text: str, at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise BadRow(f"unreadable date in {name}: {text[:40]!r}") from error
