"""The rows of shared answers: what one explains, all may use."""

from tests.house.kept import Kept

SHARED_ANSWERS = (
    Kept(
        "III.b.iv.4",
        "requests_app.services.shared_answers.share_answer",
        ("tests/services/test_shared_answers.py::test_what_is_shared_is_counted_by_version_and_by_person",),
    ),
    Kept(
        "III.b.iv.4",  # what is shared stays true: its owner is told in time
        "requests_app.services.shared_answer_notices.tell_of_stale_answers",
        ("tests/services/test_shared_answers.py::test_its_owner_is_told_once_that_it_is_to_be_read_again",),
    ),
)
