"""Signatures, questions and counts, with texts as long and hostile as they come."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from requests_app.models import ClauseSignature, ContactCount, StaffQuestion
from tests.cast import Cast


def let_clauses_be_signed(cast: Cast, *, now: datetime, text: str) -> None:
    """Sign, ask, answer and count; one signature withdrawn, one question open."""
    on, day = localdate(now), timedelta(days=1)
    facts = {"clause": "III.b.ii.1", "from_on": on - 9 * day, "to_on": on, "signed_at": now, "signed_by": cast.hana}
    ClauseSignature.objects.create(**facts, statement=text * 40, evidence="E" * 300)
    ClauseSignature.objects.create(
        **facts, statement=text, department=cast.streets, withdrawn_at=now, withdrawn_by=cast.hana
    )
    asked = {"asked_at": now - day, "asked_by": cast.alice, "question": text * 40}
    StaffQuestion.objects.create(**asked, clause="III.b.ii.3")
    StaffQuestion.objects.create(**asked, answer=text * 40, answered_at=now, answered_by=cast.hana)
    for number in range(7):
        ContactCount.objects.create(
            on=on - number * day, department=cast.streets, channel="phone", count=40 * number, recorded_at=now
        )
