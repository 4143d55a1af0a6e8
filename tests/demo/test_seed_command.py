"""`seed_demo` as a command: repeatable, for an empty database only."""

import hashlib
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.models import ContactPoint, Event, Interaction, ResponseClock, ServiceRequest
from requests_app.services.setup import set_up_city

pytestmark = pytest.mark.django_db

UNTIL_AT = datetime(2026, 6, 17, 23, 0, tzinfo=UTC)


def _digest() -> str:
    rows = [
        *ServiceRequest.objects.order_by("number").values_list(
            "number", "title", "received_at", "closed_at", "status", "owner__name", "customer__name", "search_text"
        ),
        *ResponseClock.objects.order_by("service_request__number", "milestone", "started_at").values_list(
            "service_request__number", "milestone", "due_at", "met_at", "verdict", "business_minutes", "next_stage_at"
        ),
        *Interaction.objects.order_by("service_request__number", "recorded_at", "pk").values_list(
            "service_request__number", "occurred_at", "channel", "text", "employee__name"
        ),
        *Event.objects.order_by("service_request__number", "at", "pk").values_list(
            "service_request__number", "kind", "at", "actor__name", "text"
        ),
        *ContactPoint.objects.order_by("value", "customer__name").values_list("customer__name", "value", "as_typed"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _digest_of(requests: int, seed: int) -> str:
    """Seed, digest, and take it back."""
    with transaction.atomic():
        set_up_city(at=datetime(2025, 1, 2, tzinfo=UTC))
        seed_city_year(Wish(requests, seed, UNTIL_AT))
        digest = _digest()
        transaction.set_rollback(True)
    return digest


def test_the_same_wish_gives_the_same_rows() -> None:
    assert _digest_of(150, 7) == _digest_of(150, 7)


def test_another_seed_gives_other_rows() -> None:
    assert _digest_of(60, 7) != _digest_of(60, 8)


@pytest.mark.parametrize("requests", [1, 2, 25])
def test_any_number_of_requests_is_possible(requests: int) -> None:
    call_command("seed_demo", "--requests", str(requests), "--until", "2026-03-01", verbosity=0)
    assert ServiceRequest.objects.count() == requests


def test_it_prints_the_logins_at_the_end() -> None:
    said = StringIO()
    call_command("seed_demo", "--requests", "5", "--until", "2026-03-03", stdout=said)
    assert "frontdesk@pinole.example" in said.getvalue().splitlines()[2]


def test_a_database_in_use_is_left_alone() -> None:
    call_command("seed_demo", "--requests", "2", "--until", "2026-03-03", verbosity=0)
    before = ServiceRequest.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        call_command("seed_demo", "--requests", "2", "--until", "2026-03-03", verbosity=0)
    assert ServiceRequest.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--until", "2025-12-31"], "--until must be a date from 2026-01-01"),
        (["--until", "2199-01-01"], "--until must be a date"),
        (["--requests", "0"], "--requests must be at least 1"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason) as refused:
        call_command("seed_demo", *arguments, verbosity=0)
    assert "\n" not in str(refused.value)
    assert not ServiceRequest.objects.exists()
