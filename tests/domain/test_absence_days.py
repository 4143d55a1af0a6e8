"""Whole days away: from an opening to the next opening, and back. Mon-Fri, 8 to 5; Thanksgiving 2026 is closed."""

from datetime import date

import pytest

from requests_app.domain.absence_days import back_after, last_whole_day, start_of_day_away
from requests_app.domain.calendars import Closure
from tests.domain.builders import at, build_calendar

CALENDAR = build_calendar(
    closures=(Closure(date(2026, 11, 26), "Thanksgiving"), Closure(date(2026, 11, 27), "The day after"))
)
TUESDAY, WEDNESDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("on", "since", "back"),
    [
        (TUESDAY, "2026-11-24 08:00", "2026-11-25 08:00"),
        (WEDNESDAY, "2026-11-25 08:00", "2026-11-30 08:00"),
        (SATURDAY, "2026-11-28 00:00", "2026-11-30 08:00"),
    ],
)
def test_a_day_away_runs_from_its_opening_to_the_next(on: date, since: str, back: str) -> None:
    assert start_of_day_away(on, CALENDAR) == at(since)
    assert back_after(on, CALENDAR) == at(back)


def test_beyond_the_known_years_days_run_from_midnight_to_midnight() -> None:
    far = date(2061, 3, 1)
    assert start_of_day_away(far, CALENDAR) == at("2061-03-01 00:00")
    assert back_after(far, CALENDAR) == at("2061-03-02 00:00")


@pytest.mark.parametrize(
    ("ends", "not_before", "last"),
    [
        ("2026-11-25 08:00", TUESDAY, TUESDAY),
        ("2026-11-30 08:00", TUESDAY, WEDNESDAY),
        ("2026-11-30 08:00", SATURDAY, SATURDAY),
        ("2026-11-25 08:30", TUESDAY, None),
        ("2026-11-29 00:00", TUESDAY, None),
        ("2026-11-25 08:00", WEDNESDAY, None),
    ],
)
def test_the_last_whole_day_leads_back_to_the_same_instant(ends: str, not_before: date, last: date | None) -> None:
    assert last_whole_day(at(ends), CALENDAR, not_before=not_before) == last
    assert last is None or back_after(last, CALENDAR) == at(ends)
