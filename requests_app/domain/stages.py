"""The reminder ladder as data, and when its stages of one clock occur."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from requests_app.domain.business_time import (
    last_opening_before,
    next_business_day,
    next_opening,
    nth_business_day_after,
    subtract_business_minutes,
)
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar, as_utc


class Anchor(StrEnum):
    """What a stage is measured from, and what its offset means."""

    DUE_DAY = "due_day"  # start of the due day; no offset
    BEFORE_DUE = "before_due"  # offset: business minutes before the due instant
    BECAME_LATE = "became_late"  # the first open instant strictly after the due instant; no offset
    DAYS_LATE = "days_late"  # offset: business days after the due day, at opening
    EACH_FURTHER_DAY = "each_further_day"  # every business day after the one on which it became late, at opening


class Audience(StrEnum):
    """Whom a stage is for; resolving it to people is not decided here."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"
    DEPARTMENT_HEAD = "department_head"
    CITY_MANAGER = "city_manager"


class Digest(StrEnum):
    """How a stage is told: by itself, or gathered into one mail a person."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"


_LATENESS = frozenset({Anchor.BECAME_LATE, Anchor.DAYS_LATE, Anchor.EACH_FURTHER_DAY})

_DUTIES = frozenset({(Audience.OWNER, False), (Audience.SUPERVISOR, True)})
_NEEDS_OFFSET = frozenset({Anchor.BEFORE_DUE, Anchor.DAYS_LATE})
_MOST_MINUTES_BEFORE, _MOST_DAYS_LATE = 10 * 24 * 60, 60


@dataclass(frozen=True)
class LadderStage:
    """One rung. `public_only`: only first responses to the public, and complaints."""

    code: str
    anchor: Anchor
    audience: Audience
    offset: int = 0
    digest: Digest = Digest.NONE
    public_only: bool = False

    @property
    def is_lateness(self) -> bool:
        """Return whether the stage tells of lateness rather than reminds before it."""
        return self.anchor in _LATENESS


class StageTime(NamedTuple):
    """A stage of one clock: when, and on which local date (a firing is unique per clock, code and date)."""

    code: str
    at: datetime
    occurs_on: date


DEFAULT_LADDER: tuple[LadderStage, ...] = (
    LadderStage("due_today", Anchor.DUE_DAY, Audience.OWNER),
    LadderStage("due_soon", Anchor.BEFORE_DUE, Audience.OWNER, offset=120),
    LadderStage("became_late", Anchor.BECAME_LATE, Audience.OWNER),
    LadderStage("late_digest", Anchor.BECAME_LATE, Audience.SUPERVISOR, digest=Digest.DAILY),
    LadderStage("still_late", Anchor.EACH_FURTHER_DAY, Audience.SUPERVISOR, digest=Digest.DAILY),
    LadderStage("late_3_days", Anchor.DAYS_LATE, Audience.DEPARTMENT_HEAD, offset=3),
    LadderStage(
        "late_5_days", Anchor.DAYS_LATE, Audience.CITY_MANAGER, offset=5, digest=Digest.WEEKLY, public_only=True
    ),
)


def check_stage(stage: LadderStage) -> None:
    """Raise ValueError unless the offset fits the anchor: some need one, the others take none."""
    most = {Anchor.BEFORE_DUE: _MOST_MINUTES_BEFORE, Anchor.DAYS_LATE: _MOST_DAYS_LATE}.get(stage.anchor, 0)
    least = 1 if stage.anchor in _NEEDS_OFFSET else 0
    if not least <= stage.offset <= most:
        raise ValueError(f"The offset of {stage.anchor} must be from {least} to {most}, not {stage.offset}.")


def duty_kept_by(ladder: Sequence[LadderStage]) -> frozenset[Audience]:
    """Say whom a ladder tells in any case (III.d.i): the owner before it is late, the supervisor once it is."""
    return frozenset(
        stage.audience for stage in ladder if not stage.public_only and (stage.audience, stage.is_lateness) in _DUTIES
    )


def stages_between(
    ladder: Sequence[LadderStage],
    calendar: BusinessCalendar,
    *,
    started_at: datetime,
    due_at: datetime,
    after: datetime | None,
    until: datetime,
) -> list[StageTime]:
    """Return the stages with after < at <= until, in order; `after=None` means from the start of the clock.

    Reminders at or before `started_at` are left out (they would remind of a clock that did not exist), lateness
    never is. Where the calendar ends, the stages end.
    """
    due_at, until = as_utc(due_at), as_utc(until)
    found = []
    for stage in ladder:
        earliest = None if stage.is_lateness else as_utc(started_at)
        if after is not None:
            earliest = as_utc(after) if earliest is None else max(earliest, as_utc(after))
        for at in _times(stage, calendar, due_at, earliest):
            if at > until:
                break
            found.append(_stage_time(stage, calendar, at))
    # The sort is stable: stages of one instant keep the order of the ladder.
    return sorted(found, key=lambda stage_time: stage_time.at)


def next_stage(
    ladder: Sequence[LadderStage],
    calendar: BusinessCalendar,
    *,
    started_at: datetime,
    due_at: datetime,
    after: datetime | None,
) -> StageTime | None:
    """Return the first stage after an instant, by the rules of stages_between; None if there is none to come."""
    due_at = as_utc(due_at)
    first: StageTime | None = None
    for stage in ladder:
        earliest = None if stage.is_lateness else as_utc(started_at)
        if after is not None:
            earliest = as_utc(after) if earliest is None else max(earliest, as_utc(after))
        at = next(_times(stage, calendar, due_at, earliest), None)
        if at is not None and (first is None or at < first.at):
            first = _stage_time(stage, calendar, at)
    return first


def _times(
    stage: LadderStage, calendar: BusinessCalendar, due_at: datetime, after: datetime | None
) -> Iterator[datetime]:
    """Yield the instants of a stage later than `after`, until the calendar ends."""
    with suppress(CalendarError, OverflowError):
        if stage.anchor is Anchor.EACH_FURTHER_DAY:
            yield from _each_further_day(calendar, due_at, after)
            return
        at = _single_time(stage, calendar, due_at)
        if after is None or at > after:
            yield at


def _single_time(stage: LadderStage, calendar: BusinessCalendar, due_at: datetime) -> datetime:
    match stage.anchor:
        case Anchor.DUE_DAY:
            return _inside_hours(calendar, calendar.instant(calendar.due_date(due_at), 0), due_at)
        case Anchor.BEFORE_DUE:
            return _inside_hours(calendar, subtract_business_minutes(calendar, due_at, stage.offset), due_at)
        case Anchor.BECAME_LATE:
            return next_opening(calendar, due_at + timedelta.resolution)
        case Anchor.DAYS_LATE:
            return _opening(calendar, nth_business_day_after(calendar, calendar.due_date(due_at), stage.offset))
    raise ValueError(f"{stage.anchor} has no single time")


def _inside_hours(calendar: BusinessCalendar, at: datetime, due_at: datetime) -> datetime:
    """Move a reminder to the next opening or, if that is after the due instant, to the last opening before it."""
    opening = next_opening(calendar, at)
    return opening if opening <= due_at else last_opening_before(calendar, due_at)


def _each_further_day(calendar: BusinessCalendar, due_at: datetime, after: datetime | None) -> Iterator[datetime]:
    on = calendar.local_date(next_opening(calendar, due_at + timedelta.resolution))
    if after is not None:
        # A clock may be years late: start the day before `after`, not at the day it became late.
        on = max(on, calendar.local_date(after) - ONE_DAY)
    while True:
        on = next_business_day(calendar, on)
        at = _opening(calendar, on)
        if after is None or at > after:
            yield at


def _opening(calendar: BusinessCalendar, on: date) -> datetime:
    return next_opening(calendar, calendar.instant(on, 0))


def _stage_time(stage: LadderStage, calendar: BusinessCalendar, at: datetime) -> StageTime:
    return StageTime(stage.code, at, calendar.local_date(at))
