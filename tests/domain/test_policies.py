"""The policy's text, its dates, its yearly review and its redline, without a database (III.e)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.policies import PolicyRefusal, in_force, policy_lines, publication_refusal
from requests_app.domain.policy_reviews import ReviewState, countdown, last_occasion, next_review_on
from requests_app.domain.redlines import Change, Piece, changed_lines, redline

APRIL_2025, APRIL_2026 = date(2025, 4, 1), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("line", "clause", "words"),
    [
        ("III.b.ii.5.a Both give a name.", "III.b.ii.5.a", "Both give a name."),
        ("II: It binds everybody.", "II", "It binds everybody."),
        ("I am not a clause", "I", "am not a clause"),  # a roman one is a clause number wherever it begins a line
        ("It binds everybody.", "", "It binds everybody."),
        ("III.b.ii.5.a", "", "III.b.ii.5.a"),
    ],
)
def test_a_line_is_known_by_the_clause_it_begins_with(line: str, clause: str, words: str) -> None:
    (found,) = policy_lines(f"\n  {line}  \n\n")
    assert (found.clause, found.words) == (clause, words)


@pytest.mark.parametrize(
    ("approved", "effective", "last", "refusal"),
    [
        (APRIL_2026, APRIL_2026, APRIL_2025, None),
        (APRIL_2025, APRIL_2025, APRIL_2025, None),  # takes the place of the one before altogether
        (date(2026, 11, 24), date(2026, 12, 1), None, PolicyRefusal.APPROVED_LATER),
        (APRIL_2026, APRIL_2025, None, PolicyRefusal.EFFECTIVE_BEFORE_APPROVAL),
        (APRIL_2025, APRIL_2025, APRIL_2026, PolicyRefusal.EFFECTIVE_BEFORE_LAST),
    ],
)
def test_what_past_cases_were_judged_by_stays(
    approved: date, effective: date, last: date | None, refusal: PolicyRefusal | None
) -> None:
    today = date(2026, 11, 23)
    assert refusal == publication_refusal(
        approved_on=approved, effective_from=effective, last_effective_from=last, today=today
    )


@pytest.mark.parametrize(
    ("on", "number"),
    [("2025-03-31", None), ("2025-04-01", 2), ("2026-05-31", 2), ("2026-06-01", 3), ("2030-01-01", 3)],
)
def test_the_version_in_force_is_the_latest_to_take_effect(on: str, number: int | None) -> None:
    effective = {1: APRIL_2025, 2: APRIL_2025, 3: date(2026, 6, 1)}
    assert in_force(effective, date.fromisoformat(on)) == number


def test_the_review_is_due_twelve_months_after_the_approval_and_after_each_review() -> None:
    assert next_review_on(approved_on=APRIL_2025, last_completed_on=None) == APRIL_2026
    assert next_review_on(approved_on=APRIL_2025, last_completed_on=date(2026, 11, 20)) == date(2027, 11, 20)
    assert next_review_on(approved_on=date(2024, 2, 29), last_completed_on=None) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("today", "days_left", "state"),
    [
        (date(2026, 1, 30), 61, ReviewState.IN_DATE),
        (date(2026, 1, 31), 60, ReviewState.DUE_SOON),
        (APRIL_2026, 0, ReviewState.DUE_SOON),
        (date(2026, 4, 2), -1, ReviewState.OVERDUE),
    ],
)
def test_the_countdown(today: date, days_left: int, state: ReviewState) -> None:
    found = countdown(APRIL_2026, today=today)
    assert (found.days_left, found.state, found.days_over) == (days_left, state, max(0, -days_left))


@pytest.mark.parametrize(
    ("today", "occasion"),
    [
        ("2026-01-30", None),
        ("2026-01-31", "2026-01-31"),
        ("2026-03-31", "2026-01-31"),
        ("2026-04-01", "2026-04-01"),
        ("2026-04-30", "2026-04-01"),
        ("2026-05-01", "2026-05-01"),
        ("2026-11-23", "2026-10-28"),
    ],
)
def test_a_review_is_announced_asked_for_and_asked_for_again(today: str, occasion: str | None) -> None:
    found = last_occasion(APRIL_2026, today=date.fromisoformat(today))
    assert found == (date.fromisoformat(occasion) if occasion else None)


@given(st.integers(0, 2000))
def test_an_occasion_never_lies_ahead_and_stays_until_the_next(days: int) -> None:
    today = APRIL_2026 + timedelta(days=days)
    occasion = last_occasion(APRIL_2026, today=today)
    assert occasion is not None
    assert occasion <= today < occasion + timedelta(days=30)


def test_a_redline_marks_words_and_leaves_equal_lines_alone() -> None:
    before = "I Serve well.\nIII.b.ii.3 Answer within one business day.\nGone."
    after = "I Serve well.\nIII.b.ii.3 Answer calls within two business days.\n"
    lines = redline(before, after)

    assert changed_lines(lines) == 2
    assert [(piece.change, piece.text.strip()) for piece in lines[1].pieces] == [
        (Change.SAME, "III.b.ii.3 Answer"),
        (Change.INSERTED, "calls"),
        (Change.SAME, "within"),
        (Change.DELETED, "one"),
        (Change.INSERTED, "two"),
        (Change.SAME, "business"),
        (Change.DELETED, "day."),
        (Change.INSERTED, "days."),
    ]
    assert [piece.change for piece in lines[2].pieces] == [Change.DELETED]


_TEXTS = st.lists(st.lists(st.sampled_from(["a", "b", "I", "III.e", "word."]), max_size=6), max_size=6)


@given(_TEXTS, _TEXTS)
def test_a_redline_holds_both_texts_whole(old: list[list[str]], new: list[list[str]]) -> None:
    before, after = ("\n".join(" ".join(words) for words in text) for text in (old, new))
    pieces = [piece for line in redline(before, after) for piece in line.pieces]
    assert _words(pieces, Change.INSERTED) == before.split()
    assert _words(pieces, Change.DELETED) == after.split()


def _words(pieces: list[Piece], without: Change) -> list[str]:
    return [word for piece in pieces if piece.change is not without for word in piece.text.split()]
