"""A case that came from the open data of another city."""

from datetime import datetime, timedelta

from requests_app.models import ImportedCase, ServiceRequest
from tests.factories import ServiceRequestFactory


def imported_request(*, now: datetime, title: str) -> ServiceRequest:
    """Give a case of another city, with the longest words its columns take."""
    row = ServiceRequestFactory.create(
        is_imported=True, department=None, title=title, no_reply="imported", received_at=now - timedelta(days=40)
    )
    ImportedCase.objects.create(
        service_request=row,
        source="boston311",
        source_case_id="C" * 60,
        imported_due_at=now - timedelta(days=30),
        agency="A" * 200,
        category_text="C" * 300,
        channel_text="C" * 60,
        status_text="S" * 60,
        content_hash="0" * 64,
        imported_at=now,
    )
    return row
