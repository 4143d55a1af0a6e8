"""Small numbers withheld: whoever subtracts gets none of them back."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.suppression import Published, suppress

TABLES = st.lists(st.integers(0, 30), min_size=1, max_size=8)


def could_be(shown: Published, place: int) -> set[int]:
    """Give every value of a withheld cell that agrees with all that is shown.

    Where a table shows anything, noughts are among what it shows, so that a withheld cell is at least one.
    """
    assert shown.total is not None
    hidden = len(shown.withheld)
    least = 0 if hidden == len(shown.cells) else 1
    left = shown.total - sum(number for number in shown.cells if number is not None)
    return set(range(least, left - least * (hidden - 1) + 1))


@given(TABLES, st.integers(1, 12))
def test_nothing_small_is_shown_and_nothing_withheld_can_be_worked_out(cells: list[int], small_number: int) -> None:
    shown = suppress(cells, small_number=small_number)
    assert all(number is None or number == 0 or number >= small_number for number in shown.cells)
    assert all(number in (None, cell) for number, cell in zip(shown.cells, cells, strict=True))
    assert shown.total in (None, sum(cells))
    if shown.total is None:
        assert shown.withheld == set(range(len(cells)))
    else:
        assert all(len(could_be(shown, place)) > 1 for place in shown.withheld)


@given(TABLES, st.integers(2, 12))
def test_what_is_withheld_together_is_no_small_number_itself(cells: list[int], small_number: int) -> None:
    shown = suppress(cells, small_number=small_number)
    if shown.withheld and shown.total is not None:
        assert sum(cells[place] for place in shown.withheld) >= small_number


@given(TABLES, st.integers(1, 12), st.data())
def test_a_forced_cell_is_withheld_whatever_it_is(cells: list[int], small_number: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(cells) - 1))
    shown = suppress(cells, small_number=small_number, forced=[place])
    assert shown.cells[place] is None
    assert shown.total is None or len(cells) == 1 or len(shown.withheld) > 1


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ((12, 7, 0), (12, 7, 0)),
        ((12, 7, 2), (12, None, None)),  # the smallest other one beside it
        ((12, 7, 2, 4), (12, 7, None, None)),  # two that hide each other
        ((12, 1, 1, 0), (None, None, None, 0)),  # two ones would be known from their sum
        ((6, 0, 0), (6, 0, 0)),
        ((0, 0), (0, 0)),
    ],
)
def test_worked_examples(cells: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    assert suppress(cells, small_number=5) == Published(sum(cells), shown)


def test_of_a_total_that_is_small_nothing_is_shown() -> None:
    assert suppress((3, 1, 0), small_number=5) == Published(None, (None, None, None))


def test_where_only_noughts_are_left_to_hide_among_they_are_withheld_too() -> None:
    assert suppress((1, 1, 1, 1, 1, 0), small_number=5) == Published(5, (None,) * 6)


def test_a_cell_that_other_tables_share_goes_last() -> None:
    assert suppress((12, 7, 8, 2), small_number=5, last=[1]).cells == (12, 7, None, None)
    assert suppress((0, 7, 0, 2), small_number=5, last=[1]).cells == (0, None, 0, None)


def test_every_small_table_holds() -> None:
    for small_number, width in product((1, 2, 3, 5), (1, 2, 3, 4)):
        for cells in product(range(7), repeat=width):
            shown = suppress(cells, small_number=small_number)
            if shown.total is not None:
                assert all(len(could_be(shown, place)) > 1 for place in shown.withheld), (cells, small_number)
