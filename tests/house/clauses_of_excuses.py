"""The rows of "unless absent for unforeseen reasons": what an absence excuses, and who decides."""

from tests.house.kept import Kept

_TESTS = {
    "excusal_proposals": "tests/services/test_excusal_proposals.py",
    "excusal_coverage": "tests/services/test_excusal_coverage.py",
    "excusals": "tests/domain/test_excusals.py",
    "excusals_at_once": "tests/concurrency/test_excusals_at_once.py",
}
EXCUSES = (
    Kept(
        "III.b.ii.3",  # "unless absent for unforeseen reasons": what the absence covers, and nothing else
        "requests_app.domain.absences.may_excuse",
        (
            f"{_TESTS['excusal_proposals']}::test_39_away_from_eight_recorded_at_three_and_due_at_five_is_proposed",
            f"{_TESTS['excusal_proposals']}::test_40_planned_leave_is_refused_as_an_excuse_with_the_clause_named",
        ),
    ),
    Kept(
        "III.b.ii.4",  # the same for e-mail, proposed when the absence is recorded and while it lasts
        "requests_app.services.excusal_proposals.propose_excusals",
        (
            f"{_TESTS['excusal_coverage']}::test_an_absence_of_unknown_end_covers_through_today_and_the_sweep_adds_the_next_days",
        ),
    ),
    Kept(
        "III.d.i",  # supervisors answer for adherence: they decide, never on their own absence
        "requests_app.domain.excusals.deciders",
        (
            f"{_TESTS['excusals']}::test_nobody_decides_on_their_own_absence_or_answer_whatever_roles_they_hold",
            f"{_TESTS['excusals_at_once']}::test_two_supervisors_at_once_one_decides_and_the_other_is_told",
        ),
    ),
)
