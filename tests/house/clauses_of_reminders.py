"""The clauses that reminders and notices keep; the table of all is in test_clauses."""

from tests.house.kept import Kept

REMINDERS = (
    Kept(
        "III.b.ii.5",  # somebody present, whoever is away
        "requests_app.selectors.recipients.first_reached",
        (
            (
                "tests/selectors/test_recipients.py"
                "::test_for_any_directory_absences_and_conflicts_an_overdue_clock_reaches_somebody_present"
            ),
            "tests/reliability/test_reminders_past_absences.py",
        ),
    ),
    Kept(
        "III.d.i",  # reminders may be put off, never lateness
        "requests_app.services.snoozes.snooze_reminders",
        (
            "tests/services/test_snoozes.py::test_a_reminder_put_off_comes_once_at_the_end",
            "tests/services/test_snoozes.py::test_lateness_is_told_whatever_was_put_off",
        ),
    ),
    Kept(
        "III.d.i",  # what is a duty to know comes at once
        "requests_app.domain.notice_kinds.may_be_gathered",
        (
            "tests/views/test_inbox.py::test_every_kind_of_notice_is_a_duty_or_news",
            "tests/views/test_inbox.py::test_the_page_of_choices_says_plainly_what_cannot_be_switched_off",
        ),
    ),
    Kept(
        "III.d.i",  # what did not arrive is told to who supervises
        "requests_app.services.undelivered.tell_of_undelivered",
        (
            (
                "tests/views/test_notice_log.py"
                "::test_a_mail_that_was_given_up_is_told_to_the_supervisor_once_and_stands_in_the_log"
            ),
        ),
    ),
)
