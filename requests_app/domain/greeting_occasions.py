"""When somebody is told of a greeting: before the start, at it, on return, and when the return is unknown."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import ONE_DAY, BusinessCalendar, as_utc
from requests_app.domain.greeting_tracks import GreetingTrack, Stage, stage_of

# Of an unforeseen absence the supervisor hears while there is still time to set it.
_BEFORE_CLOSE = timedelta(hours=2)


class Occasion(StrEnum):
    """What there is to tell."""

    BEFORE = "before"
    STARTED = "started"
    FIRST_DAY = "first_day"
    SAYS_TOO_EARLY = "says_too_early"
    ASK_AGAIN = "ask_again"
    RETURNED = "returned"
    LEFT_UP = "left_up"


# What is told to the person, or in their place to who leads them; the rest is told to who leads them.
FOR_THE_PERSON = frozenset({Occasion.BEFORE, Occasion.STARTED, Occasion.SAYS_TOO_EARLY, Occasion.RETURNED})


def occasions(track: GreetingTrack, *, now: datetime, calendar: BusinessCalendar) -> Iterator[tuple[Occasion, date]]:
    """Yield what is to be told now, each with the local date that makes it once (III.b.ii.5).

    The same is yielded until it no longer holds, so that a sweep that was missed is made up for.
    """
    today, stage = calendar.local_date(now), stage_of(track, now=now)
    starts_on = calendar.local_date(track.starts_at)
    if stage is Stage.PENDING and track.is_planned and today >= _business_day_before(calendar, starts_on):
        yield Occasion.BEFORE, starts_on
    if stage is Stage.MISSING and track.is_planned:
        yield Occasion.STARTED, starts_on
    if stage in (Stage.PENDING, Stage.MISSING) and not track.is_planned and _is_near(track.due_at, now):
        yield Occasion.FIRST_DAY, starts_on
    if stage is Stage.SET and track.says_too_early and track.said_back_on:
        yield Occasion.SAYS_TOO_EARLY, track.said_back_on
    if not track.is_over(now) and track.ends_at is None and track.ask_again_on and track.ask_again_on <= today:
        yield Occasion.ASK_AGAIN, track.ask_again_on
    if stage is Stage.TO_CLEAR and track.clear_due_at is not None:
        clear_on = calendar.due_date(track.clear_due_at)
        yield (Occasion.RETURNED if today <= clear_on else Occasion.LEFT_UP), clear_on


def _is_near(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and as_utc(now) >= as_utc(due_at) - _BEFORE_CLOSE


def _business_day_before(calendar: BusinessCalendar, on: date) -> date:
    """Give the last business day before a date; the day before where the calendar does not know."""
    before = on - ONE_DAY
    try:
        while not calendar.is_business_day(before):
            before -= ONE_DAY
    except CalendarError:
        return on - ONE_DAY
    return before
