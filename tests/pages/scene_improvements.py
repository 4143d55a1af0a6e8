"""Suggestions in every state, with words as long and hostile as they come, one without a name."""

from datetime import datetime

from requests_app.domain.vocabulary import Channel, RequestKind
from requests_app.services.entries import ContactEntry
from requests_app.services.improvements import (
    ImprovementEntry,
    comment_on_improvement,
    decide_improvement,
    finish_improvement,
    propose_improvement,
)
from requests_app.services.requests import log_request
from tests.cast import Cast, actor


def let_people_propose(cast: Cast, *, now: datetime, text: str, title: str) -> None:
    """Let one wait, one be done and one not be adopted; the first came from a resident."""
    entry = ContactEntry(
        channel=Channel.PHONE, title=title, received_at=now, kind=RequestKind.SUGGESTION, for_employee_id=cast.alice.pk
    )
    asked = log_request(entry, actor=actor(cast.fay), at=now)
    rows = [
        propose_improvement(
            ImprovementEntry(
                title=words, text=text * 40, department_id=cast.streets.pk, is_anonymous=not source,
                service_request=source,
            ),
            actor=actor(cast.alice),
            at=now,
        )
        for words, source in ((title, asked), ("T" * 160, None), (text, None))
    ]  # fmt: skip
    for row in rows:
        comment_on_improvement(improvement_id=row.pk, text=text * 9, actor=actor(cast.bob), at=now)
    for row, is_adopted in zip(rows[1:], (True, False), strict=True):
        decide_improvement(
            improvement_id=row.pk, is_adopted=is_adopted, reason=text * 9, actor=actor(cast.hana), at=now
        )
    finish_improvement(improvement_id=rows[1].pk, note=text, actor=actor(cast.dora), at=now)
