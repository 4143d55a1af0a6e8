"""Each clause of the policy that the product keeps: the code that keeps it, and the test that proves it."""

import ast
import importlib
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.clauses_of_concerns import CONCERNS
from tests.house.clauses_of_counter import COUNTER
from tests.house.clauses_of_excuses import EXCUSES
from tests.house.clauses_of_feedback import FEEDBACK
from tests.house.clauses_of_figures import FIGURES
from tests.house.clauses_of_homes import HOMES
from tests.house.clauses_of_policy import POLICY
from tests.house.clauses_of_reminders import REMINDERS
from tests.house.clauses_of_reports import REPORTS
from tests.house.clauses_of_scorecard import SCORECARD
from tests.house.clauses_of_staff import STAFF
from tests.house.kept import Kept

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]


CLAUSES = (
    *REMINDERS,
    *FEEDBACK,
    *REPORTS,
    *STAFF,
    *SCORECARD,
    *COUNTER,
    Kept(
        "III.a.ii",  # the product's own page: whoever comes in, by whatever way, is written down
        "requests_app.views.contacts",
        ("tests/views/test_contacts.py::test_saving_leads_to_number_and_date",),
    ),
    Kept(
        "III.a.ii",  # letters
        "requests_app.services.setup.standards.STANDARDS",
        ("tests/services/test_requests.py::test_the_starting_contact_chooses_the_standard",),
    ),
    Kept(
        "III.a.iii",  # a receipt states the standard and its date, and what was promised is kept
        "requests_app.services.receipts.mail_receipt",
        (
            "tests/services/test_receipts.py::test_the_mail_states_number_standard_date_holidays_and_phone",
            "tests/services/test_receipts.py::test_it_is_kept_with_the_date_it_promised_and_told_on_the_request",
        ),
    ),
    Kept(
        "III.a.iv",  # somebody owns it
        "requests_app.services.assignments.take_request",
        (
            "tests/services/test_assignments.py::test_taking_makes_it_mine_and_moves_no_date",
            "tests/concurrency/test_people_at_once.py::test_two_who_take_it_at_once_leave_one_owner_and_the_same_story",
        ),
    ),
    Kept(
        "III.a.iv",  # and where nobody does, the supervisor hears of it
        "requests_app.services.ownership.pass_unowned_requests",
        ("tests/services/test_ownership.py::test_after_four_business_hours_it_goes_to_the_supervisor",),
    ),
    Kept(
        "III.a.iv",  # a date that was named is kept
        "requests_app.services.answers._check_promise",
        ("tests/services/test_answers.py::test_a_promise_is_a_business_day_within_ten",),
    ),
    Kept(
        "III.a.iv",  # what was recorded stays visible
        "requests_app.services.corrections.correct_clock",
        ("tests/services/test_decisions.py::test_correcting_when_it_was_answered_changes_the_verdict_and_keeps_both",),
    ),
    Kept(
        "III.b.i.4",
        "requests_app.selectors.visibility.requests_visible_to",
        (
            "tests/pages/test_who_may.py::test_everybody_gets_what_the_table_says",
            "tests/selectors/test_visibility.py",
        ),
    ),
    Kept(
        "III.b.i.4",  # what leaves in a file is written down
        "requests_app.services.exports.record_export",
        ("tests/views/test_lists.py::test_an_export_is_in_the_evidence",),
    ),
    Kept(
        "III.b.ii.3",
        "requests_app.services.setup.standards.STANDARDS",
        (
            "tests/services/test_requests.py::test_a_call_is_due_at_close_of_the_next_business_day",
            "tests/domain/test_deadline_examples.py",
        ),
    ),
    Kept(
        "III.b.ii.3",
        "requests_app.services.clocks.conclude",
        ("tests/services/test_answers.py::test_the_due_instant_itself_is_on_time",),
    ),
    Kept(
        "III.b.ii.3",  # "unless absent": a late answer that is explained
        "requests_app.services.excusals.excuse_clock",
        ("tests/services/test_decisions.py::test_an_excuse_changes_no_verdict_and_reminders_go_on",),
    ),
    *EXCUSES,
    *FIGURES,
    *HOMES,
    Kept(
        "III.b.ii.3",  # and it is not forgotten
        "requests_app.services.sweeps.sweep_clocks",
        ("tests/services/test_sweeps.py::test_the_owner_is_reminded_on_the_due_day_and_two_hours_before",),
    ),
    Kept(
        "III.b.ii.4",
        "requests_app.services.setup.standards.STANDARDS",
        ("tests/services/test_requests.py::test_the_starting_contact_chooses_the_standard",),
    ),
    Kept(
        "III.b.ii.4",  # "acknowledge and answer": a holding answer stops one clock and starts the next
        "requests_app.services.answers.answer_request",
        ("tests/services/test_answers.py::test_a_holding_answer_stops_the_response_and_starts_the_promise",),
    ),
    Kept(
        "III.b.ii.5",  # reminders go around whoever is away
        "requests_app.selectors.recipients.resolve_recipients",
        ("tests/services/test_sweeps.py::test_somebody_is_told_though_owner_and_supervisor_are_gone",),
    ),
    Kept(
        "III.b.ii.5",  # greeting and automatic reply are set before anybody goes
        "requests_app.services.greetings.set_greetings",
        ("tests/services/test_greetings.py::test_the_person_who_leads_them_hr_and_it_set_all_texts_in_one_act",),
    ),
    Kept(
        "III.b.ii.5",  # and who forgets is told
        "requests_app.services.greeting_notices",
        (
            (
                "tests/services/test_greeting_notices.py"
                "::test_the_person_is_told_the_business_day_before_and_their_lead_once_they_are_gone"
            ),
        ),
    ),
    Kept(
        "III.b.ii.5",  # the measure
        "requests_app.selectors.reports.greetings",
        (
            "tests/views/test_greeting_figures.py::test_planned_and_unforeseen_are_counted_apart_by_when_they_were_set",
            "tests/domain/test_greeting_figures.py::test_parts_add_up_to_their_whole_for_every_absence",
        ),
    ),
    Kept(
        "III.b.ii.5.a",
        "requests_app.domain.greetings.element_states",
        (
            "tests/domain/test_greetings.py::test_what_somebody_took_out_is_missed",
            "tests/services/test_greetings.py::test_what_lacks_is_refused_and_named",
        ),
    ),
    Kept(
        "III.b.ii.5.b",
        "requests_app.domain.greeting_figures.GreetingCase",
        (
            "tests/domain/test_greetings.py::test_a_text_is_judged_by_what_it_says_not_by_how",
            "tests/domain/test_greeting_figures.py::test_the_elements_are_those_of_what_was_set",
        ),
    ),
    Kept(
        "III.b.ii.5.c",
        "requests_app.services.greetings.decline_element",
        ("tests/services/test_greetings.py::test_nobody_standing_in_needs_a_reason",),
    ),
    Kept(
        "III.b.ii.5.d",
        "requests_app.services.greetings.decline_element",
        (
            (
                "tests/services/test_greetings.py"
                "::test_one_text_for_both_needs_a_reason_and_leaves_out_the_one_for_colleagues"
            ),
        ),
    ),
    Kept(
        "III.b.iii.2",
        "requests_app.services.setup.standards.STANDARDS",
        ("tests/services/test_requests.py::test_the_starting_contact_chooses_the_standard",),
    ),
    Kept(
        "III.b.iii.2",
        "requests_app.selectors.reports.first_contact",
        ("tests/views/test_report_lists.py::test_every_figure_on_demo_data_has_a_list_of_that_length",),
    ),
    Kept(
        "III.b.iv.3",
        "requests_app.selectors.standards.standard_for",
        (
            "tests/services/test_requests.py::test_the_starting_contact_chooses_the_standard",
            (
                "tests/services/test_standards.py"
                "::test_a_colleague_who_owns_their_own_request_is_owed_an_answer_all_the_same"
            ),
        ),
    ),
    *CONCERNS,
    Kept(
        "III.d.i",
        "requests_app.views.reports.compliance",
        ("tests/views/test_reports.py::test_reports_are_for_those_who_answer_for_them",),
    ),
    Kept(
        "III.d.i",
        "requests_app.services.reminders.send_reminder",
        ("tests/views/test_lists_bulk.py::test_a_reminder_goes_to_each_owner",),
    ),
    *POLICY,
    Kept(
        "Cal. Gov. Code 7922.535",
        "requests_app.services.records.extend_determination",
        (
            "tests/services/test_decisions.py::test_a_determination_is_extended_once_by_at_most_fourteen_days",
            (
                "tests/services/test_requests.py"
                "::test_a_records_request_runs_the_determination_of_state_law_beside_the_response"
            ),
        ),
    ),
)
# What this stage of the product has to keep; more keys come with what keeps them.
ASKED = {
    "Cal. Gov. Code 7922.535", "II", "III.a.i", "III.a.ii", "III.a.iii", "III.a.iv", "III.a.v", "III.b.i.1",
    "III.b.i.2", "III.b.i.3", "III.b.i.4", "III.b.ii.1", "III.b.ii.2", "III.b.ii.3", "III.b.ii.4", "III.b.ii.5",
    "III.b.ii.5.a", "III.b.ii.5.b", "III.b.ii.5.c", "III.b.ii.5.d", "III.b.iii.1", "III.b.iii.2", "III.b.iii.3",
    "III.b.iv.1", "III.b.iv.2",
    "III.b.iv.3", "III.b.iv.4", "III.b.iv.5", "III.b.v.2", "III.b.v.3", "III.c.i", "III.c.ii", "III.c.iii", "III.d.i",
    "III.d.ii", "III.d.iii", "III.e", "III.f",
}  # fmt: skip


