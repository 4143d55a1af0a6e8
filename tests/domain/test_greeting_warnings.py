"""What is wrong with the greetings and the cover of those who are away (III.b.ii.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.greeting_tracks import GreetingTrack
from requests_app.domain.greeting_warnings import GreetingWarning, uncovered, warnings_of

START = datetime(2026, 11, 23, 16, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END, CLOSE = START + 7 * DAY, START + 7 * DAY + 9 * HOUR
AWAY = GreetingTrack(
    is_planned=True, starts_at=START, ends_at=END, due_at=START, returns_on=date(2026, 11, 30), clear_due_at=CLOSE
)
SET = replace(AWAY, first_set_at=START - HOUR, set_at=START - HOUR, said_back_on=date(2026, 11, 30))
UNKNOWN = replace(SET, ends_at=None, returns_on=None, said_back_on=None, ask_again_on=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("track", "now", "found"),
    [
        (AWAY, START, []),
        (AWAY, START + HOUR, [GreetingWarning.NOT_SET]),
        (SET, START + HOUR, []),
        (replace(SET, set_at=None), START + HOUR, []),
        (replace(SET, set_at=None, is_right=False), START + HOUR, [GreetingWarning.FOUND_WRONG]),
        (replace(SET, returns_on=date(2026, 12, 7)), START + HOUR, [GreetingWarning.SAYS_TOO_EARLY]),
        (UNKNOWN, START + DAY, []),
        (UNKNOWN, START + 2 * DAY, [GreetingWarning.ASK_AGAIN]),
        (replace(UNKNOWN, is_removed=True), START + 2 * DAY, []),
        (
            replace(UNKNOWN, is_removed=True, clear_due_at=START + 9 * HOUR),
            START + DAY,
            [GreetingWarning.NOT_CLEARED],
        ),
        (SET, CLOSE, []),
        (SET, CLOSE + HOUR, [GreetingWarning.NOT_CLEARED]),
        (replace(SET, cleared_at=END), CLOSE + HOUR, []),
    ],
)
def test_what_is_wrong_is_said_once_it_is(track: GreetingTrack, now: datetime, found: list[GreetingWarning]) -> None:
    on = date(2026, 11, 23) + (now - START)
    assert list(warnings_of(track, now=now, today=on)) == found


@pytest.mark.parametrize(
    ("is_away", "in_circle", "found"),
    [
        (False, False, []),
        (True, False, [GreetingWarning.ALTERNATE_AWAY]),
        (True, True, [GreetingWarning.CIRCLE]),
        (False, True, [GreetingWarning.CIRCLE]),
    ],
)
def test_of_the_stand_in_one_thing_is_said_and_none_once_it_is_over(
    *, is_away: bool, in_circle: bool, found: list[GreetingWarning]
) -> None:
    facts = {"is_alternate_away": is_away, "goes_in_circle": in_circle}
    assert list(warnings_of(SET, now=START + HOUR, today=date(2026, 11, 23), **facts)) == found
    assert list(warnings_of(SET, now=END, today=date(2026, 11, 30), **facts)) == []


@pytest.mark.parametrize(
    ("away", "found"),
    [(set(), []), ({1}, []), ({1, 2}, ["streets"]), ({1, 2, 3}, ["streets", "finance"]), ({3}, ["finance"])],
)
def test_a_department_is_uncovered_once_everybody_is_away(away: set[int], found: list[str]) -> None:
    people: dict[str, set[int]] = {"streets": {1, 2}, "finance": {3}, "empty": set()}
    assert uncovered(people, away) == found
