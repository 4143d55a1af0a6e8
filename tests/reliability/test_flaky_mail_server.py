"""A2: a mail server that refuses, drops, hangs and rejects; nothing is lost, and a person sees what was rejected."""

import itertools
import random
import time
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage

import pytest

from requests_app.models import OutgoingMail
from requests_app.selectors.outgoing import failed_mails
from requests_app.services import outgoing_mail
from requests_app.services.outgoing_mail import RETRY_MINUTES, message_id_of, send_due_mail
from tests.factories import NOW
from tests.mail_server import ACCEPT, DROP_AFTER_DATA, HANG, running_mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
Status = OutgoingMail.Status
REJECTED = "550 no such person"


def _mails(count: int) -> list[OutgoingMail]:
    return OutgoingMail.objects.bulk_create(
        OutgoingMail(
            to_address=f"person{number}@pinole.example",
            subject=f"Notice {number}",
            body="A body.\n",
            created_at=NOW,
            next_attempt_at=NOW,
        )
        for number in range(count)
    )


def test_a2_whatever_the_server_does_each_mail_arrives_or_is_shown(
    full_size_drill: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 5000 if full_size_drill else 150
    # The hang is cut by the same timeout, made short; test_a2_a_hang_is_cut_at_thirty_seconds uses the real one.
    monkeypatch.setattr(outgoing_mail, "CONNECTION_TIMEOUT", 0.3)
    _mails(count)
    chance = random.Random(2)
    rejected: set[str] = set()
    said: Counter[str] = Counter()

    def answer(message: EmailMessage) -> str:
        if message["Message-ID"] in rejected:
            said["asked again after 550"] += 1
        reply = chance.choices(["451 try later", DROP_AFTER_DATA, HANG, REJECTED, ACCEPT], weights=[20, 5, 1, 1, 73])[0]
        if reply == REJECTED:
            rejected.add(message["Message-ID"])
        said[reply] += 1
        return reply

    with running_mail_server(answer) as server:
        for minute in itertools.count():
            send_due_mail(clock=itertools.repeat(NOW + timedelta(minutes=minute)).__next__, worker="drill")
            if not OutgoingMail.objects.filter(status__in=[Status.PENDING, Status.CLAIMED]).exists():
                break
            assert minute < sum(RETRY_MINUTES), "some mail is tried for ever"
    sent = {message_id_of(mail) for mail in OutgoingMail.objects.filter(status=Status.SENT)}
    failed = {message_id_of(mail) for mail in failed_mails()}
    came = {str(message["Message-ID"]) for message in server.taken}
    assert len(sent | failed) == count
    assert sent <= came, "0 lost"
    assert failed == rejected
    assert said["asked again after 550"] == 0
    assert all("550" in mail.last_error for mail in failed_mails())
    print(f"\nA2: {count} mails, {dict(said)}: {len(sent)} sent, {len(failed)} shown, 0 lost, {minute + 1} runs")


@pytest.mark.skipif("not config.getoption('--drill-size') == 'full'", reason="takes the real thirty seconds")
def test_a2_a_hang_is_cut_at_thirty_seconds() -> None:
    _mails(1)
    with running_mail_server(lambda message: HANG):
        started = time.monotonic()
        send_due_mail(clock=lambda: NOW, worker="drill")
        took = time.monotonic() - started
    assert 29 < took < 33
    print(f"\nA2: a hang was cut after {took:.1f} s")
