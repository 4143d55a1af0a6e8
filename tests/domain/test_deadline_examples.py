"""Every worked example is a test."""

from datetime import UTC, datetime

import pytest

from requests_app.domain.deadlines import Rule, compute_deadline
from tests.domain.examples import calendar, examples


@pytest.mark.parametrize("row", examples(), ids=lambda row: f"{row['id']}-{row['title']}-{row['rule']}")
def test_worked_example(row: dict[str, str]) -> None:
    deadline = compute_deadline(
        calendar(row["calendar"]),
        received_at=datetime.fromisoformat(row["received_at"]),
        business_days=int(row["business_days"]),
        rule=Rule(row["rule"]),
    )
    assert deadline.due_at == datetime.fromisoformat(row["due_at"])
    assert deadline.due_at.tzinfo is UTC
    assert deadline.due_on == datetime.fromisoformat(row["due_at"]).date()
    assert deadline.trace[0].code == "received"
    assert deadline.trace[-1].code == "due"


def test_there_are_222_examples() -> None:
    assert len(examples()) == 222
