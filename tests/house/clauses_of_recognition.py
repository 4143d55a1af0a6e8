"""The rows of recognition: colleagues recognise each other, and outstanding service is commended and rewarded."""

from tests.house.kept import Kept

_TESTS = "tests/views/test_recognition.py"
_TAKEN_BACK = "tests/views/test_recognition_taken_back.py"
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
    Kept(
        "III.d.iii",  # what was given in error counts no longer, and a day before keeps it
        "requests_app.services.recognition.withdraw_recognition",
        (
            f"{_TAKEN_BACK}::test_it_counts_no_longer_is_told_once_and_stays_on_record",
            f"{_TAKEN_BACK}::test_a_day_before_keeps_what_was_taken_back_since",
        ),
    ),
)
