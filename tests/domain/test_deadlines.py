from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations

import pytest

from requests_app.domain.calendar_errors import (
    CalendarError,
    HorizonReached,
    InvalidDayCount,
    InvalidInstant,
    NotABusinessDay,
    OutsideKnownDates,
)
from requests_app.domain.calendars import WEEKDAYS, Closure
from requests_app.domain.deadlines import Rule, calendar_days_deadline, close_of_business, compute_deadline
from tests.domain.builders import ALL_DAY, at, build_calendar, hours
from tests.domain.examples import calendar

R1, R2, R3 = Rule.END_OF_NTH_BUSINESS_DAY, Rule.DEEMED_NEXT_BUSINESS_DAY, Rule.ROLLING_BUSINESS_HOURS
SUBSETS = [subset for size in range(1, 8) for subset in combinations(range(7), size)]


def due(name: str, received: str, days: int, rule: Rule = R1) -> datetime:
    return compute_deadline(calendar(name), received_at=at(received), business_days=days, rule=rule).due_at


@pytest.mark.parametrize("subset", SUBSETS, ids=lambda subset: "-".join(WEEKDAYS[day] for day in subset))
def test_every_set_of_open_weekdays_counts_to_the_next_open_one(subset: tuple[int, ...]) -> None:
    one = build_calendar(open_on=[WEEKDAYS[day] for day in subset])
    for offset in range(7):
        received_on = date(2026, 10, 12) + timedelta(days=offset)
        later = (received_on + timedelta(days=day) for day in range(1, 8))
        due_on = next(on for on in later if on.weekday() in subset)
        for minute in ("00:00", "12:00", "23:59"):
            got = compute_deadline(one, received_at=at(f"{received_on} {minute}"), business_days=1, rule=R1)
            assert got.due_on == due_on
            assert got.due_at == at(f"{due_on} 17:00")


def test_there_are_127_sets_of_open_weekdays() -> None:
    assert len(SUBSETS) == 127


def test_one_minute_before_lunch_lands_after_lunch() -> None:
    one = build_calendar(open_hours=hours("08:00-12:00", "13:00-17:00"), day_hours="8")
    got = compute_deadline(one, received_at=at("2026-10-13 11:59"), business_days=1, rule=R3)
    assert got.due_at == at("2026-10-14 11:59")
    short = build_calendar(open_hours=hours("08:00-12:00", "13:00-17:00"), day_hours="0.05")
    assert compute_deadline(short, received_at=at("2026-10-13 11:59"), business_days=1, rule=R3).due_at == at(
        "2026-10-13 13:02"
    )


@pytest.mark.parametrize("rule", Rule)
def test_a_calendar_without_open_days_ends_in_an_error(rule: Rule) -> None:
    with pytest.raises(HorizonReached, match="730 days"):
        compute_deadline(build_calendar(open_on=()), received_at=at("2026-10-13 10:00"), business_days=1, rule=rule)


@pytest.mark.parametrize("rule", Rule)
def test_a_closure_that_never_ends_is_an_error_and_a_long_one_is_not(rule: Rule) -> None:
    start = date(2026, 10, 14)
    long = build_calendar(closures=[Closure(start + timedelta(days=day), "Flood") for day in range(20)])
    assert compute_deadline(long, received_at=at("2026-10-13 18:00"), business_days=1, rule=rule).due_on >= date(
        2026, 11, 3
    )
    endless = build_calendar(closures=[Closure(start + timedelta(days=day), "Flood") for day in range(800)])
    with pytest.raises(HorizonReached):
        compute_deadline(endless, received_at=at("2026-10-13 18:00"), business_days=1, rule=rule)


def test_the_last_day_of_the_horizon_still_counts_and_the_next_one_does_not() -> None:
    received_on = date(2026, 10, 13)
    for days, is_reached in ((730, True), (731, False)):
        only = Closure(received_on + timedelta(days=days), "Open once", hours("08:00-17:00"))
        one = build_calendar(open_on=(), closures=[only], partial_days_count=True)
        for rule in (R1, R3):
            if is_reached:
                got = compute_deadline(one, received_at=at("2026-10-13 10:00"), business_days=1, rule=rule)
                assert got.due_on == only.on
            else:
                with pytest.raises(HorizonReached):
                    compute_deadline(one, received_at=at("2026-10-13 10:00"), business_days=1, rule=rule)


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("received", ["2024-12-31 23:59", "2028-07-01 00:00", "2028-06-30 17:30"])
def test_dates_the_calendar_does_not_know_are_an_error_for_every_rule(rule: Rule, received: str) -> None:
    with pytest.raises(OutsideKnownDates):
        compute_deadline(calendar(), received_at=at(received), business_days=1, rule=rule)


def test_the_receipt_date_is_the_local_one() -> None:
    # 07:30 UTC on 1 January is still the evening before in California.
    with pytest.raises(OutsideKnownDates):
        compute_deadline(calendar(), received_at=datetime(2025, 1, 1, 7, 30, tzinfo=UTC), business_days=1, rule=R1)
    east = timezone(timedelta(hours=-5))
    got = compute_deadline(calendar(), received_at=datetime(2026, 10, 14, 1, 0, tzinfo=east), business_days=1, rule=R1)
    assert got.trace[0].on == date(2026, 10, 13)
    assert got.due_on == date(2026, 10, 14)


