"""Waiting at the counter: what may follow on what, and the times by nearest rank."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.waiting_times import Step, Visit, waiting_figures

AT = datetime(2026, 11, 23, 17, tzinfo=UTC)


def called_after(minutes: float) -> Visit:
    return Visit(AT, called_at=AT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("visit", "steps"),
    [
        (Visit(AT), (Step.CALLED, Step.LEFT)),
        (Visit(AT, called_at=AT), (Step.HELPED,)),
        (Visit(AT, called_at=AT, helped_at=AT), ()),
        (Visit(AT, left_at=AT), ()),
    ],
)
def test_a_visitor_is_called_then_helped_or_leaves_uncalled(visit: Visit, steps: tuple[Step, ...]) -> None:
    assert visit.next_steps == steps


def test_times_are_whole_minutes_by_nearest_rank_of_whoever_was_called() -> None:
    visits = [*(called_after(minutes) for minutes in (0.9, 2, 3, 4, 30)), Visit(AT), Visit(AT, left_at=AT)]
    figures = waiting_figures(visits)
    assert (figures.checked_in, figures.called, figures.left) == (7, 5, 1)
    assert (figures.median_minutes, figures.nine_of_ten_minutes) == (3, 30)


def test_of_nobody_no_time_is_known() -> None:
    figures = waiting_figures([Visit(AT)])
    assert (figures.called, figures.median_minutes, figures.nine_of_ten_minutes) == (0, None, None)
