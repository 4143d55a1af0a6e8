"""Cards of other agencies: the yearly check, and everyday words."""

from datetime import date

import pytest

from requests_app.domain.referral_cards import CheckState, asks_since, check_due_on, check_state, fitness

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("checked_on", "state"),
    [
        (None, CheckState.STALE),
        (date(2025, 11, 22), CheckState.STALE),
        (date(2025, 11, 23), CheckState.DUE),
        (date(2025, 12, 7), CheckState.DUE),
        (date(2025, 12, 8), CheckState.IN_DATE),
        (TODAY, CheckState.IN_DATE),
    ],
)
def test_a_card_is_checked_every_year_and_asked_for_two_weeks_ahead(checked_on: date | None, state: CheckState) -> None:
    assert check_state(checked_on, today=TODAY) is state
    assert (checked_on is None or checked_on <= asks_since(TODAY)) is (state is not CheckState.IN_DATE)


def test_the_next_check_is_a_year_after_the_last() -> None:
    assert check_due_on(date(2026, 3, 1)) == date(2027, 3, 1)
    assert check_due_on(None) is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [("where do buses stop", 3), ("business licence", 0), ("a dead animal on the road", 11), ("dogs", 3), ("", 0)],
)
def test_everyday_words_are_whole_words(text: str, fits: int) -> None:
    assert fitness(text, ["bus", "dog", "dead animal", ""]) == fits
