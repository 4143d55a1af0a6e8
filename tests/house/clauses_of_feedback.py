"""The rows of III.c.ii, feedback from residents and staff, and of the clauses it is an indicator of."""

from tests.house.kept import Kept

_TESTS = {
    "surveys": "tests/domain/test_surveys.py",
    "asking": "tests/services/test_surveys.py",
    "answers": "tests/views/test_survey_answers.py",
    "pages": "tests/views/test_feedback.py",
    "figures": "tests/selectors/test_feedback_figures.py",
    "pulses": "tests/services/test_pulses.py",
    "at_once": "tests/concurrency/test_surveys_at_once.py",
}
_EACH_CLAUSE = f"{_TESTS['surveys']}::test_each_clause_is_asked_once"
FEEDBACK = (
    Kept(
        "III.c.ii",  # residents are asked: once, in their language, never whoever logged it
        "requests_app.services.surveys.invite_to_surveys",
        (
            f"{_TESTS['asking']}::test_who_was_answered_is_asked_once_with_a_link_and_no_word_of_the_request",
            f"{_TESTS['asking']}::test_these_are_not_asked",
            f"{_TESTS['asking']}::test_nobody_is_asked_twice_in_90_days",
            f"{_TESTS['at_once']}::test_a_person_with_several_closed_requests_is_asked_once",
        ),
    ),
    Kept(
        "III.c.ii",  # opening the page records nothing, sending it in twice records once
        "requests_app.services.surveys.record_survey_answer",
        (
            f"{_TESTS['answers']}::test_a_scanner_that_opens_every_link_records_nothing_and_uses_nothing_up",
            f"{_TESTS['at_once']}::test_an_answer_sent_in_several_times_at_once_is_kept_once",
        ),
    ),
    Kept(
        "III.c.ii",  # staff is asked, and nobody learns who said what
        "requests_app.services.pulses.answer_pulse",
        (
            f"{_TESTS['pulses']}::test_what_somebody_says_leaves_a_count_and_no_trace",
            f"{_TESTS['at_once']}::test_a_colleague_who_clicks_several_times_is_counted_once",
        ),
    ),
    Kept(
        "III.c.ii",  # departments seek it, in every half year
        "requests_app.selectors.feedback_duties.feedback_duty",
        (
            f"{_TESTS['figures']}::test_each_department_owes_what_it_did_not_ask_in_the_half_year",
            f"{_TESTS['pages']}::test_a_count_of_the_duty_is_that_of_the_page_it_leads_to",
        ),
    ),
    Kept(
        "III.c.ii",  # of few there is n and nothing else
        "requests_app.domain.surveys.shown_cells",
        (
            f"{_TESTS['surveys']}::test_what_is_hidden_is_nothing_or_enough_whatever_the_numbers",
            f"{_TESTS['pages']}::test_of_few_there_is_n_and_nothing_else",
        ),
    ),
    *(
        Kept(clause, "requests_app.domain.surveys.CLAUSES", (_EACH_CLAUSE,))
        for clause in ("III.a.i", "III.b.i.1", "III.b.i.2", "III.b.i.3", "III.b.ii.1", "III.b.ii.2")
    ),
    *(
        Kept(clause, "requests_app.domain.pulses.PULSE_CLAUSES", (_EACH_CLAUSE,))
        for clause in ("III.b.iv.1", "III.b.iv.2", "III.b.iv.3", "III.b.iv.4", "III.b.iv.5")
    ),
)
