"""Rounds of attestations: their check, their days, without a database (II, III.e)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.attestations import (
    AttestationState,
    CheckQuestion,
    InvalidCheck,
    attest_by,
    attestation_state,
    occasion_to_ask,
    parse_check,
    write_check,
    wrong_answers,
)

OPENED, DUE = date(2026, 11, 2), date(2026, 11, 30)
CHECK = "By when?\n* One day\nOne week\n\nWho?\r\nNobody\n*Its owner"


def test_a_check_is_read_as_it_is_typed_and_written_the_same_way() -> None:
    found = parse_check(CHECK)
    assert found == (
        CheckQuestion("By when?", ("One day", "One week"), 0),
        CheckQuestion("Who?", ("Nobody", "Its owner"), 1),
    )
    assert parse_check(write_check(found)) == found
    assert parse_check(" \n \n") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("By when?", "needs two to 6 answers"),
        ("By when?\n* One day", "needs two to 6 answers"),
        ("By when?\n*\nOne day", "needs two to 6 answers"),
        ("By when?\nOne day\nOne week", "one right answer"),
        ("By when?\n* One day\n* One week", "one right answer"),
        ("\n\n".join(f"{place}?\n* Yes\nNo" for place in range(4)), "At most 3"),
    ],
)
def test_a_check_that_cannot_be_asked_says_what_to_mend(text: str, words: str) -> None:
    with pytest.raises(InvalidCheck, match=words):
        parse_check(text)


def test_every_question_has_to_be_answered_rightly() -> None:
    questions = parse_check(CHECK)
    assert wrong_answers(questions, {0: 0, 1: 1}) == []
    assert wrong_answers(questions, {0: 1, 1: 1}) == [0]
    assert wrong_answers(questions, {}) == [0, 1]
    assert wrong_answers((), {}) == []


@pytest.mark.parametrize(
    ("hired_on", "due_on"),
    [(None, DUE), (date(2020, 1, 6), DUE), (date(2026, 11, 16), date(2026, 12, 16))],
)
def test_whoever_joins_late_has_weeks_of_their_own(hired_on: date | None, due_on: date) -> None:
    assert attest_by(DUE, hired_on=hired_on) == due_on


def test_the_due_day_is_still_in_time() -> None:
    assert attestation_state(None, due_on=DUE, today=DUE) is AttestationState.WAITING
    assert attestation_state(None, due_on=DUE, today=DUE + timedelta(days=1)) is AttestationState.OVERDUE
    assert attestation_state(DUE, due_on=OPENED, today=DUE) is AttestationState.ATTESTED


@pytest.mark.parametrize(
    ("today", "asked_on"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2026-11-22", "2026-11-02"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-30", "2026-11-23"),
        ("2026-12-01", "2026-12-01"),
        ("2027-03-01", "2026-12-01"),
    ],
)
def test_people_are_asked_at_the_start_a_week_before_and_once_it_is_over(today: str, asked_on: str) -> None:
    on = occasion_to_ask(opened_on=OPENED, due_on=DUE, today=date.fromisoformat(today))
    assert on == date.fromisoformat(asked_on)


@given(st.integers(0, 60), st.integers(0, 400))
def test_in_all_its_days_a_round_asks_three_times_at_most(length: int, days: int) -> None:
    due_on = OPENED + timedelta(days=length)
    asked = {
        occasion_to_ask(opened_on=OPENED, due_on=due_on, today=OPENED + timedelta(days=day)) for day in range(days + 1)
    }
    assert len(asked) <= 3
    assert OPENED in asked
