"""A request that waits for its answer, the day after it came, and somebody at the browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from requests_app.domain.vocabulary import Channel
from requests_app.models import ColleagueThanks, Employee, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor, login_of
from tests.factories import AbsenceFactory
from tests.improvement_cases import make_improvement
from tests.kept_rows import put_back
from tests.pages.known_file import attach_known_file, lay_known_file
from tests.pages.scene_replays import let_hana_ask
from tests.shared_answer_cases import shared
from tests.training_cases import make_course, took

SignIn = Callable[[Employee | None], Client]


@pytest.fixture
def noon(now: datetime, time_machine: Any) -> datetime:
    """Set the clock to Tue 24 Nov 2026, 12:10 pm in Pinole."""
    later = now + timedelta(hours=22)
    time_machine.move_to(later, tick=False)
    return later


@pytest.fixture
def pothole(cast: Cast, now: datetime, noon: datetime) -> ServiceRequest:
    """A call for Alice; the answer is owed by the evening. Bob will be away, was trained, and proposed something."""
    found = put_back("pothole", lambda: _log_pothole(cast, now=now))
    lay_known_file()
    return found


def _log_pothole(cast: Cast, *, now: datetime) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Pothole on Pear Street",
        received_at=now,
        customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    found = log_request(entry, actor=actor(cast.fay), at=now)
    attach_known_file(found, at=now)
    later = now + timedelta(days=14)
    AbsenceFactory.create(employee=cast.bob, starts_at=later, ends_at=later + timedelta(days=5), recorded_at=now)
    took(cast.bob, make_course())
    make_improvement(cast.bob, now=now)
    shared(cast.bob)
    ColleagueThanks.objects.create(employee=cast.alice, thanked_by=cast.bob, text="For the van", on=now.date())
    let_hana_ask(cast, now=now)
    return found


@pytest.fixture
def sign_in() -> SignIn:
    """Give a browser in which somebody, or nobody, is signed in."""

    def signed_in(employee: Employee | None, **options: Any) -> Client:
        client = Client(**options)
        if employee:
            client.force_login(login_of(employee))
        return client

    return signed_in
