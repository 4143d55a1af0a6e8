"""When the report of a month is due: never later than the seventh business day after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.business_time import business_days_between
from requests_app.domain.calendars import Closure
from requests_app.domain.monthly_reports import month_due, report_on
from requests_app.domain.periods import Month
from tests.domain.builders import build_calendar

LABOR_DAY = Closure(date(2026, 9, 7), "Labor Day")
CALENDAR = build_calendar(closures=[LABOR_DAY])


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 9, 2), None),
        (date(2026, 9, 3), Month(2026, 8)),
        (date(2026, 9, 5), None),  # a Saturday
        (date(2026, 9, 7), None),  # Labor Day
        (date(2026, 9, 30), Month(2026, 8)),  # nobody looked before
        (date(2026, 11, 3), None),  # Tuesday, the second
        (date(2026, 11, 4), Month(2026, 10)),
    ],
)
def test_it_is_due_from_the_third_business_day_on_business_days(today: date, due: Month | None) -> None:
    assert month_due(CALENDAR, today, business_day=3) == due


@given(st.integers(0, 23), st.integers(1, 7))
def test_it_is_never_later_than_seven_business_days_after_the_end(offset: int, business_day: int) -> None:
    month = Month(2025, 1).plus(offset)
    on = report_on(CALENDAR, month, business_day=business_day)
    assert business_days_between(CALENDAR, month.last_on, on) == business_day
    assert on - month.last_on < timedelta(days=14)
