"""How long records are kept: never under two years, whatever is chosen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.disposal import DISPOSAL_TABLE, DisposalState, DisposalStep, way_of
from requests_app.domain.retention import (
    DEFAULT_RETENTIONS,
    FLOOR_YEARS,
    RetentionCode,
    destroyable_on,
    last_closed_on,
    retention_code,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
YEARS = st.integers(min_value=-1, max_value=60)


@pytest.mark.parametrize(
    ("closed_on", "years", "first_on"),
    [
        (date(2024, 11, 23), 2, date(2026, 11, 24)),
        (date(2024, 2, 29), 2, date(2026, 3, 2)),
        (date(2024, 2, 29), 4, date(2028, 3, 1)),
        (date(2024, 11, 23), 0, date(2026, 11, 24)),
        (date(2011, 6, 1), 15, date(2026, 6, 2)),
    ],
)
def test_a_record_may_go_the_day_after_its_years_are_full(closed_on: date, years: int, first_on: date) -> None:
    assert destroyable_on(closed_on, years=years) == first_on


@given(closed_on=DAYS, years=YEARS)
def test_nothing_may_go_before_two_years(closed_on: date, years: int) -> None:
    assert destroyable_on(closed_on, years=years) - closed_on > timedelta(days=365 * FLOOR_YEARS)


@given(today=DAYS, years=YEARS)
def test_what_is_asked_of_the_database_is_what_the_rule_says(today: date, years: int) -> None:
    last_on = last_closed_on(today, years=years)
    assert destroyable_on(last_on, years=years) <= today
    assert destroyable_on(last_on + timedelta(days=1), years=years) > today


@pytest.mark.parametrize(
    ("kind", "confidentiality", "code"),
    [
        ("service", "ordinary", RetentionCode.GENERAL),
        ("records", "ordinary", RetentionCode.RECORDS),
        ("complaint", "ordinary", RetentionCode.COMPLAINT),
        ("question", "confidential", RetentionCode.COMPLAINT),
        ("complaint", "improper_activity", RetentionCode.IMPROPER_ACTIVITY),
        ("complaint", "police_stub", RetentionCode.POLICE),
    ],
)
def test_a_request_is_kept_under_the_longest_class_that_fits(
    kind: str, confidentiality: str, code: RetentionCode
) -> None:
    assert retention_code(kind=kind, confidentiality=confidentiality) == code


def test_every_class_has_years_and_a_ground() -> None:
    assert set(DEFAULT_RETENTIONS) == set(RetentionCode)
    assert all(row.years >= row.least_years >= FLOOR_YEARS and row.citation for row in DEFAULT_RETENTIONS.values())


def test_destruction_is_reached_by_three_steps_in_one_order_only() -> None:
    state, walked = DisposalState.PROPOSED, []
    while onward := [step for step in DisposalStep if step is not DisposalStep.WITHDRAW and way_of(state, step)]:
        way = DISPOSAL_TABLE[state, onward[0]]
        walked.append((onward, way.to))
        state = way.to
    assert [steps for steps, _ in walked] == [[DisposalStep.APPROVE], [DisposalStep.CONSENT], [DisposalStep.RESOLVE]]
    assert state is DisposalState.RESOLVED
    assert all(way_of(end, step) is None for end in ("resolved", "destroyed", "withdrawn") for step in DisposalStep)
