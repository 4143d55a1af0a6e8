"""The rows of the scorecard: who answers for adherence reads every clause, and what cannot be measured says so."""

from tests.house.kept import Kept

_VIEWS = "tests/views/test_scorecard.py"
SCORECARD = (
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
        "III.a.iii",  # a date to tell whoever waits
        "requests_app.selectors.scorecard.principles.transparency",
        (f"{_VIEWS}::test_every_figure_on_demo_data_has_a_list_of_that_length",),
    ),
    Kept(
        "III.b.i.4",  # restricted requests opened without a part in them
        "requests_app.selectors.scorecard.communication.privacy",
        (f"{_VIEWS}::test_a_restricted_request_opened_without_a_part_in_it_counts_only_for_those_who_may_know",),
    ),
)
