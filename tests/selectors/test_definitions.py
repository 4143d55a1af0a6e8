"""Every counted part has a definition, exactly one, and a definition names no part that is not counted."""

from collections import Counter

from requests_app.domain.choices import LocalChoices
from requests_app.domain.metrics import IMPORTED_PARTS, PARTS
from requests_app.selectors.reports.definitions import DEFINITIONS, GROUPS, shown_definitions
from requests_app.selectors.reports.first_contact import CONTACT_PARTS


def test_every_part_that_is_counted_is_defined_once() -> None:
    defined = Counter(part for definition in DEFINITIONS for part in definition.parts)
    assert set(defined) == {*PARTS, *CONTACT_PARTS, *IMPORTED_PARTS}
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
