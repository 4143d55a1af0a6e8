"""A1: workers are killed at any moment, and everything is told all the same."""

import itertools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from requests_app.models import Notice, OutgoingMail, ResponseClock, StageFiring
from requests_app.services.outgoing_mail import LEASE, message_id_of, send_due_mail
from requests_app.services.sweeps import fire_due_stages
from tests.factories import NOW, free_text_mail
from tests.mail_server import MailServer, running_mail_server
from tests.reliability.late_requests import OPENING, crowd
from tests.reliability.processes import worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
Status = OutgoingMail.Status


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as running:
        yield running


@pytest.mark.parametrize("took_it", [False, True], ids=["before it was taken", "between 250 and mark"])
def test_a1_a_sender_killed_before_it_marked_is_followed_by_one_that_sends(
    transactional_db: None, server: MailServer, took_it: bool
) -> None:
    mail = free_text_mail(to="alice@pinole.example")
    with worker("send", now=NOW) as process:

        def kill(message: EmailMessage) -> str:
            os.kill(process.pid, signal.SIGKILL)
            return "250 taken" if took_it else "451 never heard"

        server.answer = kill
        assert process.wait(timeout=30) == -signal.SIGKILL
    mail.refresh_from_db()
    assert mail.status == Status.CLAIMED
    server.answer = lambda message: "250 taken"
    assert send_due_mail(clock=lambda: NOW + timedelta(minutes=1), worker="next")["sent"] == 0, "under its lease"
    assert send_due_mail(clock=lambda: NOW + LEASE, worker="next")["sent"] == 1
    assert {message["Message-ID"] for message in server.seen} == {message_id_of(mail)}
    assert len(server.taken) == 1 + took_it


def test_a1_workers_killed_again_and_again_lose_nothing(
    city: None, transactional_db: None, server: MailServer, full_size_drill: bool
) -> None:
    late, waiting, owners, kills = (5000, 95_000, 500, 200) if full_size_drill else (300, 700, 30, 4)
    people = crowd(late=late, waiting=waiting, departments=10, owners=owners)
    chance = random.Random(1)
    at = OPENING
    # Kills fall anywhere in the work of about two batches, however fast this machine is.
    window = _time_to_first_notice(at)
    for _ in range(kills):
        at += LEASE
        with worker("sweep", "send", now=at) as process:
            time.sleep(chance.uniform(0, 2 * window))
            process.send_signal(signal.SIGKILL)
    at += LEASE
    started = time.monotonic()
    fire_due_stages(now=at)
    swept_in = time.monotonic() - started
    while OutgoingMail.objects.exclude(status=Status.SENT).exists():
        send_due_mail(clock=itertools.repeat(at).__next__, worker="last")
        at += LEASE
        assert at < OPENING + timedelta(days=1), "a mail is stuck past its lease"
    _everything_was_told_once(people.expected)
    repeated = _repeats(server)
    assert sum(repeated.values()) <= kills
    print(
        f"\nA1: {kills} kills among {late} late of {late + waiting} open: {len(people.expected)} notices, "
        f"0 missing, {sum(repeated.values())} repeated with the same Message-ID; last sweep {swept_in:.1f} s"
    )


def _time_to_first_notice(now: datetime) -> float:
    """Kill a worker as soon as it has told anybody anything, and give how long that took."""
    with worker("sweep", now=now):
        started = time.monotonic()
        while not Notice.objects.exists():
            assert time.monotonic() - started < 120, "the sweep tells nobody"
            time.sleep(0.05)
    return time.monotonic() - started


def _everything_was_told_once(expected: set[tuple[int, int]]) -> None:
    told = Counter(Notice.objects.values_list("service_request_id", "recipient_id"))
    assert set(told) == expected
    assert set(told.values()) == {1}
    assert not OutgoingMail.objects.exclude(status=Status.SENT).exists()
    assert not Notice.objects.exclude(mail__status=Status.SENT).exists()
    assert not ResponseClock.objects.filter(next_stage_at__lte=OPENING).exists()
    assert StageFiring.objects.count() == StageFiring.objects.values("clock", "stage", "occurs_on").distinct().count()


def _repeats(server: MailServer) -> Counter[str]:
    """Count the mails that came more than once; all that were sent have come."""
    came = Counter(str(message["Message-ID"]) for message in server.taken)
    assert set(came) == {message_id_of(mail) for mail in OutgoingMail.objects.all()}
    return Counter({message_id: count - 1 for message_id, count in came.items() if count > 1})
