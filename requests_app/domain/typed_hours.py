"""Open hours as people type them: 8:00–12:00, 13:00–17:00."""

from __future__ import annotations

import re
from collections.abc import Iterable

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendars import Interval, check_intervals

_PLACE = "hours"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?"
_SPAN = re.compile(rf"{_TIME}\s*[-–—]\s*{_TIME}", re.ASCII | re.IGNORECASE)


def parse_hours(text: str) -> tuple[Interval, ...]:
    """Read hours: "8-12, 13:00-16:30" or "8 am - 5 pm"; nothing is a closed day. Raises InvalidCalendar."""
    intervals = tuple(_typed_interval(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
    check_intervals(_PLACE, intervals)
    return intervals


def format_hours(intervals: Iterable[Interval]) -> str:
    """Write hours as `parse_hours` reads them: "8:00–12:00, 13:00–16:30"."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in intervals)


def _typed_interval(text: str) -> Interval:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InvalidCalendar(_PLACE, f"{text!r} is not a span like 8:00-16:30.")
    start_hour, start_minute, start_half, end_hour, end_minute, end_half = found.groups()
    return Interval(_minute(start_hour, start_minute, start_half), _minute(end_hour, end_minute, end_half))


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59 or (half and not 1 <= hours <= 12):
        raise InvalidCalendar(_PLACE, "times are like 8:00 or 5:00 pm.")
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 60 + minutes


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
