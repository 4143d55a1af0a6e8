"""The rows of recognition: colleagues recognise each other, and outstanding service is commended and rewarded."""

from tests.house.kept import Kept

_TESTS = "tests/views/test_recognition.py"
RECOGNITION = (
    Kept(
        "III.b.iv.5",
        "requests_app.services.recognition.thank_colleague",
        (f"{_TESTS}::test_thanks_are_told_to_the_person_and_who_leads_them_and_read_by_nobody_else",),
    ),
    Kept(
        "III.d.iii",  # a permission, so it is counted, without a target
        "requests_app.selectors.recognition.recognised",
        (f"{_TESTS}::test_every_number_of_the_register_opens_a_list_of_that_length",),
    ),
)
