"""A request that waits for its answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from requests_app.domain.vocabulary import Channel
from requests_app.models import ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

Log = Callable[..., ServiceRequest]


@pytest.fixture
def log(cast: Cast, now: datetime) -> Log:
    """Log a call for Alice at `now`, due Tue 24 Nov 2026, 5:00 pm in Pinole; name what differs."""

    def logged(**facts: Any) -> ServiceRequest:
        entry = ContactEntry(
            channel=Channel.PHONE,
            title="Pothole on Pear Street",
            received_at=now,
            customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
            for_employee_id=cast.alice.pk,
        )
        return log_request(replace(entry, **facts), actor=actor(cast.fay), at=now)

    return logged
