"""Health pages: live asks nothing, ready says what is missing; errors never show a trace."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from pinole_service.urls import handler429, handler500  # noqa: F401  # this module stands in for the root of addresses
from requests_app.models import SweepRun
from requests_app.views import health


def _lose_the_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("terminating connection due to administrator command")


def _stumble(request: HttpRequest) -> HttpResponse:
    raise ValueError("canary-7261")


urlpatterns = [
    path("database-is-away", _lose_the_database),
    path("we-stumble", _stumble),
    path("health/ready", health.ready),
]


def record_sweep(*, minutes_ago: int, error: str = "") -> None:
    finished_at = timezone.now() - timedelta(minutes=minutes_ago)
    SweepRun.objects.create(name=health.SWEEP, last_finished_at=finished_at, last_error=error)


def test_live_asks_nothing_of_anybody(client: Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_after_a_recent_sweep(client: Client) -> None:
    record_sweep(minutes_ago=1)
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "database": "ok", "broker": "ok", "sweep": "ok"}


@pytest.mark.django_db
def test_not_ready_before_the_first_sweep(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["sweep"]) == (503, "has not run yet")


@pytest.mark.django_db
def test_not_ready_when_the_sweep_is_old(client: Client) -> None:
    record_sweep(minutes_ago=6)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["sweep"]) == (503, "last ran 6 minutes ago")


@pytest.mark.django_db
def test_not_ready_when_the_last_sweep_failed_and_no_word_of_why(client: Client) -> None:
    record_sweep(minutes_ago=1, error="ValueError: canary-4410")
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["sweep"]) == (503, "failed")
    assert b"canary" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("redis://127.0.0.1:1/0", "does not answer"),
        ("filesystem:///nowhere/at/all", "folder cannot be written"),
    ],
)
def test_not_ready_without_the_broker(client: Client, url: str, state: str) -> None:
    record_sweep(minutes_ago=1)
    with override_settings(BROKER_URL=url):
        response = client.get("/health/ready")
    assert (response.status_code, response.json()["broker"]) == (503, state)


@pytest.mark.urls("tests.house.test_health")
def test_a_lost_database_is_told_as_503_without_a_trace() -> None:
    response = Client(raise_request_exception=False).get("/database-is-away")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert b"terminating" not in response.content


@pytest.mark.urls("tests.house.test_health")
def test_our_own_failure_shows_a_reference_and_no_trace() -> None:
    response = Client(raise_request_exception=False).get("/we-stumble", headers={"X-Request-ID": "abcdef-12345678"})
    assert response.status_code == 500
    assert b"canary-7261" not in response.content
    assert b"abcdef-12345678" in response.content
    assert response["X-Request-ID"] == "abcdef-12345678"


def test_a_made_up_reference_is_replaced(client: Client) -> None:
    response = client.get("/health/live", headers={"X-Request-ID": "<script>"})
    assert len(response["X-Request-ID"]) == 36
