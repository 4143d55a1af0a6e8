"""Stretches of local calendar days, and the months they touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)


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
