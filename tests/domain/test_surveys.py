"""Who is asked how it went, how answers are counted, and what small numbers hide (III.c.ii)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain import pulses
from requests_app.domain.surveys import (
    CLAUSES,
    ClosedMatter,
    Owed,
    Question,
    Scores,
    SurveyRoute,
    Unasked,
    groups_within,
    is_expired,
    month_groups,
    month_of,
    owed,
    shown_cells,
    why_not_asked,
)

NOW = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
MAIL, SLIP = SurveyRoute.MAIL, SurveyRoute.SLIP


def matter(**facts: Any) -> ClosedMatter:
    return ClosedMatter(**{"closed_at": NOW, "disposition": "done", "confidentiality": "ordinary", **facts})


@pytest.mark.parametrize("disposition", ["answered", "done", "referred", "no_action"])
def test_whoever_got_an_answer_is_asked(disposition: str) -> None:
    assert why_not_asked(matter(disposition=disposition), route=MAIL) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"closed_at": None}, Unasked.NOT_CLOSED),
        ({"is_imported": True}, Unasked.IMPORTED),
        ({"is_from_colleague": True}, Unasked.FROM_COLLEAGUE),
        ({"confidentiality": "confidential"}, Unasked.RESTRICTED),
        ({"confidentiality": "improper_activity"}, Unasked.RESTRICTED),
        ({"confidentiality": "police_stub"}, Unasked.RESTRICTED),
        ({"disposition": "spam"}, Unasked.NO_ANSWER),
        ({"disposition": "wrong_number"}, Unasked.NO_ANSWER),
        ({"disposition": "withdrawn"}, Unasked.NO_ANSWER),
        ({"disposition": "duplicate"}, Unasked.NO_ANSWER),
        ({"no_reply": "not_wanted"}, Unasked.NOT_WANTED),
        ({"no_reply": "imported"}, Unasked.NOT_WANTED),
        ({"no_reply": "handed_over"}, Unasked.NOT_WANTED),
        ({"complaint_runs": True}, Unasked.COMPLAINT_RUNS),
        ({"is_redacted": True}, Unasked.REDACTED),
    ],
)
@pytest.mark.parametrize("route", [MAIL, SLIP])
def test_nobody_is_asked_about_what_ended_otherwise(facts: dict[str, Any], reason: Unasked, route: SurveyRoute) -> None:
    assert why_not_asked(matter(**facts), route=route) is reason


def test_who_left_no_way_to_be_reached_gets_a_slip_and_no_mail() -> None:
    silent = matter(no_reply="no_contact_point")
    assert why_not_asked(silent, route=MAIL) is Unasked.NOT_WANTED
    assert why_not_asked(silent, route=SLIP) is None


def test_a_link_has_run_out_at_its_last_instant() -> None:
    assert is_expired(expires_at=NOW, now=NOW)
    assert not is_expired(expires_at=NOW, now=NOW - timedelta(seconds=1))


def test_each_clause_is_asked_once() -> None:
    asked = [clause for clauses in (*CLAUSES.values(), *pulses.PULSE_CLAUSES.values()) for clause in clauses]
    assert len(asked) == len(set(asked)) == 11
    assert set(CLAUSES) == set(Question)


def test_scores_are_counted() -> None:
    scores = Scores.of({5: 2, 4: 1, 1: 1})
    assert (scores.n, scores.favourable, scores.mean) == (4, 3, Decimal("3.8"))
    assert (scores + scores).n == 8
    assert (Scores().n, Scores().mean) == (0, None)


@pytest.mark.parametrize(
    ("ns", "shown"),
    [
        ([], []),
        ([4], [False]),
        ([5], [True]),
        ([0, 9], [False, True]),  # nothing is hidden: there is nothing
        ([3, 9, 6], [False, True, False]),  # else the three would be what is left of the whole
        ([3, 4, 6], [False, False, True]),
        ([3, 9], [False, False]),
    ],
)
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(ns: list[int], shown: list[bool]) -> None:
    assert shown_cells(ns, small_number=5) == shown


def test_what_is_hidden_is_nothing_or_enough_whatever_the_numbers() -> None:
    for ns in product(range(8), repeat=4):
        shown = shown_cells(ns, small_number=3)
        hidden = sum(n for n, is_shown in zip(ns, shown, strict=True) if not is_shown)
        assert hidden == 0 or hidden >= 3 or not any(shown), ns
        assert all(n >= 3 for n, is_shown in zip(ns, shown, strict=True) if is_shown), ns


MONTHS = [date(2026, number, 1) for number in range(1, 13)]
ANSWERED = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=12)
DAYS = st.integers(0, 364).map(lambda days: date(2026, 1, 1) + timedelta(days=days))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(ANSWERED, st.lists(DAYS, min_size=4, max_size=4).map(sorted), st.integers(2, 6))
def test_whatever_days_two_periods_have_their_difference_is_nothing_or_enough(
    answered: list[tuple[int, int]], days: list[date], small_number: int
) -> None:
    """Of two statements, of which some months have few answers or none."""
    months = {
        month: {"clear": clear, "listened": heard} for month, (clear, heard) in zip(MONTHS, answered, strict=False)
    }
    groups = month_groups(months, small_number=small_number)
    wide_from, narrow_from, narrow_to, wide_to = days

    def told(statement: str, from_on: date, to_on: date) -> int:
        within = groups_within(groups, from_on=from_on, to_on=to_on)
        return sum(months[month][statement] for group in within for month in group)

    for statement in ("clear", "listened"):
        stretches = ((wide_from, wide_to), (narrow_from, narrow_to), (wide_from, narrow_to), (narrow_from, wide_to))
        whole, *inner = (told(statement, *stretch) for stretch in stretches)
        for left in (whole, *(whole - one for one in inner), whole - inner[1] - inner[2] + inner[0]):
            assert left == 0 or left >= small_number


def test_a_department_owes_what_it_did_not_ask() -> None:
    assert owed(residents_asked=0, staff_asked=0) == {Owed.RESIDENTS, Owed.STAFF}
    assert owed(residents_asked=1, staff_asked=0) == {Owed.STAFF}
    assert owed(residents_asked=1, staff_asked=1) == frozenset()


def test_a_round_takes_answers_on_its_last_day_and_is_read_the_day_after() -> None:
    opens, closes = date(2026, 11, 2), date(2026, 11, 13)
    assert pulses.is_running(opens_on=opens, closes_on=closes, today=closes)
    assert not pulses.may_be_read(closes_on=closes, today=closes)
    assert pulses.may_be_read(closes_on=closes, today=closes + timedelta(days=1))
    assert [pulses.closing_problem(opens_on=opens, closes_on=opens + timedelta(days=n)) for n in (2, 3, 60, 61)] == [
        "too_short", "", "", "too_long",
    ]  # fmt: skip


def test_a_month_is_named_by_its_first_day() -> None:
    assert month_of(date(2026, 11, 23)) == date(2026, 11, 1)
