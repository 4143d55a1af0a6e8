"""Receipts of the demo: slips handed over at the counter in the last weeks, in the customer's language (III.a.iii)."""

from datetime import timedelta
from random import Random

from requests_app.demo.world import World
from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.receipts import make_receipt_slip

_DAYS, _MOST, _SHARE = timedelta(days=21), 60, 0.5
_AFTER = timedelta(minutes=1)


def seed_receipts(world: World, *, seed: int) -> None:
    """Hand over a slip for about half of what was last logged at the counter and is waited for."""
    rng = Random(f"receipts {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    at_counter = ServiceRequest.objects.filter(
        channel=Channel.COUNTER,
        confidentiality=Confidentiality.ORDINARY,
        no_reply="",
        is_from_colleague=False,
        recorded_by__isnull=False,
        recorded_at__gte=world.until_at - _DAYS,
        recorded_at__lt=world.until_at - _AFTER,
    ).order_by("-recorded_at", "-pk")
    for found in at_counter.select_related("recorded_by")[:_MOST]:
        if rng.random() < _SHARE:
            at = found.recorded_at + _AFTER
            make_receipt_slip(request_id=found.pk, actor=Actor(employee=found.recorded_by), at=at)
