"""The tally: how long a tap can be taken back, when two look like one finger, which subjects get a button."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.counter_taps import is_hasty, may_be_undone, most_used

AT = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "may"), [(0, True), (120, True), (121, False), (86_400, False)])
def test_a_tap_is_taken_back_within_two_minutes(seconds: int, may: bool) -> None:
    assert may_be_undone(AT, now=AT + timedelta(seconds=seconds)) is may


@pytest.mark.parametrize(("seconds", "hasty"), [(0, True), (2, True), (3, False), (60, False)])
def test_two_taps_within_three_seconds_may_be_one_finger(seconds: int, hasty: bool) -> None:
    assert is_hasty(AT + timedelta(seconds=seconds), before_at=AT) is hasty


def test_the_first_tap_of_all_is_never_hasty() -> None:
    assert not is_hasty(AT, before_at=None)


def test_the_first_ranking_leads_and_the_next_ones_fill_up() -> None:
    assert most_used([3, 1], [1, 4], [5, 6, 7], most=4) == [3, 1, 4, 5]
    assert most_used([], [], []) == []
