"""Absences of every kind, with texts as long and hostile as they come."""

from datetime import datetime, timedelta

from tests.cast import Cast
from tests.factories import AbsenceFactory


def let_people_be_away(cast: Cast, *, now: datetime, text: str) -> None:
    """Let people be away: over, now with nobody knowing until when, and to come; one of it removed."""
    day = timedelta(days=1)
    facts = {"no_alternate_reason": text, "recorded_by": cast.sam}
    AbsenceFactory.create(employee=cast.bob, starts_at=now - 9 * day, ends_at=now - 8 * day, **facts)
    AbsenceFactory.create(
        employee=cast.charlie, kind="unforeseen", reason="illness", ends_at=None, ask_again_on=now.date(), **facts
    )
    AbsenceFactory.create(
        employee=cast.bob, starts_at=now + 9 * day, ends_at=now + 12 * day, alternate_person=cast.alice
    )
    AbsenceFactory.create(
        employee=cast.alice, starts_at=now, removed_at=now, removed_by=cast.sam, removed_reason="R" * 200
    )
