"""A3: Redis goes away and comes back; the web goes on meanwhile, and what came due is sent afterwards."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from requests_app.domain.vocabulary import Channel
from requests_app.models import CalendarVersion, Notice, OutgoingMail, ServiceRequest, SweepRun
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import CategoryFactory
from tests.mail_server import MailServer, free_port, running_mail_server
from tests.reliability.processes import environment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drill,
    pytest.mark.postgres,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="starts a Redis of its own: none is installed"),
]
ALWAYS_OPEN = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


@contextmanager
def redis_on(port: int, folder: Path) -> Iterator[None]:
    """Run a Redis that keeps nothing: what was queued is lost with it, as after a flush."""
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with subprocess.Popen([*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


@contextmanager
def worker_on(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker with beat, as in production."""
    command = [
        *(sys.executable, "-m", "celery", "-A", "pinole_service", "worker", "--beat", "--pool", "solo"),
        *("--loglevel", "ERROR", "--schedule", str(folder / "schedule")),
    ]
    with subprocess.Popen(command, env=environment() | {"BROKER_URL": f"redis://127.0.0.1:{port}/0"}) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as running:
        yield running


@pytest.fixture
def always_open(city: None) -> None:
    """Let the city be open now, whatever the hour at which this test runs."""
    for version in list(CalendarVersion.objects.all()):
        definition = {
            **version.definition, "weekly_hours": ALWAYS_OPEN, "closures": [], "alternate_days_off": [],
            "known_from": "2020-01-01", "known_through": "2090-12-31", "business_day_hours": 24,
        }  # fmt: skip
        CalendarVersion.objects.create(
            calendar=version.calendar, number=2, definition=definition, confirmed_at=version.confirmed_at
        )


def wait_until(done: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Wait for something other processes do, and give how long it took."""
    started = time.monotonic()
    while not done():
        assert time.monotonic() - started < seconds, f"{what} took longer than {seconds} s"
        time.sleep(0.25)
    return time.monotonic() - started


@pytest.mark.usefixtures("always_open")
def test_a3_with_redis_gone_the_web_goes_on_and_all_is_sent_after_it_is_back(
    cast: Cast, server: MailServer, client: Client, tmp_path: Path
) -> None:
    port = free_port()
    with redis_on(port, tmp_path):
        pass  # taken and given back: at first there is none
    with worker_on(port, tmp_path):
        assert [client.get(page).status_code for page in ("/health/live", "/accounts/login/")] == [200, 200]
        logged = [_log_one(cast) for _ in range(5)]
        for service_request in logged:
            _let_it_be_late(service_request)
        time.sleep(2)
        assert not Notice.objects.exists(), "nobody is there to sweep"
        with redis_on(port, tmp_path):
            swept = wait_until(_all_told, seconds=120, what="the first sweep after Redis came back")
            sent = wait_until(lambda: _all_sent(server), seconds=120, what="sending") + swept
    print(f"\nA3: {len(logged)} logged while Redis was gone, 0 failed; all told {sent:.0f} s after it was back")


def _log_one(cast: Cast) -> ServiceRequest:
    now = timezone.now()
    category = CategoryFactory.create(department=cast.streets, default_owner=cast.alice)
    entry = ContactEntry(
        channel=Channel.PHONE, title="Lamp out", received_at=now, category_id=category.pk,
        customer=CustomerEntry(name="A Resident", phone="510-555-0199"),
    )  # fmt: skip
    return log_request(entry, actor=actor(cast.fay), at=now)


def _let_it_be_late(service_request: ServiceRequest) -> None:
    now = timezone.now()
    service_request.clocks.update(
        started_at=now - timedelta(days=2), due_at=now - timedelta(hours=1), next_stage_at=now - timedelta(hours=1)
    )


def _all_told() -> bool:
    return Notice.objects.filter(kind__in=[Notice.Kind.REMINDER, Notice.Kind.DIGEST]).count() >= 10


def _all_sent(server: MailServer) -> bool:
    waiting = OutgoingMail.objects.exclude(status=OutgoingMail.Status.SENT)
    return bool(server.taken) and not waiting.exists() and SweepRun.objects.filter(name="send_due_mail").exists()
