"""What evidence costs: a contact logged with its audit entry and without, turn by turn in one run."""

from __future__ import annotations

import statistics
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Django is set up by the caller
    from collections.abc import Callable

TURNS = 150


def print_cost_of_evidence() -> None:
    """Print the median of both, and the ratio."""
    from requests_app.services import events

    genuine = events.record_audit
    turns: dict[str, Callable[..., object]] = {"without": lambda *args, **kwargs: None, "with": genuine}
    times: dict[str, list[float]] = {name: [] for name in turns}
    try:
        for turn in range(TURNS + 5):
            for name, write in turns.items():
                events.record_audit = write  # type: ignore[assignment]  # left out on purpose
                took = _log_one()
                if turn >= 5:
                    times[name].append(took)
    finally:
        events.record_audit = genuine
    with_it, without = (statistics.median(times[name]) for name in ("with", "without"))
    print(f"log a contact: {without:.2f} ms without its evidence, {with_it:.2f} ms with: {with_it / without:.3f} times")


def _log_one() -> float:
    from django.utils import timezone

    from requests_app.domain.vocabulary import Channel
    from requests_app.models import Employee
    from requests_app.selectors.access import actor_for_employee
    from requests_app.services.customers import CustomerEntry
    from requests_app.services.entries import ContactEntry
    from requests_app.services.requests import log_request

    now = timezone.now()
    actor = actor_for_employee(Employee.objects.earliest("pk"))
    customer = CustomerEntry(name="Jun Castellanos", phone="510 555 0101")
    entry = ContactEntry(channel=Channel.PHONE, title="Asks about a permit", received_at=now, customer=customer)
    started = perf_counter()
    log_request(entry, actor=actor, at=now)
    return (perf_counter() - started) * 1000
