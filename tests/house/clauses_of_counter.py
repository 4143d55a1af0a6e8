"""The clauses that the front desk keeps at the counter; the table of all is in test_clauses."""

from tests.house.kept import Kept

_DESK = "tests/views/test_front_desk.py"
_OPENING = "tests/views/test_opening_checks.py"

COUNTER = (
    Kept(
        "III.b.iii.1",  # whoever is greeted is counted, with one tap
        "requests_app.services.counter_taps.tap_at_counter",
        (
            f"{_DESK}::test_one_tap_counts_one_person_with_what_it_was_about_and_nothing_else",
            "tests/concurrency/test_taps_at_once.py::test_two_counters_at_once_lose_nothing",
        ),
    ),
    Kept(
        "III.b.iii.1",  # and no logged contact is among them, nor the other way round
        "requests_app.selectors.scorecard.counter.greeting_at_counter",
        (
            f"{_DESK}::test_the_tally_is_the_one_measure_of_greeting_and_an_indicator_without_a_target",
            f"{_DESK}::test_no_tap_enters_a_figure_of_logged_contacts",
        ),
    ),
    Kept(
        "III.b.iii.3",  # the checklist is signed each day the counter opens
        "requests_app.services.opening_checks.sign_opening",
        (
            f"{_OPENING}::test_the_checklist_is_signed_in_one_tap_and_once_a_day",
            f"{_OPENING}::test_closed_days_are_silent_and_sign_nothing",
        ),
    ),
    Kept(
        "III.b.iii.3",  # and the scorecard says by whom
        "requests_app.selectors.scorecard.counter.opening",
        (f"{_OPENING}::test_the_scorecard_says_on_how_many_open_days_it_was_signed_and_by_whom",),
    ),
)
