"""What is counted, on paper: classes, parts, rates, percentiles, periods."""

import math
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.metrics import (
    PARTS,
    TIME_BINS,
    ClockClass,
    ImportedClass,
    Tally,
    Traits,
    classify,
    classify_imported,
    histogram,
    nearest_rank,
    share,
    total,
)
from requests_app.domain.periods import Month, Period
from requests_app.domain.vocabulary import Verdict

DUE_AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PINOLE = ZoneInfo("America/Los_Angeles")
traits = st.builds(Traits, st.sampled_from(ClockClass), st.booleans(), st.booleans(), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    ("verdict", "due_at", "as_of", "is_excused", "expected"),
    [
        (Verdict.OPEN, DUE_AT, DUE_AT, False, ClockClass.OPEN),
        (Verdict.OPEN, DUE_AT, DUE_AT + SECOND, False, ClockClass.OVERDUE),
        (Verdict.OPEN, DUE_AT, DUE_AT + SECOND, True, ClockClass.EXCUSED),
        (Verdict.OPEN, DUE_AT, DUE_AT, True, ClockClass.OPEN),
        (Verdict.OPEN, None, DUE_AT, True, ClockClass.OPEN),
        (Verdict.MET, DUE_AT, DUE_AT + SECOND, True, ClockClass.MET),
        (Verdict.LATE, DUE_AT, DUE_AT, False, ClockClass.LATE),
        (Verdict.LATE, DUE_AT, DUE_AT, True, ClockClass.EXCUSED),
        (Verdict.MERGED, DUE_AT, DUE_AT + SECOND, True, ClockClass.MERGED),
        (Verdict.CANCELLED, DUE_AT, DUE_AT + SECOND, True, ClockClass.CANCELLED),
    ],
)
def test_a_clock_is_in_one_class(
    verdict: Verdict, due_at: datetime | None, as_of: datetime, is_excused: bool, expected: ClockClass
) -> None:
    assert classify(verdict=verdict, due_at=due_at, as_of=as_of, is_excused=is_excused) is expected


@given(traits)
def test_the_classes_add_up_to_what_was_received(one: Traits) -> None:
    tally = Tally(Counter({one: 3}))
    assert sum(tally.count(kind.value) for kind in ClockClass) == tally.count("received") == 3
    assert tally.count("n") == tally.count("met") + tally.count("late") + tally.count("overdue")
    assert tally.count("waited_n") == tally.count("waited_met") + tally.count("waited_missed")
    assert tally.count("waited_n") <= tally.count("n")


@given(st.lists(traits, max_size=30))
def test_adding_cells_loses_nothing(some: list[Traits]) -> None:
    one_by_one = total(Tally(Counter([each]), Counter([7])) for each in some)
    assert one_by_one.clocks == Counter(some)
    assert all(one_by_one.count(part) == Tally(Counter(some), Counter([7] * len(some))).count(part) for part in PARTS)


def test_a_rate_leaves_out_what_stands_beside_it() -> None:
    clocks = Counter(
        {
            Traits(ClockClass.MET): 3,
            Traits(ClockClass.MET, is_answered_on_the_spot=True): 4,
            Traits(ClockClass.LATE): 1,
            Traits(ClockClass.OVERDUE): 1,
            Traits(ClockClass.EXCUSED): 9,
            Traits(ClockClass.OPEN): 9,
            Traits(ClockClass.MERGED): 9,
            Traits(ClockClass.CANCELLED): 9,
        }
    )
    assert Tally(clocks).rate(small_number=5) == 7 / 9
    assert Tally(clocks).waited_rate(small_number=5) == 3 / 5


@pytest.mark.parametrize(("part", "whole", "expected"), [(0, 0, None), (4, 4, None), (5, 5, 1.0), (0, 5, 0.0)])
def test_a_small_number_gives_no_percentage(part: int, whole: int, expected: float | None) -> None:
    assert share(part, whole, small_number=5) == expected


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60), st.integers(1, 100))
def test_a_percentile_is_the_nearest_rank(values: list[int], per_cent: int) -> None:
    expected = sorted(values)[math.ceil(len(values) * per_cent / 100) - 1]
    assert nearest_rank(Counter(values), per_cent) == expected


def test_the_median_of_an_even_number_is_a_value_that_occurred() -> None:
    assert nearest_rank(Counter([10, 20, 30, 40]), 50) == 20
    assert nearest_rank(Counter(range(1, 11)), 90) == 9
    assert nearest_rank(Counter(), 50) is None


@pytest.mark.parametrize(
    ("target_at", "closed_at", "expected"),
    [
        (None, None, ImportedClass.NO_TARGET),
        (None, DUE_AT, ImportedClass.NO_TARGET),
        (DUE_AT, DUE_AT, ImportedClass.ON_TIME),
        (DUE_AT - SECOND, DUE_AT, ImportedClass.LATE),
        (DUE_AT, DUE_AT + SECOND, ImportedClass.OPEN),
        (DUE_AT, None, ImportedClass.OPEN),
        (DUE_AT - SECOND, None, ImportedClass.OVERDUE),
        (DUE_AT - SECOND, DUE_AT + SECOND, ImportedClass.OVERDUE),
    ],
)
def test_an_imported_case_is_in_one_class(
    target_at: datetime | None, closed_at: datetime | None, expected: ImportedClass
) -> None:
    assert classify_imported(target_at=target_at, closed_at=closed_at, as_of=DUE_AT) is expected


def test_a_period_begins_and_ends_at_local_midnight() -> None:
    november = Period.of_month(Month(2026, 11))
    # Daylight saving ends on the first: the month begins at UTC-7 and ends at UTC-8.
    assert november.bounds(PINOLE) == (datetime(2026, 11, 1, 7, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC))


def test_months_roll_over_the_year() -> None:
    assert [str(month) for month in Period(date(2025, 11, 30), date(2026, 2, 1)).months()] == [
        "2025-11", "2025-12", "2026-01", "2026-02",
    ]  # fmt: skip
    assert Month.parse("2026-01").plus(-1) == Month(2025, 12)
    assert Month(2028, 2).last_on == date(2028, 2, 29)


def test_the_bars_of_the_histogram_hold_every_time_once() -> None:
    for minutes in (0, 59, 60, 119, 120, 239, 240, 2399, 2400, 100_000):
        assert [code for code, each in TIME_BINS.items() if each.holds(minutes)] == [
            code for code, number in histogram({minutes: 1}).items() if number
        ]
        assert sum(each.holds(minutes) for each in TIME_BINS.values()) == 1
    assert histogram({59: 2, 60: 3, 2400: 1}) == {**dict.fromkeys(TIME_BINS, 0), "0-1": 2, "1-2": 3, "40-": 1}
