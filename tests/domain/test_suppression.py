"""Small numbers withheld: whoever subtracts gets none of them back."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.person_rates import is_total
from requests_app.domain.suppression import Published, shown_rows, suppress

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


SMALL = 5
Answers = Mapping[tuple[int, int], int]  # how many answers, by person and department
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
enough = partial(is_total, small_number=SMALL)
# Two departments, two divisions in each, and one within the first of these: who is in what, themselves included.
WITHIN = {0: {0, 2, 3, 6}, 1: {1, 4, 5}, 2: {2, 6}, 3: {3}, 4: {4}, 5: {5}, 6: {6}}
ANSWERS = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 6), st.integers(1, 9)), max_size=12).map(
    lambda drawn: {(person, department): n for person, department, n in drawn}
)


def rows_of(answers: Answers) -> list[Answers]:
    return [{key: n for key, n in answers.items() if key[1] in within} for within in WITHIN.values()]


def own(answers: Answers, people: Iterable[int]) -> list[Answers]:
    return [{key: n for key, n in answers.items() if key[0] == person} for person in people]


@patient
@given(ANSWERS)
def test_no_department_less_its_divisions_leaves_one_person_or_few_answers(answers: Answers) -> None:
    rows = rows_of(answers)
    shown = shown_rows(rows, is_enough=enough)
    assert all(enough(rows[place]) for place in shown)
    for wide in shown:
        inner = [place for place in shown if place != wide and WITHIN[place] < WITHIN[wide]]
        for some in (group for size in range(len(inner) + 1) for group in combinations(inner, size)):
            gone = {key for place in some for key in rows[place]}
            left = {key: n for key, n in rows[wide].items() if key not in gone}
            assert not left or enough(left), (wide, some)


@patient
@given(ANSWERS, st.sets(st.integers(1, 5)))
def test_beside_people_told_by_name_no_two_lines_subtracted_tell_of_another_person(
    answers: Answers, people: set[int]
) -> None:
    rows = rows_of(answers)
    told = [each for each in own(answers, people) if sum(each.values()) >= SMALL]
    shown = [rows[place] for place in shown_rows(rows, is_enough=enough, told=told)]
    for wide, narrow in product(shown, [*shown, *told]):
        if narrow.keys() < wide.keys():
            left = {key: n for key, n in wide.items() if key not in narrow}
            known = [each for each in [*shown, *told] if each.keys() <= left.keys()]
            unknown = {key: n for key, n in left.items() if not any(key in each for each in known)}
            assert not unknown or enough(unknown)


@patient
@given(ANSWERS)
def test_where_nothing_is_few_nothing_is_withheld(answers: Answers) -> None:
    many = {(person, department): 9 for _person, department in answers for person in (1, 2)}
    rows = rows_of(many)
    assert shown_rows(rows, is_enough=enough) == {place for place, row in enumerate(rows) if row}


@pytest.mark.parametrize(
    ("rows", "told", "shown"),
    [
        ([{"a": 9, "b": 9, "c": 9}, {"a": 9, "b": 9}], [], {0}),  # less its division it would leave c
        ([{"a": 9, "b": 9, "c": 9, "d": 9}, {"a": 9, "b": 9}], [], {0, 1}),
        ([{"a": 9, "b": 9, "c": 9}, {"a": 9, "b": 9}, {"c": 9}], [], {0}),  # c is one person, so its sister goes too
        ([{"a": 9, "b": 3}], [{"a": 9}], set()),  # less a, who is named beside it, it would leave b
        ([{"a": 9, "b": 9}], [{"a": 9}, {"b": 9}], {0}),  # both are told anyway
    ],
)
def test_worked_examples_of_lines_within_lines(
    rows: list[dict[str, int]], told: list[dict[str, int]], shown: set[int]
) -> None:
    def is_enough(group: Mapping[str, int]) -> bool:
        return len(group) > 1 and sum(group.values()) >= SMALL

    assert shown_rows(rows, is_enough=is_enough, told=told) == shown
