"""Suggestions of staff for tests."""

from datetime import date, datetime
from typing import Any

from requests_app.models import Employee, Improvement


def make_improvement(proposer: Employee | None, *, now: datetime, **facts: Any) -> Improvement:
    """Make a suggestion about the streets that is to be decided by 8 January 2027."""
    known = {
        "title": "A sign at the side door",
        "text": "People stand there and wait.",
        "department": facts.pop("department", None) or (proposer and proposer.department),
        "proposed_by": proposer,
        "proposed_on": now.date(),
        "due_on": date(2027, 1, 8),
    }
    return Improvement.objects.create(**{**known, **facts})


def decided(on: date, state: str = "adopted", **facts: Any) -> dict[str, Any]:
    """Give the facts of a suggestion that was decided on a day."""
    return {"state": state, "decided_on": on, "decision_reason": "It is cheap", **facts}
