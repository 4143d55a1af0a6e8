"""When training is owed: counted from the start or from the last time, whatever else somebody did (III.c.i)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.trainings import (
    CourseKind,
    Standing,
    TrainingRule,
    TrainingState,
    add_months,
    standing_of_person,
)

POLICY = date(2025, 4, 15)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def rule(kind: CourseKind = CourseKind.BOTH) -> TrainingRule:
    return TrainingRule(kind, asked_from=POLICY, limit_days=30, interval_months=24)


@pytest.mark.parametrize(
    ("kind", "started_on", "last_on", "due_on"),
    [
        (CourseKind.BOTH, date(2026, 3, 1), None, date(2026, 3, 31)),
        (CourseKind.ONBOARDING, date(2026, 3, 1), None, date(2026, 3, 31)),
        (CourseKind.PERIODIC, date(2026, 3, 1), None, date(2028, 3, 1)),
        # Here long before the course was asked: as if they had started then.
        (CourseKind.BOTH, date(1999, 1, 1), None, date(2025, 5, 15)),
        (CourseKind.PERIODIC, date(1999, 1, 1), None, date(2027, 4, 15)),
        # Nobody wrote down when they started.
        (CourseKind.BOTH, None, None, date(2025, 5, 15)),
        (CourseKind.BOTH, date(2026, 3, 1), date(2026, 3, 20), date(2028, 3, 20)),
        (CourseKind.PERIODIC, date(2026, 3, 1), date(2026, 3, 20), date(2028, 3, 20)),
        (CourseKind.ONBOARDING, date(2026, 3, 1), date(2026, 3, 20), None),
        # Taken elsewhere before they came.
        (CourseKind.BOTH, date(2026, 3, 1), date(2025, 9, 1), date(2027, 9, 1)),
    ],
)
def test_by_when_it_is_owed(
    kind: CourseKind, started_on: date | None, last_on: date | None, due_on: date | None
) -> None:
    assert rule(kind).due_on(started_on=started_on, last_on=last_on) == due_on


@pytest.mark.parametrize(
    ("last_on", "due_on", "standing", "is_soon"),
    [
        (None, date(2026, 11, 22), Standing.OVERDUE, False),
        (None, date(2026, 11, 23), Standing.PENDING, True),
        (None, date(2026, 12, 24), Standing.PENDING, False),
        (date(2025, 1, 1), date(2026, 12, 23), Standing.IN_DATE, True),
        (date(2025, 1, 1), date(2026, 11, 22), Standing.OVERDUE, False),
        (date(2025, 1, 1), None, Standing.IN_DATE, False),
    ],
)
def test_the_due_day_itself_is_still_in_time(
    last_on: date | None, due_on: date | None, standing: Standing, *, is_soon: bool
) -> None:
    state, today = TrainingState(last_on, due_on), date(2026, 11, 23)
    assert (state.standing(today), state.is_soon(today)) == (standing, is_soon)


@pytest.mark.parametrize(
    ("standings", "worst"),
    [
        ([], None),
        ([Standing.IN_DATE, Standing.PENDING], Standing.PENDING),
        ([Standing.PENDING, Standing.OVERDUE, Standing.IN_DATE], Standing.OVERDUE),
        ([Standing.IN_DATE], Standing.IN_DATE),
    ],
)
def test_the_worst_course_counts(standings: list[Standing], worst: Standing | None) -> None:
    assert standing_of_person(standings) == worst


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_where_the_month_does(on: date, months: int, later: date) -> None:
    assert add_months(on, months) == later


@given(started_on=DAYS, last_on=st.none() | DAYS, days=st.integers(0, 4000))
def test_a_later_start_or_training_never_brings_the_date_forward(
    started_on: date, last_on: date | None, days: int
) -> None:
    later = timedelta(days=days)
    for kind in CourseKind:
        due_on = rule(kind).due_on(started_on=started_on, last_on=last_on)
        moved = rule(kind).due_on(started_on=started_on + later, last_on=last_on + later if last_on else None)
        assert due_on is None or (moved is not None and moved >= due_on)
