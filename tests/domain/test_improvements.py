"""By when a suggestion is to be decided, and whether it was (III.c.iii)."""

from datetime import date

import pytest

from requests_app.domain.city_calendar import city_calendar
from requests_app.domain.improvements import Reminder, Timing, decide_by, reminder_on, timing


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


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 12, 3), None),
        (date(2026, 12, 4), Reminder.AHEAD),
        (date(2026, 12, 10), Reminder.AHEAD),
        (date(2026, 12, 11), Reminder.TODAY),
        (date(2026, 12, 14), Reminder.OVER),
        (date(2026, 12, 17), Reminder.OVER),
        (date(2026, 12, 18), Reminder.LONG_OVER),
    ],
)
def test_a_reminder_is_the_last_that_has_come(today: date, found: Reminder | None) -> None:
    assert reminder_on(today, calendar=city_calendar(), due_on=date(2026, 12, 11), ahead=5, long_over=5) is found
