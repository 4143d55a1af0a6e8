from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendars import WEEKDAYS, AlternateDayOff, Interval
from requests_app.domain.typed_hours import format_hours, parse_hours
from requests_app.domain.work_patterns import (
    WorkPattern,
    describe_work_pattern,
    dump_work_pattern,
    parse_work_pattern,
)

DAY = (Interval(8 * 60, 16 * 60 + 30),)
FOUR_DAYS = WorkPattern((DAY, DAY, DAY, DAY, (), (), ()))
FRIDAY = date(2026, 11, 27)
EVERY_OTHER_FRIDAY = WorkPattern((DAY, DAY, DAY, DAY, DAY, (), ()), (AlternateDayOff(4, FRIDAY),))
SUMMER = WorkPattern(
    (DAY, *((),) * 6), season_from=date(2027, 6, 1), season_until=date(2027, 8, 31)
)  # fmt: skip


@st.composite
def patterns(draw: st.DrawFn) -> WorkPattern:
    hours = []
    for _ in WEEKDAYS:
        edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=4)))
        hours.append(tuple(Interval(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)))
    if not any(hours):
        hours[0] = DAY
    anchors = draw(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=2))
    off = tuple(AlternateDayOff(on.weekday(), on) for on in anchors if hours[on.weekday()])
    start = draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    return WorkPattern(tuple(hours), off, start, start + timedelta(days=90) if start else None)


@given(patterns())
def test_every_pattern_survives_the_round_trip(pattern: WorkPattern) -> None:
    assert parse_work_pattern(dump_work_pattern(pattern)) == pattern
    assert tuple(parse_hours(format_hours(hours)) for hours in pattern.weekly_hours) == pattern.weekly_hours
    assert describe_work_pattern(pattern)


def test_nothing_recorded_is_no_pattern() -> None:
    assert parse_work_pattern({}) is None
    assert dump_work_pattern(None) == {}


@pytest.mark.parametrize(
    ("pattern", "english", "spanish"),
    [
        (FOUR_DAYS, "Mon–Thu 8:00–16:30", "lun–jue 8:00–16:30"),
        (
            EVERY_OTHER_FRIDAY,
            "Mon–Fri 8:00–16:30, every other Friday off",
            "lun–vie 8:00–16:30, un viernes de cada dos libre",
        ),
        (
            SUMMER,
            "Mon 8:00–16:30, from 1 Jun 2027, until 31 Aug 2027",
            "lun 8:00–16:30, desde 1 jun 2027, hasta 31 ago 2027",
        ),
    ],
)
def test_a_pattern_is_told_in_plain_words(pattern: WorkPattern, english: str, spanish: str) -> None:
    assert describe_work_pattern(pattern) == english
    assert describe_work_pattern(pattern, language="es-mx") == spanish


@pytest.mark.parametrize(
    ("pattern", "on", "works"),
    [
        (FOUR_DAYS, date(2026, 11, 26), True),
        (FOUR_DAYS, FRIDAY, False),
        (EVERY_OTHER_FRIDAY, FRIDAY, False),
        (EVERY_OTHER_FRIDAY, FRIDAY + timedelta(days=7), True),
        (EVERY_OTHER_FRIDAY, FRIDAY - timedelta(days=14), False),
        (SUMMER, date(2027, 5, 31), False),
        (SUMMER, date(2027, 6, 7), True),
        (SUMMER, date(2027, 9, 6), False),
    ],
)
def test_a_pattern_knows_on_which_dates_somebody_works(pattern: WorkPattern, on: date, works: bool) -> None:
    assert pattern.works_on(on) is works


WHOLE = dump_work_pattern(EVERY_OTHER_FRIDAY)
WEEK: Any = WHOLE["weekly_hours"]
BAD: dict[str, object] = {
    "a list": [],
    "no hours at all": {"weekly_hours": {day: [] for day in WEEKDAYS}},
    "a day missing": {"weekly_hours": {day: [] for day in WEEKDAYS[1:]}},
    "an unknown field": {**WHOLE, "lunch": True},
    "an anchor of another weekday": {**WHOLE, "alternate_days_off": [{"weekday": "fri", "anchor": "2026-11-26"}]},
    "a day off on a free day": {**WHOLE, "weekly_hours": {**WEEK, "fri": []}},
    "a season backwards": {**WHOLE, "season_from": "2027-06-01", "season_until": "2027-05-01"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_pattern_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(InvalidCalendar):
        parse_work_pattern(BAD[name])
