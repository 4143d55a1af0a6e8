"""The rows of the scorecard: who answers for adherence reads every clause, and what cannot be measured says so."""

from tests.house.kept import Kept

_VIEWS = "tests/views/test_scorecard.py"
_MONTHS = "tests/views/test_scorecard_months.py"
_COVERAGE = "tests/views/test_logging_coverage.py"
_SIGNED = "tests/views/test_clause_signatures.py"
SCORECARD = (
    Kept(
        "III.d.i",  # twelve months of every figure, each as that month's own card has it
        "requests_app.domain.scorecard.Frame",
        (f"{_MONTHS}::test_each_month_says_what_the_card_of_that_month_says",),
    ),
    Kept(
        "III.b.iv.5",  # thanks between colleagues
        "requests_app.selectors.scorecard.recognising.thanks",
        (f"{_MONTHS}::test_thanks_and_awards_are_counted_and_listed_as_their_register_does",),
    ),
    Kept(
        "III.d.iii",  # commendations and awards
        "requests_app.selectors.scorecard.recognising.rewards",
        (f"{_MONTHS}::test_thanks_and_awards_are_counted_and_listed_as_their_register_does",),
    ),
    Kept(
        "III.d.i",  # supervisors answer for adherence: each clause with its figure and the list behind it
        "requests_app.views.scorecard.scorecard_page",
        (
            f"{_VIEWS}::test_every_figure_on_demo_data_has_a_list_of_that_length",
            f"{_VIEWS}::test_an_empty_city_shows_every_clause_and_claims_nothing",
            "tests/domain/test_clauses.py::test_every_key_of_the_policy_is_registered_with_its_measures",
        ),
    ),
    Kept(
        "III.a.iii",  # a date to tell whoever waits, honest records, dates put off openly; what is unrecorded says so
        "requests_app.selectors.scorecard.principles.transparency",
        (
            f"{_VIEWS}::test_what_nothing_records_says_so_beside_what_is_measured",
            f"{_VIEWS}::test_every_figure_on_demo_data_has_a_list_of_that_length",
        ),
    ),
    Kept(
        "III.b.i.4",  # restricted requests opened without a part in them
        "requests_app.selectors.scorecard.communication.privacy",
        (f"{_VIEWS}::test_a_restricted_request_opened_without_a_part_in_it_counts_only_for_those_who_may_know",),
    ),
    Kept(
        "III.b.ii.1",  # texts signed as reviewed, with name and day
        "requests_app.services.clause_signatures.sign_clause",
        (f"{_SIGNED}::test_a_signature_stands_with_name_and_day_in_the_days_it_is_for_and_nowhere_else",),
    ),
    Kept(
        "III.f",  # questions are asked, answered and counted
        "requests_app.services.staff_questions.ask_question",
        (f"{_SIGNED}::test_everybody_asks_and_reads_their_own_and_human_resources_answer",),
    ),
    Kept(
        "III.f",  # and the contact is looked at once a year
        "requests_app.selectors.scorecard.adherence.questions",
        (f"{_SIGNED}::test_the_contact_is_confirmed_once_a_year",),
    ),
    Kept(
        "III.d.i",  # what nobody logged is told: counted by machines against logged
        "requests_app.selectors.reports.logging_coverage.coverage_line",
        (f"{_COVERAGE}::test_counted_and_logged_stand_side_by_side_and_each_number_has_its_list",),
    ),
)
