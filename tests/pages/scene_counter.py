"""A counter with many taps and a checklist signed with notes, texts as long and hostile as they come."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.timezone import localdate

from requests_app.models import (
    Category,
    CounterDevice,
    CounterTap,
    Incident,
    IncidentReport,
    OpeningCheck,
    OpeningCheckLine,
    ServiceRequest,
    VisitorWait,
    VoicemailCheck,
    WaitingSample,
)
from tests.cast import Cast


def let_people_be_greeted(cast: Cast, *, now: datetime, text: str) -> None:
    """Tap now and in the days before, at a counter computer and at none; sign and check the box on two days."""
    device = CounterDevice.objects.create(name=text[:80], token_hash="t" * 64, registered_at=now)
    category = Category.objects.filter(department=cast.streets).earliest("pk")
    for number in range(40):
        CounterTap.objects.create(
            tapped_at=now - timedelta(hours=5 * number),
            is_answered=number % 5 > 0,
            category=category if number % 5 > 1 else None,
            department=cast.streets,
            device=device if number % 3 else None,
            tapped_by=cast.fay,
            key=uuid4(),
        )
    sample = WaitingSample.objects.create(
        from_on=localdate(now), to_on=localdate(now), switched_on_at=now, switched_on_by=cast.hana
    )
    for minutes in range(9):
        VisitorWait.objects.create(
            sample=sample,
            key=uuid4(),
            checked_in_at=now - timedelta(minutes=minutes),
            called_at=now if minutes % 2 else None,
            department=cast.streets,
            device=device,
        )
    known = Incident.objects.create(
        key=uuid4(), title=text[:120], category=category, place=(text * 9)[:200], expected_on=localdate(now),
        text=text * 3, text_es=text * 3, opened_at=now, opened_by=cast.fay,
    )  # fmt: skip
    for found in ServiceRequest.objects.filter(confidentiality="ordinary", kind="service").order_by("pk"):
        IncidentReport.objects.create(incident=known, service_request=found, linked_at=now)
    for days in (0, 5):
        at = now - timedelta(days=days)
        opening = OpeningCheck.objects.create(
            on=localdate(at), signed_at=at, signed_by=cast.alice, corrected_at=at, corrected_by=cast.bob
        )
        VoicemailCheck.objects.create(
            key=uuid4(), on=localdate(at), begun_at=at, checked_by=cast.alice, logged=9, finished_at=at, messages=500
        )
        OpeningCheckLine.objects.create(opening=opening, text="L" * 200, note=(text * 9)[:200])