@pytest.mark.parametrize("days", [0, -1, 367, True, 1.0, "1", None, 10**30])
def test_a_number_of_days_is_a_whole_number_from_1_to_366(days: object) -> None:
    with pytest.raises(InvalidDayCount):
        compute_deadline(calendar(), received_at=at("2026-10-13 10:00"), business_days=days, rule=R1)  # type: ignore[arg-type]  # what a caller may send


def test_366_business_days_are_counted() -> None:
    assert due("city", "2025-06-02 10:00", 366) == at("2026-11-19 17:00")


@pytest.mark.parametrize("rule", Rule)
def test_a_receipt_without_an_offset_is_refused(rule: Rule) -> None:
    with pytest.raises(InvalidInstant, match="needs an offset"):
        compute_deadline(calendar(), received_at=datetime(2026, 10, 13, 10), business_days=1, rule=rule)


@pytest.mark.parametrize("received_at", ["0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_time_are_an_error_too(received_at: str) -> None:
    everything = build_calendar(known=(date.min, date.max))
    for rule in Rule:
        with pytest.raises(CalendarError):
            compute_deadline(everything, received_at=datetime.fromisoformat(received_at), business_days=1, rule=rule)


def test_a_receipt_belongs_to_its_day_to_the_last_microsecond() -> None:
    assert due("city", "2026-10-13 23:59:59.999999", 1) == at("2026-10-14 17:00")
    assert due("city", "2026-10-14 00:00:00", 1) == at("2026-10-15 17:00")


def test_strictly_after_closing_moves_on_and_exactly_at_closing_does_not() -> None:
    assert due("city", "2026-10-13 17:00:00", 1, R2) == at("2026-10-14 17:00")
    assert due("city", "2026-10-13 17:00:00.000001", 1, R2) == at("2026-10-15 17:00")


def test_rolling_hours_keep_seconds_and_start_at_the_very_instant_of_opening() -> None:
    assert due("city", "2026-10-13 10:00:30.5", 1, R3) == at("2026-10-14 10:00:30.5")
    assert due("city", "2026-10-13 08:00:00", 1, R3) == at("2026-10-13 17:00")


def test_rolling_hours_are_real_hours_on_the_nights_the_clocks_change() -> None:
    nights = build_calendar(
        open_hours=ALL_DAY, open_on=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), day_hours="24"
    )
    spring = compute_deadline(nights, received_at=at("2026-03-07 12:00"), business_days=1, rule=R3)
    autumn = compute_deadline(nights, received_at=at("2026-10-31 12:00"), business_days=1, rule=R3)
    assert spring.due_at == at("2026-03-08 13:00")
    assert autumn.due_at == at("2026-11-01 11:00")


def test_a_closing_at_midnight_belongs_to_the_day_it_ends() -> None:
    late = build_calendar(open_hours=hours("16:00-24:00"))
    got = compute_deadline(late, received_at=at("2026-10-15 10:00"), business_days=1, rule=R1)
    assert got.due_at == at("2026-10-17 00:00")
    assert got.due_on == date(2026, 10, 16)


def test_leap_day_week_53_and_year_end_are_ordinary_days() -> None:
    assert due("city", "2028-02-28 09:00", 1) == at("2028-02-29 17:00")
    assert due("city", "2028-02-29 09:00", 1) == at("2028-03-01 17:00")
    assert due("city", "2026-12-31 09:00", 1) == at("2027-01-04 17:00")  # ISO week 53 of 2026


def test_a_records_determination_runs_in_calendar_days() -> None:
    got = calendar_days_deadline(calendar(), received_at=at("2026-11-03 10:00"), calendar_days=10)
    assert got.due_at == at("2026-11-13 17:00")


def test_a_records_determination_due_on_a_closed_day_moves_to_the_next_business_day() -> None:
    got = calendar_days_deadline(calendar(), received_at=at("2026-11-16 23:00"), calendar_days=10)
    assert got.due_at == at("2026-11-30 17:00")
    assert [step.code for step in got.trace] == [
        *("received", "calendar_days", "closed", "closed", "weekly_closed", "weekly_closed", "moved", "due")
    ]


@pytest.mark.parametrize("days", [0, 1.5, False])
def test_calendar_days_are_whole_numbers_too(days: object) -> None:
    with pytest.raises(InvalidDayCount):
        calendar_days_deadline(calendar(), received_at=at("2026-11-03 10:00"), calendar_days=days)  # type: ignore[arg-type]  # what a caller may send


def test_a_promised_answer_is_due_at_close_of_business() -> None:
    assert close_of_business(calendar(), date(2026, 11, 13)).due_at == at("2026-11-13 17:00")
    with pytest.raises(NotABusinessDay):
        close_of_business(calendar(), date(2026, 11, 11))
    with pytest.raises(OutsideKnownDates):
        close_of_business(calendar(), date(2029, 1, 2))


def test_computing_twice_gives_the_same_answer() -> None:
    once, twice = (
        compute_deadline(calendar(), received_at=at("2026-11-10 18:00"), business_days=3, rule=R2) for _ in range(2)
    )
    assert once == twice


def test_a_holiday_is_not_remembered_from_another_calendar() -> None:
    # Calendars are keys of the memory: one that differs by a closure only must not get the other's answer.
    plain = build_calendar()
    closed = build_calendar(closures=[Closure(date(2026, 10, 14), "Storm")])
    for one, day in ((plain, 14), (closed, 15), (plain, 14)):
        got = compute_deadline(one, received_at=at("2026-10-13 10:00"), business_days=1, rule=R1)
        assert got.due_on == date(2026, 10, day)
