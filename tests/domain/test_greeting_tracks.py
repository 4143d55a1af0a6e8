"""Greetings of an absence: what they wait for, and whether they were in time (III.b.ii.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.greeting_tracks import (
    Clearing,
    GreetingTrack,
    Stage,
    Timeliness,
    clearing,
    stage_of,
    timeliness,
)

START = datetime(2026, 11, 23, 16, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END, CLOSE = START + 7 * DAY, START + 7 * DAY + 9 * HOUR
AWAY = GreetingTrack(
    is_planned=True, starts_at=START, ends_at=END, due_at=START, returns_on=date(2026, 11, 30), clear_due_at=CLOSE
)
SET = replace(AWAY, first_set_at=START - HOUR, set_at=START - HOUR, said_back_on=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("track", "now", "stage"),
    [
        (AWAY, START, Stage.PENDING),
        (AWAY, START + HOUR, Stage.MISSING),
        (AWAY, END, Stage.MISSED),
        (replace(AWAY, due_at=None), START + HOUR, Stage.NOT_NEEDED),
        (replace(AWAY, due_at=None), END, Stage.NOT_NEEDED),
        (replace(AWAY, is_removed=True), START + HOUR, Stage.NOT_NEEDED),
        (SET, START + HOUR, Stage.SET),
        (replace(SET, set_at=None), START + HOUR, Stage.SET_AGAIN),
        (replace(SET, set_at=None), END, Stage.TO_CLEAR),
        (SET, END, Stage.TO_CLEAR),
        (SET, END - timedelta(seconds=1), Stage.SET),
        (replace(SET, ends_at=None), END + DAY, Stage.SET),
        (replace(SET, is_removed=True), START + HOUR, Stage.TO_CLEAR),
        (replace(SET, set_at=None, cleared_at=END - HOUR), END - HOUR, Stage.CLEARED),
        (replace(SET, set_at=None, cleared_at=END + HOUR), END + HOUR, Stage.CLEARED),
        (replace(SET, set_at=None, cleared_at=END - HOUR, ends_at=END + 7 * DAY), END + HOUR, Stage.SET_AGAIN),
    ],
)
def test_the_greetings_of_an_absence_wait_for_one_thing(track: GreetingTrack, now: datetime, stage: Stage) -> None:
    assert stage_of(track, now=now) is stage


@pytest.mark.parametrize(
    ("first_set_at", "now", "result"),
    [
        (START - HOUR, END, Timeliness.IN_TIME),
        (START, END, Timeliness.IN_TIME),
        (START + timedelta(seconds=1), END, Timeliness.LATE),
        (None, START, Timeliness.PENDING),
        (None, START + timedelta(seconds=1), Timeliness.NOT_SET),
    ],
)
def test_the_due_instant_itself_is_in_time(first_set_at: datetime | None, now: datetime, result: Timeliness) -> None:
    assert timeliness(replace(AWAY, first_set_at=first_set_at), now=now) is result


def test_where_none_was_due_nothing_is_judged() -> None:
    assert timeliness(replace(SET, due_at=None), now=END) is None


@pytest.mark.parametrize(
    ("track", "now", "result"),
    [
        (AWAY, CLOSE + DAY, None),
        (SET, CLOSE, Clearing.PENDING),
        (SET, CLOSE + timedelta(seconds=1), Clearing.NOT_CLEARED),
        (replace(SET, clear_due_at=None), CLOSE + DAY, Clearing.PENDING),
        (replace(SET, cleared_at=CLOSE), CLOSE + DAY, Clearing.IN_TIME),
        (replace(SET, cleared_at=CLOSE + HOUR), CLOSE + DAY, Clearing.LATE),
    ],
)
def test_it_is_taken_down_by_the_close_of_the_day_of_return(
    track: GreetingTrack, now: datetime, result: Clearing | None
) -> None:
    assert clearing(track, now=now) is result


@pytest.mark.parametrize(
    ("said", "returns_on", "is_early"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), False),
        (date(2026, 11, 30), date(2026, 12, 1), True),
        (date(2026, 11, 30), None, True),
        (date(2026, 11, 30), date(2026, 11, 25), False),
        (None, date(2026, 11, 30), False),
    ],
)
def test_a_text_says_too_early_a_day_when_somebody_stays_away_longer(
    said: date | None, returns_on: date | None, *, is_early: bool
) -> None:
    assert replace(SET, said_back_on=said, returns_on=returns_on).says_too_early is is_early


@pytest.mark.parametrize(
    ("checked_at", "set_at", "awaits"),
    [
        (None, START, True),
        (START + HOUR, START, False),
        (START + HOUR, START + 2 * HOUR, True),
        (None, None, False),
    ],
)
def test_what_is_set_waits_to_be_looked_at(
    checked_at: datetime | None, set_at: datetime | None, *, awaits: bool
) -> None:
    assert replace(SET, checked_at=checked_at, set_at=set_at).awaits_check is awaits
