"""What a line of the register of corrective action may hold (III.d.ii)."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain.corrective_actions import CorrectiveEntry, CorrectiveRefusal, faults

TODAY = date(2026, 11, 23)
ENTRY = CorrectiveEntry(employee_id=1, acted_on=TODAY, rule="Rule 12.3 (b)", file_reference="PF-2026/014")


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"rule": "§ 7"}, []),
        ({"closed_on": TODAY}, []),
        ({"rule": "Rude at the counter"}, [CorrectiveRefusal.NO_RULE]),
        ({"rule": "Rule 1\nHe shouted"}, [CorrectiveRefusal.NO_RULE]),
        ({"rule": f"Rule 1{' ' * 40}"}, [CorrectiveRefusal.NO_RULE]),
        ({"file_reference": "shouted at Ana"}, [CorrectiveRefusal.NO_REFERENCE]),
        ({"file_reference": "1" * 31}, [CorrectiveRefusal.NO_REFERENCE]),
        ({"acted_on": date(2026, 11, 24)}, [CorrectiveRefusal.IN_FUTURE]),
        ({"closed_on": date(2026, 11, 24)}, [CorrectiveRefusal.IN_FUTURE]),
        ({"closed_on": date(2026, 11, 22)}, [CorrectiveRefusal.CLOSED_BEFORE]),
    ],
)
def test_a_line_takes_a_rule_and_a_reference_and_no_story(
    facts: dict[str, object], found: list[CorrectiveRefusal]
) -> None:
    assert list(faults(replace(ENTRY, **facts), today=TODAY)) == found  # type: ignore[arg-type]  # a test's own facts
