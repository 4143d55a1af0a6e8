"""Calls and mails counted by machines against those logged: rows of a file, what is missing, days with too few."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from requests_app.domain.csv_cells import unguarded
from requests_app.domain.text import normalise_text
from requests_app.domain.typed_days import parse_day
from requests_app.domain.vocabulary import Channel

# What a telephone system or a mailbox counts.
COUNTABLE = (Channel.PHONE, Channel.VOICEMAIL, Channel.EMAIL)
COLUMNS = ("day", "department", "channel", "count")
MOST_COUNTED = 100_000
_COLUMN_OF = {
    "day": "day", "date": "day", "on": "day",
    "department": "department", "dept": "department", "division": "department",
    "channel": "channel", "type": "channel", "line": "channel",
    "count": "count", "number": "count", "total": "count", "calls": "count",
}  # fmt: skip
_CHANNEL_OF = {
    "phone": Channel.PHONE, "call": Channel.PHONE, "calls": Channel.PHONE, "telephone": Channel.PHONE,
    "voicemail": Channel.VOICEMAIL, "voicemails": Channel.VOICEMAIL,
    "email": Channel.EMAIL, "emails": Channel.EMAIL, "mail": Channel.EMAIL, "mails": Channel.EMAIL,
}  # fmt: skip


class BadCountRow(ValueError):
    """A row that cannot be used; `code` says why, `value` what was found."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value[:80]


@dataclass(frozen=True, slots=True)
class CountRow:
    """What a row says; the department as it was written."""

    on: date
    department: str
    channel: Channel
    count: int


def column_of(heading: str) -> str | None:
    """Name the column a heading means; None for one we do not know."""
    return _COLUMN_OF.get(_bare(heading))


def read_count_row(cells: Mapping[str, str], *, today: date) -> CountRow:
    """Read the cells of a row. Raises BadCountRow for the first that cannot be."""
    values = {column: " ".join(unguarded(cell).split()) for column, cell in cells.items()}
    day, channel, count = (values.get(name, "") for name in ("day", "channel", "count"))
    on = parse_day(day)
    if on is None:
        raise BadCountRow("day", day)
    if on > today:
        raise BadCountRow("future", day)
    if not values.get("department"):
        raise BadCountRow("no_department")
    if _bare(channel) not in _CHANNEL_OF:
        raise BadCountRow("channel", channel)
    if not (count.isascii() and count.isdigit() and int(count[:9]) <= MOST_COUNTED):
        raise BadCountRow("count", count)
    return CountRow(on, values["department"], _CHANNEL_OF[_bare(channel)], int(count))


def missing(counted: int, logged: int) -> int:
    """Say how many counted contacts were not logged; more logged than counted make up for no other day."""
    return max(0, counted - logged)


def nearest_counted(department_id: int, parents: Mapping[int, int | None], counted: Collection[int]) -> int | None:
    """Give the department whose machine counts a contact: its own, or the nearest above that has counts."""
    found: int | None = department_id
    while found is not None and found not in counted:
        found = parents.get(found)
    return found


def usual_by_weekday(logged: Mapping[date, int], days: Iterable[date]) -> dict[int, float]:
    """Give the median logged on each weekday, over business days; a day nobody logged on counts as nought."""
    by_weekday: dict[int, list[int]] = {}
    for on in days:
        by_weekday.setdefault(on.weekday(), []).append(logged.get(on, 0))
    return {weekday: median(numbers) for weekday, numbers in by_weekday.items()}


def is_improbably_few(logged: int, *, usual: float, per_cent: int, small_number: int) -> bool:
    """Say whether a day has fewer than so many per cent of its weekday's median; of too little nothing is said."""
    return usual >= small_number and logged * 100 < usual * per_cent


def _bare(text: str) -> str:
    return re.sub(r"[^a-z]", "", normalise_text(text))
