"""Absence as rules: what it obliges to, what it may excuse, and who covers (III.b.ii.3-5)."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from requests_app.domain.business_time import business_day_on_or_after, next_business_day
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import DAY_MINUTES, ONE_DAY, BusinessCalendar, as_utc
from requests_app.domain.work_patterns import WorkPattern

_Person = TypeVar("_Person", bound=Hashable)
# Longer than that and nobody knows the calendar; whoever asks looks no further.
_HORIZON = timedelta(days=400)


class AbsenceKind(StrEnum):
    """Whether an absence was known beforehand: only an unforeseen one may excuse (III.b.ii.3, III.b.ii.4)."""

    PLANNED = "planned"
    UNFORESEEN = "unforeseen"


class AbsenceReason(StrEnum):
    """Why somebody is away, as a class; only supervisor and HR ever read it."""

    LEAVE = "leave"
    ILLNESS = "illness"
    FAMILY = "family"
    TRAINING = "training"
    CIVIC = "civic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AbsencePeriod:
    """From when until when somebody is away; `ends_at` is None while nobody knows. Both are aware instants.

    Half open: whoever is back at an instant is not away at it.
    """

    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.ends_at is not None and as_utc(self.ends_at) <= as_utc(self.starts_at):
            raise ValueError("An absence ends after it starts.")

    def is_on(self, at: datetime) -> bool:
        """Say whether somebody is away at an instant."""
        at = as_utc(at)
        return as_utc(self.starts_at) <= at and (self.ends_at is None or at < as_utc(self.ends_at))

    def covers_day(self, on: date, calendar: BusinessCalendar) -> bool:
        """Say whether a whole business day lies within: from its first opening to its close of business."""
        if not calendar.is_business_day(on):
            return False
        opens_at, closes_at = calendar.open_intervals_utc(on)[0].start_at, calendar.closing_at(on)
        is_back_after = self.ends_at is None or as_utc(self.ends_at) >= as_utc(closes_at)
        return as_utc(self.starts_at) <= as_utc(opens_at) and is_back_after


def first_whole_day(period: AbsencePeriod, calendar: BusinessCalendar) -> date | None:
    """Give the first business day an absence covers whole; None where it covers none, or the calendar ends."""
    on = calendar.local_date(period.starts_at)
    last = calendar.local_date(period.ends_at) if period.ends_at else on + _HORIZON
    try:
        on = business_day_on_or_after(calendar, on)
        while on <= last:
            if period.covers_day(on, calendar):
                return on
            on = next_business_day(calendar, on)
    except CalendarError:
        return None
    return None


def greeting_due_at(period: AbsencePeriod, calendar: BusinessCalendar) -> datetime | None:
    """Say by when greeting and automatic reply are to be set (III.b.ii.5); None where no whole day is missed.

    Planned: before it starts. Unforeseen: by the end of the first day, a local choice.
    """
    first = first_whole_day(period, calendar)
    if first is None:
        return None
    return period.starts_at if period.kind is AbsenceKind.PLANNED else calendar.closing_at(first)


def returns_on(period: AbsencePeriod, calendar: BusinessCalendar, pattern: WorkPattern | None = None) -> date | None:
    """Say on which business day somebody is back: the first with open hours left at `ends_at` that they work on.

    None while the return is unknown, or where the calendar ends before.
    """
    if period.ends_at is None:
        return None
    on = calendar.local_date(period.ends_at)
    last = on + _HORIZON
    try:
        if calendar.is_business_day(on) and as_utc(period.ends_at) >= as_utc(calendar.closing_at(on)):
            on += ONE_DAY
        on = business_day_on_or_after(calendar, on)
        while pattern is not None and not pattern.works_on(on):
            if on > last:
                return None
            on = next_business_day(calendar, on)
    except CalendarError:
        return None
    return on


class Cover(StrEnum):
    """How much of a business day an absence takes."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


def cover_of(period: AbsencePeriod, on: date, calendar: BusinessCalendar) -> Cover:
    """Say how much of a business day's hours lie within an absence; of a day that is closed, none."""
    if not calendar.is_business_day(on):
        return Cover.NONE
    if period.covers_day(on, calendar):
        return Cover.WHOLE
    ends_at = as_utc(period.ends_at) if period.ends_at else None
    for starts_at, closes_at in calendar.open_intervals_utc(on):
        if as_utc(period.starts_at) < closes_at and (ends_at is None or starts_at < ends_at):
            return Cover.PART
    return Cover.NONE


def known_so_far(period: AbsencePeriod, *, now: datetime, calendar: BusinessCalendar) -> AbsencePeriod:
    """Give an absence of unknown end as lasting through the day of `now`: nobody knows yet what comes after."""
    if period.ends_at is not None:
        return period
    on = calendar.local_date(max(as_utc(now), as_utc(period.starts_at)))
    return replace(period, ends_at=calendar.instant(on, DAY_MINUTES))


def may_excuse(
    period: AbsencePeriod,
    *,
    due_at: datetime,
    was_theirs_at_recording: bool,
    calendar: BusinessCalendar,
    needs_whole_day: bool = True,
) -> bool:
    """Say whether an absence may excuse a late answer: unforeseen, over its due day, of work that was theirs.

    III.b.ii.3, III.b.ii.4: "unless absent for unforeseen reasons". Planned leave never excuses. Whether the whole due
    day must be covered, or any of its hours will do, is a local choice.
    """
    if period.kind is not AbsenceKind.UNFORESEEN or not was_theirs_at_recording:
        return False
    cover = cover_of(period, calendar.due_date(due_at), calendar)
    return cover is Cover.WHOLE or (cover is Cover.PART and not needs_whole_day)


def days_off(pattern: WorkPattern, calendar: BusinessCalendar, *, since: date, through: date) -> Iterator[date]:
    """Yield the business days on which somebody's own pattern keeps them away: coverage and routing, never excuses."""
    on = since
    while on <= through:
        if calendar.is_business_day(on) and not pattern.works_on(on):
            yield on
        on += ONE_DAY


def cover_for(
    person: _Person, alternates: Mapping[_Person, Sequence[_Person]], *, is_away: Iterable[_Person]
) -> _Person | None:
    """Follow the alternates of somebody who is away to the first who is there; None where the chain ends at nobody.

    Nearest first, and depth before breadth: the alternate's own alternates come before the second alternate. Loops
    are guarded: nobody is asked twice.
    """
    away, asked = set(is_away), {person}
    waiting = list(alternates.get(person, ()))
    while waiting:
        candidate = waiting.pop(0)
        if candidate in asked:
            continue
        asked.add(candidate)
        if candidate not in away:
            return candidate
        waiting = [*alternates.get(candidate, ()), *waiting]
    return None


def goes_in_circles(person: _Person, alternates: Mapping[_Person, Sequence[_Person]]) -> bool:
    """Say whether somebody's alternates lead back to them."""
    seen: set[_Person] = set()
    waiting = list(alternates.get(person, ()))
    while waiting:
        candidate = waiting.pop()
        if candidate == person:
            return True
        if candidate not in seen:
            seen.add(candidate)
            waiting.extend(alternates.get(candidate, ()))
    return False
