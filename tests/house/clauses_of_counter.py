"""The clauses that the front desk keeps at the counter; the table of all is in test_clauses."""

from tests.house.kept import Kept

_DESK = "tests/views/test_front_desk.py"
_OPENING = "tests/views/test_opening_checks.py"
_ROUND = "tests/views/test_voicemail_round.py"

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
        "III.b.iii.1",  # promptly: in sample weeks visitors are timed, and otherwise not
        "requests_app.services.waiting_times.check_visitor_in",
        (
            "tests/views/test_waiting_times.py::test_off_it_leaves_no_trace",
            "tests/views/test_waiting_times.py::test_the_sample_says_the_median_with_n_and_too_few_tell_nothing",
        ),
    ),
    Kept(
        "III.b.ii.3",  # the box is listened to, and each message is owed an answer from when it was left
        "requests_app.services.voicemail_checks.log_voicemail",
        (
            f"{_ROUND}::test_a_message_is_a_contact_from_when_it_was_left_and_the_next_may_come",
            f"{_ROUND}::test_by_the_set_hour_it_is_late_at_the_desk_and_for_its_supervisor",
        ),
    ),
    Kept(
        "III.b.ii.3",  # and the round is kept, with nought messages too
        "requests_app.services.voicemail_checks.finish_voicemail_check",
        (
            f"{_ROUND}::test_an_empty_box_is_kept_too_and_once",
            f"{_ROUND}::test_coverage_lists_each_business_day_with_its_rounds_and_the_day_nobody_checked",
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
