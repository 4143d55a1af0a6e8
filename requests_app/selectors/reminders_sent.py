"""How often an owner has been told already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max

from requests_app.models import Notice


@dataclass(frozen=True, slots=True)
class RemindersSent:
    """How many reminders went out for a request, and when the last one did."""

    count: int
    last_at: datetime


def reminders_sent(request_ids: Iterable[int]) -> dict[int, RemindersSent]:
    """Count the reminders of each request in one query; one without any is left out."""
    rows = (
        Notice.objects.filter(service_request__in=list(request_ids), recipient=F("service_request__owner"))
        .exclude(kind=Notice.Kind.ASSIGNED)
        .order_by()
        .values_list("service_request")
        .annotate(sent=Count("pk"), last=Max("created_at"))
    )
    return {pk: RemindersSent(sent, last) for pk, sent, last in rows}
