"""Where the greetings of one absence stand: due, set, taken down, in time or not (III.b.ii.5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from requests_app.domain.calendars import as_utc

# Whoever is back in the morning may take it down before the first minute of work.
_EARLY = timedelta(hours=24)


class Stage(StrEnum):
    """What an absence's greetings wait for now; each is in exactly one of these at any instant."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"  # not set, and not due yet
    MISSING = "missing"  # not set though due
    SET = "set"
    SET_AGAIN = "set_again"  # was set; a text was changed, added or found wrong since
    TO_CLEAR = "to_clear"
    CLEARED = "cleared"
    MISSED = "missed"  # never set, and over


class Timeliness(StrEnum):
    """Whether they were set by the time they were due; the first time all of them were counts."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_SET = "not_set"
    PENDING = "pending"


class Clearing(StrEnum):
    """Whether they were taken down by the close of business of the day of return, a local choice."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_CLEARED = "not_cleared"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingTrack:
    """The greetings of one absence, all its texts together.

    `due_at` is None where the absence misses no whole business day; `clear_due_at` while nobody knows the return.
    `first_set_at` is when all texts were set for the first time, `set_at` when those in effect were, None unless all of
    them are; `said_back_on` is the day of return they give.
    """

    is_planned: bool
    starts_at: datetime
    ends_at: datetime | None
    due_at: datetime | None
    returns_on: date | None = None
    clear_due_at: datetime | None = None
    ask_again_on: date | None = None
    first_set_at: datetime | None = None
    set_at: datetime | None = None
    said_back_on: date | None = None
    cleared_at: datetime | None = None
    checked_at: datetime | None = None
    is_right: bool | None = None
    is_removed: bool = False

    def is_over(self, now: datetime) -> bool:
        """Say whether somebody is back, or was never away."""
        return self.is_removed or (self.ends_at is not None and as_utc(self.ends_at) <= as_utc(now))

    @property
    def says_too_early(self) -> bool:
        """Say whether the texts in effect name a day on which the person will still be away."""
        return self.said_back_on is not None and (self.returns_on is None or self.returns_on > self.said_back_on)

    @property
    def awaits_check(self) -> bool:
        """Say whether what is set was not looked at by the supervisor."""
        if self.set_at is None:
            return False
        return self.checked_at is None or as_utc(self.checked_at) < as_utc(self.set_at)

    def may_be_cleared(self, at: datetime) -> bool:
        """Say whether somebody is back, or will be within a day."""
        return self.is_over(at) or (self.ends_at is not None and as_utc(self.ends_at) - as_utc(at) < _EARLY)


def stage_of(track: GreetingTrack, *, now: datetime) -> Stage:
    """Say what the greetings of an absence wait for."""
    # Cleared, then away for longer after all: it is to be set anew.
    if track.cleared_at is not None and (track.is_over(now) or track.may_be_cleared(track.cleared_at)):
        return Stage.CLEARED
    if track.is_over(now):
        if track.first_set_at is not None:
            return Stage.TO_CLEAR
        return Stage.NOT_NEEDED if track.due_at is None or track.is_removed else Stage.MISSED
    if track.set_at is not None:
        return Stage.SET
    if track.first_set_at is not None:
        return Stage.SET_AGAIN
    if track.due_at is None:
        return Stage.NOT_NEEDED
    return Stage.MISSING if as_utc(now) > as_utc(track.due_at) else Stage.PENDING


def timeliness(track: GreetingTrack, *, now: datetime) -> Timeliness | None:
    """Say whether they were set in time (III.b.ii.5); the due instant itself is in time. None where none were due."""
    if track.due_at is None:
        return None
    if track.first_set_at is not None:
        is_in_time = as_utc(track.first_set_at) <= as_utc(track.due_at)
        return Timeliness.IN_TIME if is_in_time else Timeliness.LATE
    return Timeliness.NOT_SET if as_utc(now) > as_utc(track.due_at) else Timeliness.PENDING


def clearing(track: GreetingTrack, *, now: datetime) -> Clearing | None:
    """Say whether they were taken down on return in time; None for what was never set."""
    if track.first_set_at is None:
        return None
    if track.clear_due_at is None:
        return Clearing.PENDING
    if track.cleared_at is not None:
        is_in_time = as_utc(track.cleared_at) <= as_utc(track.clear_due_at)
        return Clearing.IN_TIME if is_in_time else Clearing.LATE
    return Clearing.NOT_CLEARED if as_utc(now) > as_utc(track.clear_due_at) else Clearing.PENDING
