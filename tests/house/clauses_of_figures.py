"""The rows of the compliance figures: transfers, what was recorded long after, rates per person."""

from tests.house.kept import Kept

_HANDLING = "tests/selectors/test_handling.py"
_RATES = "tests/views/test_person_rates.py"
FIGURES = (
    Kept(
        "III.b.iii.2",  # comprehensive help: how often somebody was sent on before being answered
        "requests_app.selectors.reports.transfers.with_moves",
        (f"{_HANDLING}::test_transfers_are_counted_before_the_answer_and_by_what_was_known",),
    ),
    Kept(
        "III.d.i",  # supervisors answer for adherence: what they see of their team, and what nobody sees
        "requests_app.selectors.reports.person_rates.people_seen",
        (
            f"{_RATES}::test_each_sees_what_the_table_says_in_the_order_of_names",
            f"{_RATES}::test_a_small_number_tells_nothing_and_one_person_makes_no_total",
        ),
    ),
    Kept(
        "III.b.i.4",  # privacy: no rate is made of what its reader may not see
        "requests_app.selectors.reports.scope.report_scope",
        (f"{_RATES}::test_what_a_reader_may_not_see_is_in_no_rate_and_each_figure_has_its_list",),
    ),
)
