"""The checklist at opening: on which days it is owed, by when, and what the lines mean (III.b.iii.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from requests_app.domain.calendars import BusinessCalendar

# What a clean and welcoming office is, until a supervisor of the front desk says otherwise.
DEFAULT_ITEMS = (
    "Entrance, lobby and counter are clean and tidy",
    "Doors, lights and heating work; the way in is free of steps and obstacles",
    "Seats, pens and forms are there, in English and Spanish",
    "Opening hours and closed days on the door are right",
    "Somebody is at the counter to greet whoever comes in",
)
MOST_ITEMS = 20
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line of the checklist as it was signed: a note says what is not in order."""

    text: str
    note: str = ""

    @property
    def is_in_order(self) -> bool:
        """Say whether it was in order."""
        return not self.note


def opening_due_at(calendar: BusinessCalendar | None, on: date, *, limit: timedelta) -> datetime | None:
    """Give when the checklist of a day is late: so long after opening. None on a closed day, or an unknown one."""
    if calendar is None or not calendar.knows(on):
        return None
    spans = calendar.open_intervals_utc(on)
    return spans[0][0] + limit if spans else None


def open_days(calendar: BusinessCalendar | None, from_on: date, to_on: date) -> list[date]:
    """List the days of a stretch, both ends included, on which the counter opens as far as the calendar knows."""
    if calendar is None:
        return []
    days = (from_on + timedelta(days=number) for number in range((to_on - from_on).days + 1))
    return [on for on in days if calendar.knows(on) and calendar.is_business_day(on)]


def lines_of(texts: Mapping[int, str], notes: Mapping[int, str]) -> list[CheckedLine]:
    """Give the lines to sign, in the order of the items; a note of white space is none."""
    return [CheckedLine(text, " ".join(notes.get(number, "").split())) for number, text in texts.items()]


def tidied_items(text: str) -> list[str]:
    """Read items typed one on a line: no empty ones, none twice, white space evened out."""
    return list(dict.fromkeys(item for item in (" ".join(line.split()) for line in text.splitlines()) if item))


def too_long(items: Sequence[str]) -> list[str]:
    """Give the items that are longer than a line may be."""
    return [item for item in items if len(item) > MOST_LETTERS]
