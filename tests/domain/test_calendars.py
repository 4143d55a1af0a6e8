from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from requests_app.domain.calendar_errors import InvalidCalendar, InvalidInstant, NotABusinessDay, OutsideKnownDates
from requests_app.domain.calendars import AlternateDayOff, Closure, DayReason, Interval, merge_closures
from tests.domain.builders import ALL_DAY, at, build_calendar, hours

FRIDAY_OFF = date(2026, 9, 18)
HALF_DAY = Closure(date(2026, 12, 23), "Half day", hours("08:00-12:00"))


def test_the_anchor_is_off_and_every_second_such_weekday_both_ways() -> None:
    calendar = build_calendar(alternate=[AlternateDayOff(4, FRIDAY_OFF)])
    fridays = [FRIDAY_OFF + timedelta(weeks=weeks) for weeks in range(-5, 6)]
    assert [calendar.is_business_day(on) for on in fridays] == [weeks % 2 == 1 for weeks in range(-5, 6)]
    assert calendar.day_status(FRIDAY_OFF).reason is DayReason.ALTERNATE_DAY_OFF
    assert calendar.is_business_day(FRIDAY_OFF - timedelta(days=1))


def test_an_anchor_on_another_weekday_is_refused() -> None:
    with pytest.raises(InvalidCalendar, match="anchor"):
        build_calendar(alternate=[AlternateDayOff(3, FRIDAY_OFF)])


def test_a_day_closed_for_part_does_not_count_unless_partial_days_do() -> None:
    closed = build_calendar(closures=[HALF_DAY])
    counted = build_calendar(closures=[HALF_DAY], partial_days_count=True)
    assert not closed.is_business_day(HALF_DAY.on)
    assert closed.open_intervals_utc(HALF_DAY.on) == ()
    assert closed.day_status(HALF_DAY.on).reason is DayReason.PARTLY_CLOSED
    assert counted.closing_at(HALF_DAY.on) == at("2026-12-23 12:00")
    assert counted.day_status(HALF_DAY.on).reason is DayReason.SPECIAL_HOURS


@pytest.mark.parametrize("counts", [True, False])
def test_open_hours_on_a_weekly_closed_day_make_an_extra_day_under_the_same_flag(counts: bool) -> None:
    saturday = date(2026, 10, 17)
    calendar = build_calendar(
        closures=[Closure(saturday, "Open Saturday", hours("09:00-13:00"))], partial_days_count=counts
    )
    assert calendar.is_business_day(saturday) is counts


@pytest.mark.parametrize("reverse", [False, True])
def test_of_two_closures_for_a_date_the_closed_one_wins(reverse: bool) -> None:
    both = [HALF_DAY, Closure(HALF_DAY.on, "Storm")]
    calendar = build_calendar(closures=both[::-1] if reverse else both, partial_days_count=True)
    assert not calendar.is_business_day(HALF_DAY.on)
    assert calendar.day_status(HALF_DAY.on).name == "Storm"


def test_two_partial_closures_leave_the_hours_they_share() -> None:
    other = Closure(HALF_DAY.on, "Training", hours("10:00-17:00"))
    merged = merge_closures([HALF_DAY, other])[HALF_DAY.on]
    assert merged == Closure(HALF_DAY.on, "Half day, Training", (Interval(600, 720),))


def test_two_names_for_one_closed_date_are_both_kept() -> None:
    on = date(2027, 12, 24)
    merged = merge_closures([Closure(on, "Christmas Eve"), Closure(on, "Christmas Day (observed)")])
    assert merged[on].name == "Christmas Eve, Christmas Day (observed)"


def test_midnight_at_the_end_of_the_day_is_a_closing_time() -> None:
    calendar = build_calendar(open_hours=hours("16:00-24:00"))
    closing_at = calendar.closing_at(date(2026, 10, 16))
    assert closing_at == at("2026-10-17 00:00")
    assert calendar.due_date(closing_at) == date(2026, 10, 16)


