"""The opening checklist: silent on closed days, late an hour after opening, a note says what is wrong."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.city_calendar import CITY_TIME_ZONE, counter_calendar
from requests_app.domain.day_duties import DayDuty, day_duty
from requests_app.domain.opening_checks import (
    CheckedLine,
    lines_of,
    open_days,
    opening_due_at,
    tidied_items,
)

HOUR = timedelta(hours=1)
MONDAY, FRIDAY, THANKSGIVING = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 26)
CALENDAR = counter_calendar()


def local(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=CITY_TIME_ZONE)


def test_it_is_late_so_long_after_the_counter_opened() -> None:
    assert opening_due_at(CALENDAR, MONDAY, limit=HOUR) == local(MONDAY, 9)


@pytest.mark.parametrize("on", [FRIDAY, THANKSGIVING, date(2026, 11, 22), date(2031, 1, 6)])
def test_closed_days_and_days_nobody_knows_are_silent(on: date) -> None:
    due_at = opening_due_at(CALENDAR, on, limit=HOUR)
    assert due_at is None
    assert day_duty(due_at, is_done=False, now=local(on, 12)) is DayDuty.CLOSED


def test_without_a_calendar_every_day_is_silent() -> None:
    assert opening_due_at(None, MONDAY, limit=HOUR) is None
    assert open_days(None, MONDAY, FRIDAY) == []


@pytest.mark.parametrize(
    ("hour", "is_done", "state"),
    [
        (7, False, DayDuty.DUE),
        (9, False, DayDuty.DUE),  # exactly at the limit is not late
        (10, False, DayDuty.LATE),
        (10, True, DayDuty.DONE),
    ],
)
def test_a_day_is_due_then_late_unless_it_was_signed(hour: int, is_done: bool, state: DayDuty) -> None:
    due_at = opening_due_at(CALENDAR, MONDAY, limit=HOUR)
    assert day_duty(due_at, is_done=is_done, now=local(MONDAY, hour)) is state


def test_the_open_days_of_a_week_leave_out_friday_and_the_holiday() -> None:
    assert open_days(CALENDAR, MONDAY, date(2026, 11, 29)) == [MONDAY, date(2026, 11, 24), date(2026, 11, 25)]


def test_a_line_without_a_note_is_in_order() -> None:
    lines = lines_of({7: "Doors", 8: "Pens"}, {8: "  none \n left ", 9: "no such item"})
    assert lines == [CheckedLine("Doors"), CheckedLine("Pens", "none left")]
    assert [line.is_in_order for line in lines] == [True, False]


def test_items_are_typed_one_on_a_line_none_empty_and_none_twice() -> None:
    assert tidied_items("  Doors \n\n Pens  and forms\nDoors\n") == ["Doors", "Pens and forms"]
