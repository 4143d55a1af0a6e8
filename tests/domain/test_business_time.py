from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.domain.business_time import (
    add_business_minutes,
    business_day_on_or_after,
    business_days_late,
    business_minutes_between,
    is_open,
    last_opening_before,
    next_business_day,
    next_opening,
    nth_business_day_after,
    subtract_business_minutes,
)
from requests_app.domain.calendar_errors import HorizonReached, InvalidInstant, OutsideKnownDates
from tests.domain.builders import ALL_DAY, PACIFIC, at, build_calendar, hours
from tests.domain.examples import calendar

LUNCH = build_calendar(open_hours=hours("08:00-12:00", "13:00-17:00"))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-10-13 09:00", "2026-10-13 10:30", 90),
        ("2026-10-13 11:30", "2026-10-13 13:30", 60),
        ("2026-10-16 16:00", "2026-10-19 09:00", 120),  # over a weekend: 2 h, not 65
        ("2026-10-17 09:00", "2026-10-18 20:00", 0),
        ("2026-10-13 09:00:30", "2026-10-13 09:02:29", 1),
        ("2026-10-13 10:00", "2026-10-13 09:00", 0),
        ("2026-10-13 10:00", "2026-10-13 10:00", 0),
        ("2026-10-30 16:00", "2026-11-02 09:00", 120),  # the clocks change in between
    ],
)
def test_open_minutes_between_two_instants(start: str, end: str, minutes: int) -> None:
    assert business_minutes_between(LUNCH, at(start), at(end)) == minutes


def test_local_instants_are_not_subtracted_by_wall_clock() -> None:
    nights = build_calendar(open_hours=ALL_DAY, open_on=("sat", "sun"))
    start = datetime(2026, 3, 7, 12, tzinfo=PACIFIC)
    end = datetime(2026, 3, 8, 12, tzinfo=PACIFIC)
    assert business_minutes_between(nights, start, end) == 23 * 60


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-18 16:00", 0),
        ("2026-11-18 17:00", 0),
        ("2026-11-18 20:00", 0),
        ("2026-11-19 00:30", 1),
        ("2026-11-20 09:00", 2),
        ("2026-11-22 09:00", 2),
        ("2026-11-23 09:00", 3),
        ("2026-11-27 09:00", 5),  # Thanksgiving and the day after count for nothing
    ],
)
def test_business_days_late(now: str, days: int) -> None:
    assert business_days_late(calendar(), due_at=at("2026-11-18 17:00"), now=at(now)) == days


def test_late_days_are_city_days_wherever_the_server_stands() -> None:
    # 17:30 in California is already tomorrow in UTC.
    assert business_days_late(calendar(), due_at=at("2026-11-18 17:00"), now=at("2026-11-18 17:30")) == 0


@pytest.mark.parametrize(
    ("when", "is_it"),
    [
        ("2026-10-13 07:59:59", False),
        ("2026-10-13 08:00", True),
        ("2026-10-13 11:59:59.999999", True),
        ("2026-10-13 12:00", False),
        ("2026-10-13 13:00", True),
        ("2026-10-13 17:00", False),
        ("2026-10-17 09:00", False),
    ],
)
def test_open_hours_are_half_open(when: str, is_it: bool) -> None:
    assert is_open(LUNCH, at(when)) is is_it


@pytest.mark.parametrize(
    ("when", "opening"),
    [
        ("2026-10-13 09:17:03", "2026-10-13 09:17:03"),
        ("2026-10-13 12:00", "2026-10-13 13:00"),
        ("2026-10-16 17:00", "2026-10-19 08:00"),
        ("2026-10-13 03:00", "2026-10-13 08:00"),
    ],
)
def test_next_opening(when: str, opening: str) -> None:
    assert next_opening(LUNCH, at(when)) == at(opening)


