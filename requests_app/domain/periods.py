"""Stretches of local calendar days, and the months they touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)
_MONTHS_OF_A_HALF = 6


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, on: date) -> Month:
        """Give the month of a date."""
        return cls(on.year, on.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2026-11"; ValueError for anything else."""
        on = date.fromisoformat(f"{text}-01")
        return cls(on.year, on.month)

    @property
    def first_on(self) -> date:
        """Give its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        """Give its last day."""
        return self.plus(1).first_on - _DAY

    def plus(self, months: int) -> Month:
        """Give the month so many later."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Half:
    """A half of a calendar year, as reports to the council go by."""

    year: int
    number: int

    @classmethod
    def of(cls, on: date) -> Half:
        """Give the half of a date."""
        return cls(on.year, 1 if on.month <= _MONTHS_OF_A_HALF else 2)

    @classmethod
    def parse(cls, text: str) -> Half:
        """Read "2026-1"; ValueError for anything else."""
        year, dash, number = text.partition("-")
        if not (dash and number in ("1", "2") and len(year) == 4 and year.isascii() and year.isdigit()):
            raise ValueError(text)
        return cls(date(int(year), 1, 1).year, int(number))

    @property
    def period(self) -> Period:
        """Give all its days."""
        first = Month(self.year, 1 if self.number == 1 else 1 + _MONTHS_OF_A_HALF)
        return Period(first.first_on, first.plus(_MONTHS_OF_A_HALF - 1).last_on)

    def plus(self, halves: int) -> Half:
        """Give the half so many later."""
        year, index = divmod(self.year * 2 + self.number - 1 + halves, 2)
        return Half(year, index + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number}"


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates, both included."""

    from_on: date
    to_on: date

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """Give all the days of a month."""
        return cls(month.first_on, month.last_on)

    def bounds(self, time_zone: tzinfo) -> tuple[datetime, datetime]:
        """Give the first instant and the first one after, in UTC."""
        return midnight(self.from_on, time_zone), midnight(self.to_on + _DAY, time_zone)

    def months(self) -> list[Month]:
        """List the months touched, in order."""
        first, last = Month.of(self.from_on), Month.of(self.to_on)
        count = (last.year - first.year) * 12 + last.number - first.number + 1
        return [first.plus(offset) for offset in range(count)]


def midnight(on: date, time_zone: tzinfo) -> datetime:
    """Give the instant a local date begins, in UTC."""
    return datetime.combine(on, time.min, tzinfo=time_zone).astimezone(UTC)
