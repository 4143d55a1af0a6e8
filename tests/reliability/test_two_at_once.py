"""Two of everything at once do it once: real threads, real transactions (PEERS case 44)."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from django.core import mail
from django.db import connections, transaction

from requests_app.models import Event, Notice, OutgoingMail, ResponseClock, ServiceRequest, StageFiring
from requests_app.services.clocks import date_undated_clocks
from requests_app.services.outgoing_mail import claim_mail, send_due_mail
from requests_app.services.ownership import pass_unowned_requests
from requests_app.services.sweeps import fire_due_stages
from requests_app.services.watchdog import run_watchdog
from tests.cast import Cast
from tests.factories import NOW, ServiceRequestFactory, free_text_mail, start_clock_row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 4
CLOCKS = 250
Result = TypeVar("Result")


@pytest.fixture
def late_clocks(cast: Cast) -> None:
    for _ in range(CLOCKS):
        service_request = ServiceRequestFactory.create(
            department=cast.streets, owner=cast.alice, received_at=NOW - timedelta(days=5)
        )
        start_clock_row(service_request, due_at=NOW - timedelta(days=4))


def at_once(work: Callable[[], Result]) -> list[Result]:
    """Do the same in several threads that start together, each with a connection of its own."""
    together = threading.Barrier(AT_ONCE)

    def one() -> Result:
        try:
            together.wait(timeout=10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result(timeout=60) for future in [pool.submit(one) for _ in range(AT_ONCE)]]


@pytest.mark.usefixtures("late_clocks")
def test_sweeps_at_once_tell_once(cast: Cast) -> None:
    at_once(lambda: fire_due_stages(now=NOW))
    fire_due_stages(now=NOW)  # whatever one left because another held it
    assert StageFiring.objects.filter(stage="became_late").count() == CLOCKS
    assert Notice.objects.filter(recipient=cast.alice).count() == CLOCKS
    assert Notice.objects.filter(recipient=cast.sam).count() == CLOCKS
    assert not Notice.objects.filter(mail__isnull=True).exists()


@pytest.mark.usefixtures("late_clocks")
def test_a_request_somebody_is_working_on_is_left_for_the_next_sweep() -> None:
    """A sweep that waited for it, while the worker wants its clock, would be a deadlock."""
    held = ServiceRequest.objects.earliest("pk")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        ServiceRequest.objects.select_for_update().get(pk=held.pk)
        counts = pool.submit(_sweep_and_hang_up).result(timeout=30)
        assert (counts, Notice.objects.filter(service_request=held).count()) == (CLOCKS - 1, 0)
    assert fire_due_stages(now=NOW).clocks == 1


def test_dating_a_clock_while_somebody_answers_is_no_deadlock(cast: Cast) -> None:
    service_request = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    clock = start_clock_row(service_request, due_at=NOW)
    ResponseClock.objects.filter(pk=clock.pk).update(
        due_at=None, undated_reason="no_calendar", calendar_version=None, next_stage_at=None
    )
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ServiceRequest.objects.select_for_update().get(pk=service_request.pk)
            dating = pool.submit(_date_and_hang_up)
            time.sleep(1)  # it waits for the request, and holds nothing meanwhile
            ResponseClock.objects.select_for_update(nowait=True).get(pk=clock.pk)
        assert dating.result(timeout=30) == 1


def _date_and_hang_up() -> int:
    try:
        return date_undated_clocks(now=NOW)
    finally:
        connections.close_all()


def _sweep_and_hang_up() -> int:
    try:
        return fire_due_stages(now=NOW).clocks
    finally:
        connections.close_all()


def test_senders_at_once_send_each_mail_once(transactional_db: None) -> None:
    for number in range(60):
        free_text_mail(to=f"person{number}@pinole.example")
    counts = at_once(lambda: send_due_mail(clock=lambda: NOW, worker=str(threading.get_ident()))["sent"])
    send_due_mail(clock=lambda: NOW, worker="last")
    assert sum(counts) == 60
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 60
    assert OutgoingMail.objects.filter(status=OutgoingMail.Status.SENT, attempts=1).count() == 60


def test_one_mail_is_claimed_by_one_sender(transactional_db: None) -> None:
    free_text_mail(to="alice@pinole.example")
    claims = at_once(lambda: claim_mail(now=NOW, worker=str(threading.get_ident())))
    assert sum(claim is not None for claim in claims) == 1


def test_what_nobody_owns_is_passed_on_once(cast: Cast) -> None:
    ServiceRequestFactory.create(department=cast.streets, unowned_until_at=NOW)
    assert sum(at_once(lambda: pass_unowned_requests(now=NOW))) == 1
    assert Event.objects.count() == Notice.objects.count() == 1


def test_watchdogs_at_once_tell_once(cast: Cast) -> None:
    told = at_once(lambda: run_watchdog(now=NOW)["told"])
    assert sorted(told) == [0, 0, 0, 1]
    assert OutgoingMail.objects.count() == 1
