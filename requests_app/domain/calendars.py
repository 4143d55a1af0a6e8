"""A business calendar: which dates count, from when to when, and how far that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from requests_app.domain.calendar_errors import (
    InvalidCalendar,
    InvalidInstant,
    NotABusinessDay,
    OutsideKnownDates,
)

DAY_MINUTES = 24 * 60
HORIZON_DAYS = 730
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Interval(NamedTuple):
    """Local minutes of one day, half-open; 1440 is midnight at the end of the day."""

    start_minute: int
    end_minute: int


class Span(NamedTuple):
    """Two aware UTC instants, half-open."""

    start_at: datetime
    end_at: datetime


class AlternateDayOff(NamedTuple):
    """Every second such weekday is off, counted both ways from the anchor, which is off itself."""

    weekday: int
    anchor: date

    def covers(self, on: date) -> bool:
        """Return whether a date is one of the days off."""
        return (on - self.anchor).days % 14 == 0


class Closure(NamedTuple):
    """One date on which the weekly pattern does not hold; with `open` intervals the city is closed for part of it."""

    on: date
    name: str
    open: tuple[Interval, ...] = ()


class DayReason(StrEnum):
    """Why a date counts or does not."""

    OPEN = "open"
    SPECIAL_HOURS = "special_hours"
    WEEKLY_CLOSED = "weekly_closed"
    ALTERNATE_DAY_OFF = "alternate_day_off"
    CLOSED = "closed"
    PARTLY_CLOSED = "partly_closed"


class DayStatus(NamedTuple):
    """Everything a rule asks about one date, worked out once."""

    reason: DayReason
    name: str
    intervals: tuple[Interval, ...]
    spans: tuple[Span, ...]
    open_time: timedelta
    closing_at: datetime | None

    @property
    def counts(self) -> bool:
        """Return whether the date is a business day."""
        return self.closing_at is not None


@dataclass(frozen=True)
class BusinessCalendar:
    """The city's open hours in one time zone; every question about a date it does not know raises OutsideKnownDates.

    `weekly_hours` has seven entries, Monday first. `business_day_hours` is what one day is worth under rolling hours.
    """

    name: str
    time_zone: ZoneInfo
    weekly_hours: tuple[tuple[Interval, ...], ...]
    business_day_hours: Decimal
    known_from: date
    known_through: date
    closures: Mapping[date, Closure] = field(default_factory=dict)
    alternate_days_off: tuple[AlternateDayOff, ...] = ()
    partial_days_count: bool = False
    _days: dict[date, DayStatus] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        # A calendar is the key of caches and is hashed for every date: cheaply, while equality compares everything.
        return hash(self.known_through)

    def __post_init__(self) -> None:
        if len(self.weekly_hours) != len(WEEKDAYS):
            raise InvalidCalendar("weekly_hours", "needs seven days, Monday first.")
        for weekday, intervals in zip(WEEKDAYS, self.weekly_hours, strict=True):
            check_intervals(f"weekly_hours.{weekday}", intervals)
        for on, closure in self.closures.items():
            check_intervals(f"closures[{on}].open", closure.open)
        for number, anchor in self.alternate_days_off:
            if anchor.weekday() != number:
                raise InvalidCalendar("alternate_days_off", f"the anchor {anchor} is not a {WEEKDAYS[number]}.")
        if not 0 < self.business_day_hours <= 24:
            raise InvalidCalendar("business_day_hours", "must be more than 0 and at most 24.")
        if self.known_from > self.known_through:
            raise InvalidCalendar("known_through", f"is before known_from ({self.known_from}).")

    @property
    def business_day(self) -> timedelta:
        """Return the open time one business day is worth, to the microsecond."""
        return timedelta(microseconds=round(self.business_day_hours * 3_600_000_000))

    def knows(self, on: date) -> bool:
        """Return whether the closures of a date are loaded."""
        return self.known_from <= on <= self.known_through

    def require_known(self, on: date) -> None:
        """Raise OutsideKnownDates for a date whose closures are not loaded."""
        if not self.known_from <= on <= self.known_through:
            raise OutsideKnownDates(on, self.known_from, self.known_through)

    def day_status(self, on: date) -> DayStatus:
        """Return whether and why a date counts, with its hours."""
        status = self._days.get(on)
        if status is None:
            self.require_known(on)
            status = self._days[on] = self._work_out(on)
        return status

    def is_business_day(self, on: date) -> bool:
        """Return whether a date counts."""
        return self.day_status(on).closing_at is not None

    def intervals_on(self, on: date) -> tuple[Interval, ...]:
        """Return the local intervals that count; none on a day that does not."""
        return self.day_status(on).intervals

    def open_intervals_utc(self, on: date) -> tuple[Span, ...]:
        """Return the intervals that count as real instants, which on a DST night are shorter or longer."""
        return self.day_status(on).spans

    def closing_at(self, on: date) -> datetime:
        """Return close of business, the end of the last interval; NotABusinessDay if the date does not count."""
        closing_at = self.day_status(on).closing_at
        if closing_at is None:
            raise NotABusinessDay(on)
        return closing_at

    def local_date(self, at: datetime) -> date:
        """Return the city's civil date at an aware instant."""
        return as_utc(at).astimezone(self.time_zone).date()

    def due_date(self, due_at: datetime) -> date:
        """Return the day a due instant belongs to: a closing at 24:00 belongs to the day it ends."""
        return self.local_date(as_utc(due_at) - timedelta.resolution)

    def instant(self, on: date, minute: int) -> datetime:
        """Return the UTC instant of a local minute; inside a DST gap or fold it is the first reading (fold=0)."""
        naive = datetime.combine(on, time.min) + timedelta(minutes=minute)
        return naive.replace(tzinfo=self.time_zone).astimezone(UTC)

    def _work_out(self, on: date) -> DayStatus:
        reason, name, intervals = self._hours(on)
        if not intervals:
            return DayStatus(reason, name, (), (), timedelta(0), None)
        closing_at = self.instant(on, intervals[-1].end_minute)
        spans = self._spans(on, intervals)
        open_time = sum((end_at - start_at for start_at, end_at in spans), timedelta(0))
        return DayStatus(reason, name, intervals, spans, open_time, closing_at)

    def _hours(self, on: date) -> tuple[DayReason, str, tuple[Interval, ...]]:
        closure = self.closures.get(on)
        weekly = self.weekly_hours[on.weekday()]
        if closure is not None:
            if not closure.open:
                return DayReason.CLOSED, closure.name, ()
            if self.partial_days_count:
                return DayReason.SPECIAL_HOURS, closure.name, closure.open
            return DayReason.PARTLY_CLOSED, closure.name, ()
        if not weekly:
            return DayReason.WEEKLY_CLOSED, "", ()
        if any(rule.covers(on) for rule in self.alternate_days_off):
            return DayReason.ALTERNATE_DAY_OFF, "", ()
        return DayReason.OPEN, "", weekly

    def _spans(self, on: date, intervals: Sequence[Interval]) -> tuple[Span, ...]:
        # A minute inside a DST gap maps past the minutes that follow it, so neighbours could overlap: each span
        # starts no earlier than the last one ended, and none leaves its own day (zones that skip a whole date).
        reached_at, day_ends_at = self.instant(on, 0), self.instant(on, DAY_MINUTES)
        spans = []
        for interval in intervals:
            start_at = max(reached_at, self.instant(on, interval.start_minute))
            end_at = min(day_ends_at, self.instant(on, interval.end_minute))
            if start_at < end_at:
                spans.append(Span(start_at, end_at))
                reached_at = end_at
        return tuple(spans)


