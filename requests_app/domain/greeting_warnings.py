"""What is wrong with the greetings and the cover of those who are away (III.b.ii.5)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from requests_app.domain.calendars import as_utc
from requests_app.domain.greeting_tracks import GreetingTrack, Stage, stage_of

_Place = TypeVar("_Place")
_Person = TypeVar("_Person")


class GreetingWarning(StrEnum):
    """What somebody should look at, the most pressing first."""

    NOT_SET = "not_set"
    FOUND_WRONG = "found_wrong"
    SAYS_TOO_EARLY = "says_too_early"
    ASK_AGAIN = "ask_again"
    CIRCLE = "circle"
    ALTERNATE_AWAY = "alternate_away"
    NOT_CLEARED = "not_cleared"


def warnings_of(
    track: GreetingTrack, *, now: datetime, today: date, is_alternate_away: bool = False, goes_in_circle: bool = False
) -> tuple[GreetingWarning, ...]:
    """Say what is wrong with an absence's greetings and stand-in; nothing of the stand-in once it is over.

    "In a circle" says more than "the alternate is away too", so it stands instead of it.
    """
    stage, is_over = stage_of(track, now=now), track.is_over(now)
    is_left_up = stage is Stage.TO_CLEAR and (track.clear_due_at is None or as_utc(now) > as_utc(track.clear_due_at))
    is_to_ask = track.ends_at is None and track.ask_again_on is not None and track.ask_again_on <= today
    found = {
        GreetingWarning.NOT_SET: stage is Stage.MISSING,
        GreetingWarning.FOUND_WRONG: stage is Stage.SET_AGAIN and track.is_right is False,
        GreetingWarning.SAYS_TOO_EARLY: stage is Stage.SET and track.says_too_early,
        GreetingWarning.ASK_AGAIN: is_to_ask and not is_over,
        GreetingWarning.CIRCLE: goes_in_circle and not is_over,
        GreetingWarning.ALTERNATE_AWAY: is_alternate_away and not goes_in_circle and not is_over,
        GreetingWarning.NOT_CLEARED: is_left_up,
    }
    return tuple(warning for warning in GreetingWarning if found[warning])


def uncovered(people: Mapping[_Place, Collection[_Person]], away: Collection[_Person]) -> list[_Place]:
    """Give the places of which everybody is away; one with nobody in it has nothing to cover."""
    return [place for place, there in people.items() if there and all(person in away for person in there)]
