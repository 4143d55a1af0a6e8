"""The rows of III.b.v: concerns are passed upwards, and nothing ends unanswered."""

from tests.house.kept import Kept

CONCERNS = (
    Kept(
        "III.b.v.2",  # passed upwards with a reason, and answered
        "requests_app.services.escalations.escalate",
        ("tests/services/test_escalations.py::test_the_next_in_the_ladder_gets_it_with_the_reason_and_a_date",),
    ),
    Kept(
        "III.b.v.2",  # and what nobody accepts goes on
        "requests_app.services.escalation_climbs.climb_unaccepted",
        (
            "tests/services/test_escalation_climbs.py::test_it_climbs_strictly_after_its_date",
            "tests/concurrency/test_escalations_at_once.py::test_sweeps_at_once_let_each_climb_once",
        ),
    ),
    Kept(
        "III.b.v.2",  # to somebody right, and never to nobody
        "requests_app.selectors.escalations.next_destination",
        (
            (
                "tests/selectors/test_escalations.py"
                "::test_however_things_stand_it_goes_to_somebody_right_and_never_to_nobody"
            ),
        ),
    ),
    Kept(
        "III.b.v.2",  # the measure
        "requests_app.selectors.escalation_figures.escalation_measure",
        ("tests/selectors/test_escalation_figures.py::test_the_share_is_of_complaints_each_counted_once",),
    ),
    Kept(
        "III.b.v.3",  # only that nothing ends unanswered; follow-ups of complaints come later
        "requests_app.services.closing.close_request",
        ("tests/services/test_closing.py::test_closing_records_the_answer_that_was_owed",),
    ),
)
