"""Shared answers for tests."""

from datetime import date
from typing import Any

from requests_app.models import Employee, SharedAnswer
from requests_app.services.shared_answers import SharedAnswerEntry, share_answer
from tests.cast import actor
from tests.factories import NOW

PERMIT = {
    "en": "Hello {customer}, permits are $20. Your number is {number}. {name}, {phone}",
    "es": "Hola {customer}, el permiso cuesta $20. Su número es {number}. {name}, {phone}",
}


def permit_entry(owner: Employee, **facts: Any) -> SharedAnswerEntry:
    """Give an answer about parking permits as typed; it holds until November 2027."""
    known = {
        "title": "How do I get a parking permit?",
        "texts": PERMIT,
        "review_by": date(2027, 11, 23),
        "owner_id": owner.pk,
    }
    return SharedAnswerEntry(**{**known, **facts})


def shared(owner: Employee, **facts: Any) -> SharedAnswer:
    """Share an answer of somebody's."""
    return share_answer(permit_entry(owner, **facts), actor=actor(owner), at=NOW)
