"""What must hold for any calendar and receipt, and two independent ways to the same answer."""

from datetime import date, datetime, time, timedelta
from typing import Literal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.domain.calendars import WEEKDAYS, BusinessCalendar, Closure, Interval
from requests_app.domain.deadlines import Rule, compute_deadline
from tests.domain.builders import ALL_DAY, EIGHT_TO_FIVE, PACIFIC, at, build_calendar, hours

Roll = Literal["backward", "forward"]
BACKWARD: Roll = "backward"
FORWARD: Roll = "forward"
# The first example of a calendar is slower than the rest, and machines differ.
unhurried = settings(deadline=None)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
dates = st.dates(FIRST, LAST)
weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1)
closed_dates = st.sets(st.dates(FIRST, FIRST + timedelta(days=900)), max_size=40)
open_hours = st.sampled_from(
    [EIGHT_TO_FIVE, hours("08:00-12:00", "13:00-17:00"), hours("00:00-02:30", "22:00-24:00"), ALL_DAY]
)
instants = st.datetimes(datetime.combine(FIRST, time.min), datetime.combine(LAST, time.min), timezones=st.just(PACIFIC))
day_counts = st.integers(1, 12)
rules = st.sampled_from(list(Rule))


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    return build_calendar(
        open_on=draw(weekdays),
        open_hours=draw(open_hours),
        closures=[Closure(on, "Closed") for on in draw(closed_dates)],
        day_hours=draw(st.sampled_from(["9", "8.5", "7.25", "0.1", "24"])),
    )


def due_at(calendar: BusinessCalendar, received_at: datetime, business_days: int, rule: Rule) -> datetime:
    return compute_deadline(calendar, received_at=received_at, business_days=business_days, rule=rule).due_at


@unhurried
@given(calendars(), instants, instants, day_counts, rules)
def test_due_is_monotone_in_receipt(
    calendar: BusinessCalendar, first: datetime, second: datetime, business_days: int, rule: Rule
) -> None:
    earlier, later = sorted([first, second], key=datetime.timestamp)
    assert due_at(calendar, earlier, business_days, rule) <= due_at(calendar, later, business_days, rule)


@unhurried
@given(calendars(), instants, day_counts, rules, st.integers(0, 40))
def test_a_closure_for_a_whole_day_never_makes_anything_due_earlier(
    calendar: BusinessCalendar, received_at: datetime, business_days: int, rule: Rule, days_ahead: int
) -> None:
    closed_on = received_at.date() + timedelta(days=days_ahead)
    fewer = build_calendar(
        weekly=dict(zip(WEEKDAYS, calendar.weekly_hours, strict=True)),
        closures=[*calendar.closures.values(), Closure(closed_on, "Storm")],
        day_hours=str(calendar.business_day_hours),
    )
    assert due_at(fewer, received_at, business_days, rule) >= due_at(calendar, received_at, business_days, rule)


@unhurried
@given(calendars(), instants, day_counts, day_counts)
def test_n_days_and_then_m_are_n_plus_m(calendar: BusinessCalendar, received_at: datetime, n: int, m: int) -> None:
    rule = Rule.END_OF_NTH_BUSINESS_DAY
    first = compute_deadline(calendar, received_at=received_at, business_days=n, rule=rule)
    then = compute_deadline(calendar, received_at=at(f"{first.due_on} 12:00"), business_days=m, rule=rule)
    assert then.due_at == due_at(calendar, received_at, n + m, rule)


@unhurried
@given(calendars(), instants, day_counts, rules)
def test_due_lies_after_receipt_and_on_a_business_day(
    calendar: BusinessCalendar, received_at: datetime, business_days: int, rule: Rule
) -> None:
    deadline = compute_deadline(calendar, received_at=received_at, business_days=business_days, rule=rule)
    assert deadline.due_at > received_at
    assert calendar.is_business_day(deadline.due_on)


def numpy_due_on(oracle: np.busdaycalendar, received_at: datetime, business_days: int, *, deemed: bool) -> date:
    day_zero, roll = received_at.date(), BACKWARD
    if deemed and not np.is_busday(day_zero, busdaycal=oracle):
        roll = FORWARD
    elif deemed and received_at.time() > time(17):
        business_days += 1
    return date.fromisoformat(str(np.busday_offset(day_zero, business_days, roll=roll, busdaycal=oracle)))


@settings(max_examples=300, deadline=None)
@given(weekdays, closed_dates, instants, st.integers(1, 60), st.booleans())
def test_counting_by_dates_agrees_with_numpy(
    open_on: set[str], closed: set[date], received_at: datetime, business_days: int, deemed: bool
) -> None:
    calendar = build_calendar(open_on=open_on, closures=[Closure(on, "Closed") for on in closed])
    oracle = np.busdaycalendar(
        weekmask=[weekday in open_on for weekday in WEEKDAYS], holidays=sorted(np.datetime64(on) for on in closed)
    )
    expected = numpy_due_on(oracle, received_at, business_days, deemed=deemed)
    rule = Rule.DEEMED_NEXT_BUSINESS_DAY if deemed else Rule.END_OF_NTH_BUSINESS_DAY
    deadline = compute_deadline(calendar, received_at=received_at, business_days=business_days, rule=rule)
    assert deadline.due_on == expected
    assert deadline.due_at == at(f"{expected} 17:00")


def minute_by_minute(calendar: BusinessCalendar, received_at: datetime, minutes: int) -> datetime:
    """Walk the clock: a minute counts if the wall clock at its start is inside an interval."""
    instant = received_at
    while minutes:
        local = instant.astimezone(PACIFIC)
        minute = local.hour * 60 + local.minute
        open_now = calendar.weekly_hours[local.weekday()] if local.date() not in calendar.closures else ()
        minutes -= any(start <= minute < end for start, end in open_now)
        instant += timedelta(minutes=1)
    return instant


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.sampled_from(WEEKDAYS), min_size=3),
    st.sampled_from([EIGHT_TO_FIVE, hours("08:00-12:00", "13:00-17:00"), hours("22:00-24:00"), ALL_DAY]),
    st.sampled_from([date(2026, 3, 6), date(2026, 10, 30), date(2026, 11, 10)]),
    st.integers(0, 3 * 1440),
    st.integers(1, 1440),
)
def test_rolling_hours_agree_with_a_walk_minute_by_minute(
    open_on: set[str], open_at: tuple[Interval, ...], start_on: date, minute: int, minutes: int
) -> None:
    calendar = build_calendar(
        open_on=open_on,
        open_hours=open_at,
        closures=[Closure(date(2026, 11, 11), "Veterans Day")],
        day_hours=str(minutes / 60),
    )
    received_at = at(f"{start_on} 00:00") + timedelta(minutes=minute)
    got = due_at(calendar, received_at, 1, Rule.ROLLING_BUSINESS_HOURS)
    expected = minute_by_minute(calendar, received_at, minutes)
    # A day of minutes / 60 hours is not always a whole number of microseconds.
    assert abs(got - expected) < timedelta(milliseconds=1)
