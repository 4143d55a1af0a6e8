"""A year of the demo for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.services.setup import set_up_city


@contextmanager
def seeded_year(requests: int, blocker: DjangoDbBlocker, *, until_at: datetime) -> Iterator[None]:
    """Set up the city and seed it once, and take it all back at the end."""
    with blocker.unblock(), transaction.atomic():
        set_up_city(at=datetime(2025, 1, 2, tzinfo=UTC))
        seed_city_year(Wish(requests, 4, until_at))
        yield
        transaction.set_rollback(True)
