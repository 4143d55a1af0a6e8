"""The rows of suggestions: staff proposes, and each is decided with a reason within a set time."""

from tests.house.kept import Kept

IMPROVEMENTS = (
    Kept(
        "III.a.v",
        "requests_app.services.improvements.decide_improvement",
        ("tests/services/test_improvements.py::test_it_is_decided_once_with_a_reason_the_proposer_hears",),
    ),
    Kept(
        "III.c.iii",
        "requests_app.selectors.improvements.improvement_counts",
        ("tests/views/test_improvements.py::test_every_figure_opens_a_list_of_that_length",),
    ),
    Kept(
        "III.c.iii",  # within a set time: whoever decides is reminded of it, and then who is above
        "requests_app.services.improvement_notices.tell_of_undecided",
        ("tests/services/test_improvement_notices.py::test_whoever_decides_is_reminded_and_then_who_is_above",),
    ),
)
