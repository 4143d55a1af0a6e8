"""Absence: what it obliges to, what it may excuse, who covers. Mon-Fri, 8 to 5; Thanksgiving 2026 is closed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.absences import (
    AbsenceKind,
    AbsencePeriod,
    cover_for,
    days_off,
    first_whole_day,
    goes_in_circles,
    greeting_due_at,
    known_so_far,
    may_excuse,
    returns_on,
)
from requests_app.domain.calendars import AlternateDayOff, Closure, Interval
from requests_app.domain.work_patterns import WorkPattern
from tests.domain.builders import at, build_calendar

THANKSGIVING = (Closure(date(2026, 11, 26), "Thanksgiving"), Closure(date(2026, 11, 27), "The day after"))
CALENDAR = build_calendar(closures=THANKSGIVING)
TUESDAY, WEDNESDAY, MONDAY_AFTER = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)


def away(since: str, until: str = "", *, planned: bool = False) -> AbsencePeriod:
    kind = AbsenceKind.PLANNED if planned else AbsenceKind.UNFORESEEN
    return AbsencePeriod(kind, at(since), at(until) if until else None)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (away("2026-11-24 08:00", "2026-11-24 17:00"), TUESDAY),
        (away("2026-11-24 00:00", "2026-11-25 00:00"), TUESDAY),
        (away("2026-11-24 08:01", "2026-11-24 17:00"), None),
        (away("2026-11-24 08:00", "2026-11-24 16:59"), None),
        (away("2026-11-24 12:00", "2026-11-25 17:00"), WEDNESDAY),
        (away("2026-11-24 12:00", "2026-11-25 12:00"), None),
        (away("2026-11-25 12:00", "2026-11-30 12:00"), None),  # Thanksgiving, the day after and the weekend between
        (away("2026-11-25 17:00", "2026-11-30 17:00"), MONDAY_AFTER),
        (away("2026-11-25 12:00"), MONDAY_AFTER),
    ],
)
def test_the_first_business_day_missed_whole(period: AbsencePeriod, first: date | None) -> None:
    assert first_whole_day(period, CALENDAR) == first


@pytest.mark.parametrize(
    ("period", "by"),
    [
        (away("2026-11-24 12:00", "2026-12-02 08:00", planned=True), at("2026-11-24 12:00")),
        (away("2026-11-24 07:00", "2026-12-02 08:00"), at("2026-11-24 17:00")),
        (away("2026-11-24 12:00", "2026-12-02 08:00"), at("2026-11-25 17:00")),
        (away("2026-11-25 12:00"), at("2026-11-30 17:00")),
        (away("2026-11-24 12:00", "2026-11-24 15:00"), None),
        (away("2026-11-24 12:00", "2026-11-24 15:00", planned=True), None),
    ],
)
def test_by_when_the_greeting_is_set(period: AbsencePeriod, by: datetime | None) -> None:
    assert greeting_due_at(period, CALENDAR) == by


@pytest.mark.parametrize(
    ("period", "due", "theirs", "may"),
    [
        (away("2026-11-24 07:00", "2026-11-25 08:00"), "2026-11-24 17:00", True, True),
        (away("2026-11-24 07:00"), "2026-11-30 17:00", True, True),
        (away("2026-11-24 07:00", "2026-11-25 08:00"), "2026-11-25 17:00", True, False),
        (away("2026-11-24 09:00", "2026-11-25 08:00"), "2026-11-24 17:00", True, False),
        (away("2026-11-24 07:00", "2026-11-25 08:00"), "2026-11-24 17:00", False, False),
        (away("2026-11-24 07:00", "2026-11-25 08:00", planned=True), "2026-11-24 17:00", True, False),
    ],
)
def test_what_an_absence_may_excuse(period: AbsencePeriod, due: str, theirs: bool, may: bool) -> None:
    assert may_excuse(period, due_at=at(due), was_theirs_at_recording=theirs, calendar=CALENDAR) is may


@pytest.mark.parametrize(
    ("period", "due", "may"),
    [
        (away("2026-11-24 16:59", "2026-11-24 20:00"), "2026-11-24 17:00", True),
        (away("2026-11-24 00:00", "2026-11-24 08:01"), "2026-11-24 17:00", True),
        (away("2026-11-24 00:00", "2026-11-24 08:00"), "2026-11-24 17:00", False),
        (away("2026-11-24 17:00", "2026-11-25 08:00"), "2026-11-24 17:00", False),
        (away("2026-11-24 12:00"), "2026-11-24 17:00", True),
        (away("2026-11-26 08:00", "2026-11-26 17:00"), "2026-11-26 17:00", False),  # Thanksgiving has no hours
        (away("2026-11-24 12:00", "2026-11-24 20:00", planned=True), "2026-11-24 17:00", False),
    ],
)
def test_where_the_city_chose_so_any_hour_of_the_due_day_is_enough(period: AbsencePeriod, due: str, may: bool) -> None:
    said = may_excuse(period, due_at=at(due), was_theirs_at_recording=True, calendar=CALENDAR, needs_whole_day=False)
    assert said is may
    assert not may_excuse(period, due_at=at(due), was_theirs_at_recording=True, calendar=CALENDAR)


def test_an_absence_of_unknown_end_is_known_through_today() -> None:
    period = away("2026-11-24 08:00")
    assert known_so_far(period, now=at("2026-11-24 15:00"), calendar=CALENDAR) == away(
        "2026-11-24 08:00", "2026-11-25 00:00"
    )
    assert known_so_far(period, now=at("2026-11-23 15:00"), calendar=CALENDAR).ends_at == at("2026-11-25 00:00")
    told = away("2026-11-24 08:00", "2026-12-24 08:00")
    assert known_so_far(told, now=at("2026-11-24 15:00"), calendar=CALENDAR) == told


@given(st.datetimes(datetime(2026, 11, 2), datetime(2026, 12, 18)), st.integers(1, 20 * 24 * 60), st.integers(0, 600))
def test_a_longer_absence_never_covers_less(starts: datetime, minutes: int, more: int) -> None:
    begins_at = at(starts.isoformat())
    short = AbsencePeriod(AbsenceKind.UNFORESEEN, begins_at, begins_at + timedelta(minutes=minutes))
    longer = AbsencePeriod(AbsenceKind.UNFORESEEN, begins_at, begins_at + timedelta(minutes=minutes + more))
    for day in range(60):
        on = date(2026, 11, 2) + timedelta(days=day)
        assert longer.covers_day(on, CALENDAR) >= short.covers_day(on, CALENDAR)


def test_at_the_instant_of_coming_back_nobody_is_away() -> None:
    period = away("2026-11-24 08:00", "2026-11-25 08:00")
    assert [period.is_on(at(text)) for text in ("2026-11-24 07:59", "2026-11-24 08:00", "2026-11-25 08:00")] == [
        False, True, False,
    ]  # fmt: skip


def test_an_absence_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="ends after"):
        away("2026-11-24 08:00", "2026-11-24 08:00")


def test_past_the_calendar_nothing_is_worked_out() -> None:
    short = build_calendar(known=(date(2026, 11, 1), date(2026, 11, 25)))
    assert first_whole_day(away("2026-11-25 12:00"), short) is None


def test_days_off_by_ones_own_pattern_leave_closed_days_out() -> None:
    hours = (Interval(480, 1020),)
    pattern = WorkPattern((hours, hours, hours, hours, hours, (), ()), (AlternateDayOff(4, date(2026, 11, 13)),))
    found = days_off(pattern, CALENDAR, since=date(2026, 11, 9), through=date(2026, 12, 12))
    assert list(found) == [date(2026, 11, 13), date(2026, 12, 11)]  # the 27th is closed for everybody


@pytest.mark.parametrize(
    ("alternates", "away_now", "covers"),
    [
        ({"ana": ["bo"]}, {"ana"}, "bo"),
        ({"ana": ["bo", "cy"], "bo": ["di"]}, {"ana", "bo"}, "di"),
        ({"ana": ["bo", "cy"]}, {"ana", "bo"}, "cy"),
        ({"ana": ["bo"], "bo": ["ana"]}, {"ana", "bo"}, None),
        ({"ana": ["ana"]}, {"ana"}, None),
        ({}, {"ana"}, None),
    ],
)
def test_who_covers(alternates: dict[str, list[str]], away_now: set[str], covers: str | None) -> None:
    assert cover_for("ana", alternates, is_away=away_now) == covers


people = st.sampled_from("abcdef")


@given(st.dictionaries(people, st.lists(people, max_size=4)), st.sets(people), people)
def test_whoever_covers_is_there_and_is_reached_by_alternates(
    alternates: dict[str, list[str]], away_now: set[str], person: str
) -> None:
    cover = cover_for(person, alternates, is_away=away_now)
    reached, waiting = set(), list(alternates.get(person, ()))
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            if one in away_now:
                waiting.extend(alternates.get(one, ()))
    there = reached - away_now - {person}
    assert (cover in there) if cover else not there


@given(st.dictionaries(people, st.lists(people, max_size=3)), people)
def test_a_circle_is_a_way_back(alternates: dict[str, list[str]], person: str) -> None:
    steps, found = {person}, False
    for _ in range(6):
        steps = {after for one in steps for after in alternates.get(one, ())}
        found = found or person in steps
    assert goes_in_circles(person, alternates) is found


FOUR_DAYS = WorkPattern(((Interval(8 * 60, 17 * 60),),) * 4 + ((),) * 3)


@pytest.mark.parametrize(
    ("until", "pattern", "back_on"),
    [
        ("2026-11-24 08:00", None, TUESDAY),
        ("2026-11-24 16:59", None, TUESDAY),
        ("2026-11-24 17:00", None, WEDNESDAY),  # at closing the day is over
        ("2026-11-25 00:00", None, WEDNESDAY),
        ("2026-11-25 17:00", None, MONDAY_AFTER),  # Thanksgiving, the day after and the weekend between
        ("2026-11-28 12:00", None, MONDAY_AFTER),
        ("2026-12-04 08:00", None, date(2026, 12, 4)),
        ("2026-12-04 08:00", FOUR_DAYS, date(2026, 12, 7)),  # Friday is off by their own pattern
        ("2026-12-03 17:00", FOUR_DAYS, date(2026, 12, 7)),
    ],
)
def test_the_day_of_return_is_the_first_on_which_they_work_again(
    until: str, pattern: WorkPattern | None, back_on: date
) -> None:
    assert returns_on(away("2026-11-23 08:00", until), CALENDAR, pattern) == back_on


def test_nobody_knows_the_day_of_return_while_the_end_is_open_or_past_the_calendar() -> None:
    assert returns_on(away("2026-11-23 08:00"), CALENDAR) is None
    assert returns_on(away("2026-11-23 08:00", "2099-01-01 08:00"), CALENDAR) is None


def test_whoever_never_works_again_is_not_back() -> None:
    season_over = WorkPattern(FOUR_DAYS.weekly_hours, season_until=date(2026, 11, 20))
    assert returns_on(away("2026-11-23 08:00", "2026-11-24 08:00"), CALENDAR, season_over) is None
