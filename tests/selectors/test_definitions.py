"""Every counted part has a definition, exactly one, and a definition names no part that is not counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from requests_app.domain.choices import LocalChoices
from requests_app.domain.greeting_figures import PARTS as GREETING_PARTS
from requests_app.domain.metrics import IMPORTED_PARTS, PARTS
from requests_app.domain.recognition import RecognitionKind
from requests_app.selectors.escalation_figures import EscalationMeasure
from requests_app.selectors.feedback_figures import Feedback
from requests_app.selectors.improvements import parts as improvement_parts
from requests_app.selectors.referral_cards import CardRow
from requests_app.selectors.reports.complaints import BREAKDOWNS
from requests_app.selectors.reports.definitions import DEFINITIONS, GROUPS, shown_definitions
from requests_app.selectors.reports.excusal_figures import PARTS as EXCUSAL_PARTS
from requests_app.selectors.reports.first_contact import CONTACT_PARTS
from requests_app.selectors.reports.logging_coverage import CoverageCell
from requests_app.selectors.trainings import TrainingCounts


def _of(register: str, names: Iterable[str]) -> set[str]:
    return {f"{register}.{name}" for name in names}


def _fields(shape: type, *, without: tuple[str, ...] = ()) -> list[str]:
    return [field.name for field in fields(shape) if field.name not in without]


# What each register counts, by the names under which its own code counts it.
COUNTED = {
    *PARTS,
    *CONTACT_PARTS,
    *IMPORTED_PARTS,
    *_of("greetings", GREETING_PARTS),
    *_of("excusals", EXCUSAL_PARTS),
    *_of("complaints", (breakdown.code for breakdown in BREAKDOWNS)),
    *_of("escalations", _fields(EscalationMeasure)),
    *_of("training", [*_fields(TrainingCounts), "n"]),
    *_of("feedback", [*_fields(Feedback, without=("scores",)), "agree", "owed"]),
    *_of("improvements", ["proposed", *filter(None, improvement_parts(date(2026, 11, 23)))]),
    *_of("recognition", RecognitionKind),
    *_of("referrals", _fields(CardRow, without=("card", "state", "due_on"))),
    *_of("coverage", [*_fields(CoverageCell, without=("department_id", "channel")), "missing", "usual"]),
}


def test_every_part_that_is_counted_is_defined_once() -> None:
    defined = Counter(part for definition in DEFINITIONS for part in definition.parts)
    assert set(defined) == COUNTED
    assert set(defined.values()) == {1}
    assert len({definition.code for definition in DEFINITIONS}) == len(DEFINITIONS)
    assert {definition.group for definition in DEFINITIONS} == set(GROUPS)


def test_definitions_carry_the_numbers_of_the_city() -> None:
    shown = {
        each.code: each
        for group in shown_definitions(target="90 %", choices=LocalChoices(small_number=7))
        for each in group.definitions
    }
    assert "90 %" in shown["on_time"].meaning
    assert "below 7" in shown["small_number"].meaning
    assert shown["on_time"].formula == "kept ÷ (kept + late + overdue)"
