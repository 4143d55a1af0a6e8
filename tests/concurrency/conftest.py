"""Several threads that start together, each with a connection of its own: real transactions, as in life."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from requests_app.domain.vocabulary import Channel
from requests_app.models import ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

Log = Callable[[str], ServiceRequest]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do each work in a thread of its own, all starting together; give what each returned or raised."""
    together = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=20)
            return work()
        except Exception as error:  # the test says which errors are right
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(one, work) for work in works]]


def failures(results: Sequence[Any], *expected: type[Exception]) -> list[Exception]:
    """Give the errors among the results that no test asked for."""
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, expected)]


@pytest.fixture
def log(cast: Cast, now: datetime) -> Log:
    """Log a call for Alice at `now`, due Tue 24 Nov 2026, 5:00 pm in Pinole."""

    def logged(title: str) -> ServiceRequest:
        entry = ContactEntry(
            channel=Channel.PHONE,
            title=title,
            received_at=now,
            customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
            for_employee_id=cast.alice.pk,
        )
        return log_request(entry, actor=actor(cast.fay), at=now)

    return logged