def cited_in(code: str) -> str:
    """Give the text in which a piece of code cites its clause: its own, else the first lines of its module."""
    module, rest = _module_of(code)
    own = ""
    for name in rest:
        found = getattr(module, name)
        is_value = not (inspect.isfunction(found) or inspect.isclass(found))
        own = inspect.getsource(module) if is_value else inspect.getsource(inspect.unwrap(found))
    return f"{own}\n{module.__doc__}"


def _module_of(code: str) -> tuple[ModuleType, list[str]]:
    parts = code.split(".")
    for end in range(len(parts), 0, -1):
        try:
            return importlib.import_module(".".join(parts[:end])), parts[end:]
        except ModuleNotFoundError:
            continue
    raise AssertionError(f"{code} is nowhere")


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_clause_asked_for_has_its_code_and_its_test() -> None:
    assert {kept.clause for kept in CLAUSES} == ASKED


@pytest.mark.parametrize("kept", CLAUSES, ids=lambda kept: f"{kept.clause} {kept.code.rpartition('.')[2]}")
def test_the_code_that_keeps_a_clause_cites_it(kept: Kept) -> None:
    assert kept.clause in cited_in(kept.code)


@pytest.mark.parametrize("kept", CLAUSES, ids=lambda kept: f"{kept.clause} {kept.code.rpartition('.')[2]}")
def test_a_clause_is_proven_by_a_test_that_exists(kept: Kept) -> None:
    for name in kept.tests:
        path, _, function = name.partition("::")
        found = names_of_tests(ROOT / path)
        assert found
        assert not function or function in found, f"{name} is gone: name the test that now proves {kept.clause}"