def as_utc(at: datetime) -> datetime:
    """Return an aware instant in UTC; InvalidInstant if it has no offset.

    Everything is compared and subtracted in UTC: Python does both by wall clock between instants of one zone.
    """
    if at.utcoffset() is None:
        raise InvalidInstant("The instant needs an offset, like 2026-11-25T16:55:00-08:00.")
    return at.astimezone(UTC)


def check_intervals(place: str, intervals: Sequence[Interval]) -> None:
    """Raise InvalidCalendar unless the intervals are inside one day, sorted and apart (touching is allowed)."""
    reached = 0
    for start_minute, end_minute in intervals:
        if not 0 <= start_minute < end_minute <= DAY_MINUTES:
            raise InvalidCalendar(place, "each interval needs a start before its end, within 00:00 and 24:00.")
        if start_minute < reached:
            raise InvalidCalendar(place, "intervals must be sorted and must not overlap.")
        reached = end_minute


def merge_closures(closures: Iterable[Closure]) -> dict[date, Closure]:
    """Return one closure a date: of several the closed one wins; of partial ones only common hours stay open."""
    merged: dict[date, Closure] = {}
    for closure in closures:
        other = merged.get(closure.on)
        merged[closure.on] = closure if other is None else _merge(other, closure)
    return merged


def _merge(first: Closure, second: Closure) -> Closure:
    if bool(first.open) != bool(second.open):
        return second if first.open else first
    name = first.name if first.name == second.name else f"{first.name}, {second.name}"
    return Closure(first.on, name, _common(first.open, second.open))


def _common(first: Sequence[Interval], second: Sequence[Interval]) -> tuple[Interval, ...]:
    pairs = ((max(a.start_minute, b.start_minute), min(a.end_minute, b.end_minute)) for a in first for b in second)
    return tuple(sorted(Interval(start, end) for start, end in pairs if start < end))
