"""Counted contacts: rows of a file, what is missing, and which days have improbably few."""

from datetime import date

import pytest

from requests_app.domain.counted_contacts import (
    BadCountRow,
    is_improbably_few,
    missing,
    nearest_counted,
    read_count_row,
    usual_by_weekday,
)
from requests_app.domain.vocabulary import Channel

TODAY = date(2026, 11, 23)
GOOD = {"day": "11/20/2026", "department": "Finance", "channel": "E-mail", "count": "12"}


def test_a_row_is_read_as_people_write_it() -> None:
    row = read_count_row(GOOD, today=TODAY)
    assert (row.on, row.department, row.channel, row.count) == (date(2026, 11, 20), "Finance", Channel.EMAIL, 12)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": "soon"}, "day"),
        ({"day": "2026-11-24"}, "future"),
        ({"department": " "}, "no_department"),
        ({"channel": "pigeon"}, "channel"),
        ({"count": "-1"}, "count"),
        ({"count": "1.5"}, "count"),
        ({"count": "9" * 40}, "count"),
        ({"count": "１２"}, "count"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(change: dict[str, str], code: str) -> None:
    with pytest.raises(BadCountRow) as bad:
        read_count_row({**GOOD, **change}, today=TODAY)
    assert bad.value.code == code


def test_more_logged_than_counted_makes_up_for_nothing() -> None:
    assert (missing(10, 7), missing(10, 12)) == (3, 0)


def test_a_contact_belongs_to_the_nearest_department_with_counts() -> None:
    parents = {1: None, 2: 1, 3: 2}
    assert nearest_counted(3, parents, {1, 2}) == 2
    assert nearest_counted(3, parents, {3, 1}) == 3
    assert nearest_counted(3, parents, set()) is None


def test_the_usual_is_the_median_of_the_weekday_and_an_empty_day_counts() -> None:
    mondays = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert usual_by_weekday({mondays[0]: 8, mondays[1]: 20}, mondays) == {0: 8}


@pytest.mark.parametrize(
    ("logged", "usual", "expected"), [(3, 8, True), (4, 8, False), (0, 4, False), (0, 5, True), (0, 0, False)]
)
def test_few_is_below_so_many_per_cent_and_small_departments_are_left_alone(
    logged: int, usual: float, expected: bool
) -> None:
    assert is_improbably_few(logged, usual=usual, per_cent=50, small_number=5) is expected
