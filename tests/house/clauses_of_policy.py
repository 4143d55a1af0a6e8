"""The rows of the policy's own clauses: its yearly review, and whom questions go to."""

from tests.house.kept import Kept

_PAGES = "tests/views/test_policies.py"
_CORRECTIVE = "tests/views/test_corrective_actions.py"
_RULES = "tests/domain/test_policies.py"
POLICY = (
    Kept(
        "III.e",  # the year is counted
        "requests_app.selectors.policy_reviews.review_countdown",
        (
            f"{_PAGES}::test_the_first_review_is_overdue_until_it_is_completed",
            f"{_RULES}::test_the_review_is_due_twelve_months_after_the_approval_and_after_each_review",
        ),
    ),
    Kept(
        "III.e",  # what is changed is published with a date, and past cases keep what they were judged by
        "requests_app.services.policies.publish_policy",
        (
            f"{_PAGES}::test_a_case_is_judged_by_the_version_in_force_when_it_came",
            f"{_RULES}::test_what_past_cases_were_judged_by_stays",
        ),
    ),
    Kept(
        "III.e",  # and what is changed is shown word by word
        "requests_app.domain.redlines.redline",
        (f"{_RULES}::test_a_redline_holds_both_texts_whole",),
    ),
    Kept(
        "III.e",  # what the review looks at, each figure with its list
        "requests_app.selectors.policy_evidence.policy_evidence",
        (f"{_PAGES}::test_the_packet_of_a_review_has_its_figures_with_their_lists",),
    ),
    Kept(
        "III.e",  # everybody says that they read it
        "requests_app.services.attestations.attest",
        (
            (
                "tests/views/test_attestations.py"
                "::test_a_person_attests_once_the_check_is_right_and_wrong_answers_leave_no_trace"
            ),
        ),
    ),
    Kept(
        "III.e",  # and Human Resources hear when the review is due
        "requests_app.services.policy_notices.tell_of_policy_review",
        ("tests/views/test_attestations.py::test_human_resources_hear_of_the_review_once_a_month",),
    ),
    Kept(
        "II",  # one roster, people without a login included
        "requests_app.selectors.attestations.roster_of",
        (
            "tests/views/test_attestations.py::test_every_figure_has_its_list_and_the_file_is_what_is_shown",
            "tests/views/test_attestations.py::test_signatures_on_paper_are_recorded_by_human_resources_and_taken_back",
        ),
    ),
    Kept(
        "III.d.ii",  # counted, without a target, for those who keep it only
        "requests_app.selectors.corrective_actions.corrective_count",
        (f"{_CORRECTIVE}::test_the_scorecard_gets_a_count_and_only_where_it_is_not_small",),
    ),
    Kept(
        "III.d.ii",  # the rule applied is cited; no story is told, and nobody else learns of it
        "requests_app.services.corrective_actions",
        (
            f"{_CORRECTIVE}::test_the_trail_says_nothing_of_it_to_who_watches_over_it",
            "tests/domain/test_corrective_actions.py::test_a_line_takes_a_rule_and_a_reference_and_no_story",
            "tests/pages/test_canaries.py::test_no_byte_of_the_register_of_corrective_action_is_in_what_others_get",
        ),
    ),
    Kept(
        "III.f",
        "requests_app.selectors.policies.policy_contact",
        (f"{_PAGES}::test_everybody_reads_the_version_in_force_and_whom_to_ask",),
    ),
)
