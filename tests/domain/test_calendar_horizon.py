"""Closures must be known for 12 months ahead."""

from datetime import date

import pytest

from requests_app.domain.calendar_horizon import closures_run_out, needed_through, year_to_confirm


@pytest.mark.parametrize(
    ("today", "needed"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2027, 1, 1), date(2028, 1, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_closures_must_be_known_for_twelve_months(today: date, needed: date) -> None:
    assert needed_through(today) == needed
    assert not closures_run_out(needed, today=today)
    assert closures_run_out(needed.replace(day=needed.day - 1) if needed.day > 1 else date(2027, 12, 31), today=today)


@pytest.mark.parametrize(
    ("known_through", "year"), [(date(2026, 12, 31), 2027), (date(2027, 6, 30), 2027), (date(2026, 12, 30), 2026)]
)
def test_the_year_to_confirm_is_that_of_the_first_unknown_day(known_through: date, year: int) -> None:
    assert year_to_confirm(known_through) == year