def test_around_the_clock_no_minute_is_lost_at_midnight() -> None:
    calendar = build_calendar(open_hours=ALL_DAY, open_on=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    previous_end = calendar.open_intervals_utc(date(2026, 1, 1))[-1].end_at
    for day in range(1, 730):
        ((start_at, end_at),) = calendar.open_intervals_utc(date(2026, 1, 1) + timedelta(days=day))
        assert start_at == previous_end
        previous_end = end_at


def test_a_day_of_24_hours_has_23_or_25_when_the_clocks_change() -> None:
    calendar = build_calendar(open_hours=ALL_DAY, open_on=("sun",))
    assert calendar.day_status(date(2026, 3, 8)).open_time == timedelta(hours=23)
    assert calendar.day_status(date(2026, 11, 1)).open_time == timedelta(hours=25)


def test_a_closing_inside_a_gap_or_fold_takes_the_first_reading() -> None:
    gap = build_calendar(open_hours=hours("00:30-02:30"), open_on=("sun",))
    fold = build_calendar(open_hours=hours("00:30-01:30"), open_on=("sun",))
    assert gap.closing_at(date(2026, 3, 8)) == datetime(2026, 3, 8, 10, 30, tzinfo=UTC)
    assert fold.closing_at(date(2026, 11, 1)) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_intervals_that_meet_inside_a_gap_do_not_overlap_as_instants() -> None:
    calendar = build_calendar(open_hours=hours("01:00-02:50", "03:00-05:00"), open_on=("sun",))
    first, second = calendar.open_intervals_utc(date(2026, 3, 8))
    assert first.end_at == second.start_at == datetime(2026, 3, 8, 10, 50, tzinfo=UTC)


def test_a_date_the_zone_skipped_has_no_open_time() -> None:
    apia = ZoneInfo("Pacific/Apia")
    calendar = build_calendar(time_zone=apia, known=(date(2011, 1, 1), date(2012, 12, 31)))
    assert calendar.open_intervals_utc(date(2011, 12, 30)) == ()


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2028, 7, 1)])
def test_a_date_outside_the_known_range_is_an_error_that_says_what_to_do(on: date) -> None:
    calendar = build_calendar(known=(date(2025, 1, 1), date(2028, 6, 30)))
    with pytest.raises(OutsideKnownDates, match=f"Confirm the closures of {on.year}") as caught:
        calendar.is_business_day(on)
    assert caught.value.code == "outside_known_dates"
    assert caught.value.params["on"] == on.isoformat()
    assert not calendar.knows(on)


def test_both_ends_of_the_known_range_are_known() -> None:
    calendar = build_calendar(known=(date(2026, 10, 13), date(2026, 10, 14)))
    assert calendar.is_business_day(date(2026, 10, 13))
    assert calendar.is_business_day(date(2026, 10, 14))


def test_a_closed_day_has_no_closing_time() -> None:
    with pytest.raises(NotABusinessDay):
        build_calendar().closing_at(date(2026, 10, 17))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(InvalidInstant):
        build_calendar().local_date(datetime(2026, 10, 13, 9))


@pytest.mark.parametrize(
    "intervals",
    [hours("09:00-08:00"), hours("09:00-09:00"), hours("08:00-12:00", "11:00-17:00"), (Interval(-1, 5),)],
)
def test_impossible_hours_are_refused(intervals: tuple[Interval, ...]) -> None:
    with pytest.raises(InvalidCalendar):
        build_calendar(open_hours=intervals)


def test_touching_intervals_are_allowed() -> None:
    calendar = build_calendar(open_hours=hours("08:00-12:00", "12:00-17:00"))
    assert calendar.day_status(date(2026, 10, 13)).open_time == timedelta(hours=9)


@pytest.mark.parametrize("day_hours", ["0", "-1", "24.1"])
def test_a_business_day_is_worth_up_to_24_hours(day_hours: str) -> None:
    with pytest.raises(InvalidCalendar, match="business_day_hours"):
        build_calendar(day_hours=day_hours)


def test_equal_calendars_hash_alike_and_a_closure_makes_them_differ() -> None:
    one, same, other = build_calendar(), build_calendar(), build_calendar(closures=[HALF_DAY])
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one.business_day_hours == Decimal(9)