@pytest.mark.parametrize(
    ("when", "opening"),
    [
        ("2026-10-13 09:00", "2026-10-13 08:00"),
        ("2026-10-13 08:00", "2026-10-12 13:00"),
        ("2026-10-18 12:00", "2026-10-16 13:00"),
    ],
)
def test_last_opening_before(when: str, opening: str) -> None:
    assert last_opening_before(LUNCH, at(when)) == at(opening)


@pytest.mark.parametrize(
    ("when", "minutes", "then"),
    [
        ("2026-10-13 11:00", 60, "2026-10-13 12:00"),
        ("2026-10-13 11:00", 61, "2026-10-13 13:01"),
        ("2026-10-16 16:30", 60, "2026-10-19 08:30"),
        ("2026-10-17 10:00", 240, "2026-10-19 12:00"),
        ("2026-10-17 10:00", 0, "2026-10-17 10:00"),
    ],
)
def test_add_business_minutes(when: str, minutes: int, then: str) -> None:
    assert add_business_minutes(LUNCH, at(when), minutes) == at(then)


@pytest.mark.parametrize(
    ("when", "minutes", "then"),
    [
        ("2026-10-13 17:00", 120, "2026-10-13 15:00"),
        ("2026-10-13 10:00", 120, "2026-10-13 08:00"),
        ("2026-10-13 09:00", 120, "2026-10-12 16:00"),
        ("2026-10-13 13:30", 60, "2026-10-13 11:30"),
        ("2026-10-18 09:00", 60, "2026-10-16 16:00"),
    ],
)
def test_subtract_business_minutes(when: str, minutes: int, then: str) -> None:
    assert subtract_business_minutes(LUNCH, at(when), minutes) == at(then)


@settings(deadline=None)
@given(st.integers(0, 60 * 24 * 300), st.integers(1, 5000))
def test_adding_minutes_is_undone_by_counting_and_by_subtracting(offset: int, minutes: int) -> None:
    start = at("2026-01-01 00:00") + timedelta(minutes=offset)
    end = add_business_minutes(LUNCH, start, minutes)
    assert business_minutes_between(LUNCH, start, end) == minutes
    back = subtract_business_minutes(LUNCH, end, minutes)
    assert back >= start
    assert business_minutes_between(LUNCH, back, end) == minutes
    assert is_open(LUNCH, back)


def test_business_days_by_date() -> None:
    assert next_business_day(calendar(), date(2026, 11, 25)) == date(2026, 11, 30)
    assert nth_business_day_after(calendar(), date(2026, 11, 25), 3) == date(2026, 12, 2)
    assert nth_business_day_after(calendar(), date(2026, 11, 25), 0) == date(2026, 11, 25)
    assert business_day_on_or_after(calendar(), date(2026, 11, 25)) == date(2026, 11, 25)
    assert business_day_on_or_after(calendar(), date(2026, 11, 26)) == date(2026, 11, 30)


def test_no_open_time_ends_in_an_error_in_both_directions() -> None:
    closed = build_calendar(open_on=())
    for question in (next_opening, last_opening_before):
        with pytest.raises(HorizonReached):
            question(closed, at("2026-10-13 09:00"))
    with pytest.raises(HorizonReached):
        next_business_day(closed, date(2026, 10, 13))


def test_unknown_dates_are_never_guessed() -> None:
    known = build_calendar(known=(date(2026, 10, 13), date(2026, 10, 16)))
    with pytest.raises(OutsideKnownDates):
        business_minutes_between(known, at("2026-10-12 09:00"), at("2026-10-13 09:00"))
    with pytest.raises(OutsideKnownDates):
        business_days_late(known, due_at=at("2026-10-16 17:00"), now=at("2026-10-19 09:00"))
    with pytest.raises(OutsideKnownDates):
        next_opening(known, at("2026-10-16 17:00"))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(InvalidInstant):
        business_minutes_between(LUNCH, datetime(2026, 10, 13, 9), at("2026-10-13 10:00"))
