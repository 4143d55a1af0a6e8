"""The rows of training: at onboarding and periodically after, for everybody who deals with the public."""

from tests.house.kept import Kept

_VIEWS, _SERVICES = "tests/views/test_trainings.py", "tests/services/test_trainings.py"
TRAININGS = (
    Kept(
        "III.c.i",
        "requests_app.domain.trainings.TrainingRule",
        (
            "tests/domain/test_trainings.py::test_by_when_it_is_owed",
            f"{_SERVICES}::test_a_class_is_recorded_once_with_one_paper_for_all",
        ),
    ),
    Kept(
        "II",  # in whatever role, with a login or without
        "requests_app.selectors.trainings.on_roster",
        (
            f"{_SERVICES}::test_the_figures_count_people_of_the_roster_with_or_without_a_login",
            f"{_VIEWS}::test_the_roster_has_everybody_at_work_and_is_narrowed_by_its_address",
        ),
    ),
)
