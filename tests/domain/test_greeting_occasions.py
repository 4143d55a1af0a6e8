"""When somebody is told of a greeting (III.b.ii.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.calendars import Closure
from requests_app.domain.greeting_occasions import Occasion, occasions
from requests_app.domain.greeting_tracks import GreetingTrack
from tests.domain.builders import build_calendar

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Mon 30 Nov 8:00 am to Mon 7 Dec 8:00 am; Thu 26 and Fri 27 Nov are holidays, so Wed 25 is the business day before.
START, END = datetime(2026, 11, 30, 16, tzinfo=UTC), datetime(2026, 12, 7, 16, tzinfo=UTC)
WEDNESDAY, BACK_CLOSES = datetime(2026, 11, 25, 16, tzinfo=UTC), datetime(2026, 12, 8, 1, tzinfo=UTC)
CALENDAR = build_calendar(closures=[Closure(date(2026, 11, day), "Thanksgiving") for day in (26, 27)])
PLANNED = GreetingTrack(
    is_planned=True,
    starts_at=START,
    ends_at=END,
    due_at=START,
    returns_on=date(2026, 12, 7),
    clear_due_at=BACK_CLOSES,
)
SET = replace(PLANNED, first_set_at=WEDNESDAY, set_at=WEDNESDAY, said_back_on=date(2026, 12, 7))
ILL = replace(
    PLANNED, is_planned=False, due_at=START + 9 * HOUR, ends_at=None, returns_on=None, clear_due_at=None,
    ask_again_on=date(2026, 12, 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("track", "now", "told"),
    [
        (PLANNED, WEDNESDAY - timedelta(hours=9), []),
        (PLANNED, WEDNESDAY, [Occasion.BEFORE]),
        (PLANNED, START, [Occasion.BEFORE]),
        (PLANNED, START + HOUR, [Occasion.STARTED]),
        (PLANNED, END, []),
        (SET, WEDNESDAY + HOUR, []),
        (SET, START + HOUR, []),
        (SET, END, [Occasion.RETURNED]),
        (SET, BACK_CLOSES, [Occasion.RETURNED]),
        (SET, BACK_CLOSES + 15 * HOUR, [Occasion.LEFT_UP]),
        (replace(SET, cleared_at=END), END + DAY, []),
        (replace(SET, returns_on=date(2026, 12, 14)), START + HOUR, [Occasion.SAYS_TOO_EARLY]),
        (replace(PLANNED, due_at=None), START + HOUR, []),
        (replace(SET, is_removed=True), START - DAY, [Occasion.RETURNED]),
        (ILL, START + HOUR, []),
        (ILL, START + 7 * HOUR, [Occasion.FIRST_DAY]),
        (ILL, START + DAY, [Occasion.FIRST_DAY]),
        (ILL, START + 2 * DAY, [Occasion.FIRST_DAY, Occasion.ASK_AGAIN]),
        (replace(ILL, first_set_at=START, set_at=START), START + 2 * DAY, [Occasion.ASK_AGAIN]),
    ],
)
def test_each_is_told_while_it_holds(track: GreetingTrack, now: datetime, told: list[Occasion]) -> None:
    assert [occasion for occasion, _on in occasions(track, now=now, calendar=CALENDAR)] == told


def test_another_day_to_ask_again_is_another_occasion() -> None:
    asked = [replace(ILL, first_set_at=START, set_at=START, ask_again_on=date(2026, 12, day)) for day in (1, 2)]
    days = [list(occasions(track, now=START + 3 * DAY, calendar=CALENDAR)) for track in asked]
    assert days[0] != days[1]
