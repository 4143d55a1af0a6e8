"""Which requests nobody took in time."""

from datetime import datetime

from requests_app.models import ServiceRequest


def request_ids_unowned(now: datetime) -> list[int]:
    """Give the unfinished requests without an owner whose time in the queue is over, oldest first."""
    waiting = ServiceRequest.objects.filter(owner__isnull=True, closed_at__isnull=True, unowned_until_at__lte=now)
    return list(waiting.order_by("unowned_until_at", "pk").values_list("pk", flat=True))
