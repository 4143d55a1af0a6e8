"""By when a suggestion is to be decided, and whether it was (III.c.iii)."""

from datetime import date

import pytest

from requests_app.domain.improvements import Timing, decide_by, timing


@pytest.mark.parametrize(
    ("due_on", "decided_on", "today", "found"),
    [
        (date(2026, 11, 23), None, date(2026, 11, 23), Timing.OPEN),
        (date(2026, 11, 23), None, date(2026, 11, 24), Timing.OVERDUE),
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 12, 1), Timing.IN_TIME),
        (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 1), Timing.LATE),
    ],
)
def test_the_day_itself_is_in_time(due_on: date, decided_on: date | None, today: date, found: Timing) -> None:
    assert timing(due_on=due_on, decided_on=decided_on, today=today) is found


def test_without_a_calendar_weeks_of_five_days_are_counted() -> None:
    assert decide_by(None, date(2026, 11, 23), 30) == date(2027, 1, 4)
