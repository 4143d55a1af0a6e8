"""The clauses that the pages of Human Resources and the city manager keep; the table of all is in test_clauses."""

from tests.house.kept import Kept

HOMES = (
    Kept(
        "III.d.i",  # who answers for adherence sees first what is late
        "requests_app.selectors.glance.glance_at_city",
        ("tests/views/test_homes.py::test_the_manager_has_seven_lines_with_as_many_rows",),
    ),
    Kept(
        "III.d.i",  # a complaint past its date or with nobody waits for Human Resources
        "requests_app.selectors.hr_home.hr_home",
        ("tests/views/test_homes.py::test_what_waits_for_human_resources_is_listed_with_as_many_rows",),
    ),
    Kept(
        "III.d.i",  # where logging is thin: days with few, and months nobody counted
        "requests_app.selectors.reports.logging_coverage.months_without_count",
        ("tests/views/test_homes.py::test_days_with_few_logged_and_months_nobody_counted_open_lists_of_that_length",),
    ),
    Kept(
        "III.b.i.4",  # a council member is told of the answer, not of who asked
        "requests_app.selectors.council_contacts.council_contacts",
        ("tests/views/test_homes.py::test_the_council_member_is_told_of_the_answer_and_not_who_asked",),
    ),
    Kept(
        "III.e",  # what another number, rule or calendar would have meant, before the policy is changed
        "requests_app.services.replays.ask_replay",
        (
            "tests/views/test_replays.py::test_two_days_keep_what_one_day_made_late_and_change_nothing",
            "tests/domain/test_replays.py::test_nothing_but_the_four_moves_ever_comes_of_a_replay",
        ),
    ),
)
