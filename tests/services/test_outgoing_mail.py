"""Mail is sent at least once, is never silently lost, and a repeat can be recognised."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from requests_app.models import AuditEntry, OutgoingMail
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.outgoing import failed_mails, unsent_mails
from requests_app.services import outgoing_mail
from requests_app.services.outgoing_mail import (
    LEASE,
    RETRY_MINUTES,
    claim_mail,
    message_id_of,
    retry_mail,
    send_due_mail,
)
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast
from tests.factories import NOW, ServiceRequestFactory, free_text_mail, start_clock_row
from tests.mail_server import DROP_AFTER_DATA, HANG, MailServer, free_port, running_mail_server

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as running:
        yield running


@pytest.fixture
def mail(db: None) -> OutgoingMail:
    return free_text_mail(to="alice@pinole.example", subject="Señal caída")


def send(at: datetime = NOW) -> dict[str, int]:
    return send_due_mail(clock=lambda: at, worker="test")


def test_a_real_server_gets_what_the_sweep_told(cast: Cast, server: MailServer) -> None:
    service_request = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, title="Lamp out at Árbol St", received_at=NOW - timedelta(days=4)
    )
    start_clock_row(service_request, due_at=NOW - timedelta(days=3))
    fire_due_stages(now=NOW)
    assert send() == {"sent": 2, "postponed": 0, "failed": 0}
    to_sam = next(message for message in server.taken if message["To"] == "sam@pinole.example")
    assert to_sam["Subject"] == "Waiting for an answer: 1 overdue"
    assert to_sam["From"] == "Pinole Service <service@pinole.example>"
    assert to_sam["Auto-Submitted"] == "auto-generated"
    assert to_sam["X-Auto-Response-Suppress"] == "All"
    body = to_sam.get_content()
    assert f"* {service_request.number}  Lamp out at Árbol St" in body
    assert "Answer by Fri 20 Nov, 2:10 pm (1 business day late), Alice Owner" in body
    assert f"/requests/{service_request.number}/" in body


def test_it_is_marked_once_the_server_took_it(mail: OutgoingMail, server: MailServer) -> None:
    send()
    send()
    mail.refresh_from_db()
    assert (mail.status, mail.sent_at, mail.attempts) == (OutgoingMail.Status.SENT, NOW, 1)
    assert [message["Subject"] for message in server.taken] == ["Señal caída"]
    assert server.taken[0]["Message-ID"] == message_id_of(mail)


def test_it_is_not_sent_before_its_time(mail: OutgoingMail, server: MailServer) -> None:
    assert send(NOW - MINUTE)["sent"] == 0


@pytest.mark.parametrize("reply", ["451 try later", "421 too busy", "452 full"])
def test_a_passing_refusal_is_tried_again_by_the_ladder(mail: OutgoingMail, server: MailServer, reply: str) -> None:
    server.answer = lambda message: reply
    assert send()["postponed"] == 1
    assert send(NOW + 59 * MINUTE / 60)["postponed"] == 0, "not before a minute has passed"
    server.answer = lambda message: "250 now it is well"
    assert send(NOW + MINUTE)["sent"] == 1
    first, second = server.seen
    assert first["Message-ID"] == second["Message-ID"]


def test_a_lasting_refusal_is_shown_to_a_person_and_not_repeated(mail: OutgoingMail, server: MailServer) -> None:
    server.answer = lambda message: "550 no such person"
    assert send()["failed"] == 1
    assert send(NOW + timedelta(days=1)) == {"sent": 0, "postponed": 0, "failed": 0}
    assert "550" in failed_mails().get().last_error


def test_after_a_day_of_passing_refusals_it_is_given_up(mail: OutgoingMail, server: MailServer) -> None:
    server.answer = lambda message: "451 try later"
    at = NOW
    for wait in RETRY_MINUTES:
        assert send(at)["postponed"] == 1
        at += wait * MINUTE
    assert send(at)["failed"] == 1
    assert timedelta(hours=20) < at - NOW < timedelta(hours=25)
    assert len(server.seen) == len(RETRY_MINUTES) + 1


def test_a_mail_given_up_can_be_put_back(mail: OutgoingMail, server: MailServer) -> None:
    server.answer = lambda message: "550 no such person"
    send()
    server.answer = lambda message: "250 moved back in"
    retry_mail(mail_id=mail.pk, actor=SYSTEM, at=NOW)
    assert send()["sent"] == 1
    assert AuditEntry.objects.filter(action="mail_retried").exists()


def test_a_connection_lost_after_the_data_repeats_recognisably(mail: OutgoingMail, server: MailServer) -> None:
    server.answer = lambda message: DROP_AFTER_DATA
    assert send()["postponed"] == 1
    server.answer = lambda message: "250 taken"
    assert send(NOW + MINUTE)["sent"] == 1
    assert len({message["Message-ID"] for message in server.taken}) == 1
    assert len(server.taken) == 2


def test_a_server_that_hangs_is_cut_off(
    mail: OutgoingMail, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing_mail, "CONNECTION_TIMEOUT", 0.5)
    server.answer = lambda message: HANG
    assert send()["postponed"] == 1
    mail.refresh_from_db()
    assert "timed out" in mail.last_error


def test_one_refused_mail_does_not_hold_up_the_next(db: None, server: MailServer) -> None:
    for name in ("bad", "good", "better"):
        free_text_mail(to=f"{name}@pinole.example")
    server.answer = lambda message: "550 no" if message["To"].startswith("bad") else "250 yes"
    assert send() == {"sent": 2, "postponed": 0, "failed": 1}


def test_a_server_that_is_away_costs_one_mail_one_attempt(db: None, settings: Settings) -> None:
    for name in ("first", "second", "third"):
        free_text_mail(to=f"{name}@pinole.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert send()["postponed"] == 1
    assert list(OutgoingMail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]


def test_a_claimed_mail_is_nobody_elses_until_its_lease_is_over(mail: OutgoingMail, server: MailServer) -> None:
    assert claim_mail(now=NOW, worker="killed") == mail
    assert send(NOW + LEASE - MINUTE)["sent"] == 0
    assert send(NOW + LEASE)["sent"] == 1


def test_a_sender_that_lost_its_lease_does_not_unmark_what_another_sent(mail: OutgoingMail, server: MailServer) -> None:
    readings = 0

    def clock() -> datetime:
        nonlocal readings
        readings += 1
        if readings == 3:  # the mail has gone out; before that is marked, somebody else takes it over
            OutgoingMail.objects.filter(pk=mail.pk).update(claimed_by="another", attempts=2)
        return NOW

    send_due_mail(clock=clock, worker="slow")
    mail.refresh_from_db()
    assert (mail.status, mail.claimed_by) == (OutgoingMail.Status.CLAIMED, "another")


def test_a_mail_that_keeps_killing_its_sender_is_given_up(mail: OutgoingMail) -> None:
    at = NOW
    for _ in range(len(RETRY_MINUTES) + 1):
        assert claim_mail(now=at, worker="killed") is not None
        at += LEASE
    assert claim_mail(now=at, worker="last") is None
    assert failed_mails().get() == mail


def test_a_run_stops_after_its_time(db: None, server: MailServer) -> None:
    for number in range(5):
        free_text_mail(to=f"person{number}@pinole.example")
    at = NOW

    def slow_clock() -> datetime:
        nonlocal at
        at += timedelta(seconds=10)
        return at

    assert send_due_mail(clock=slow_clock, worker="test")["sent"] == 2


@pytest.mark.parametrize("unsafe", ["two\nlines", "carriage\rreturn", "nul\0"])
def test_a_header_never_breaks_out_of_its_line(mail: OutgoingMail, server: MailServer, unsafe: str) -> None:
    mail.subject = unsafe
    with pytest.raises(ValueError, match="line break"):
        outgoing_mail.message_of(mail)


def test_an_unsafe_row_fails_and_the_rest_goes_on(db: None, server: MailServer) -> None:
    free_text_mail(to="", subject="to nobody")
    free_text_mail(to="alice@pinole.example")
    assert send() == {"sent": 1, "postponed": 0, "failed": 1}


def test_mail_that_waits_too_long_is_found(mail: OutgoingMail) -> None:
    assert unsent_mails(before=NOW - MINUTE).count() == 0
    assert unsent_mails(before=NOW + MINUTE).get() == mail


def test_a_weekly_digest_tells_how_things_stand_when_it_goes_out(cast: Cast, server: MailServer) -> None:
    tuesday = NOW - timedelta(days=6, hours=5)
    service_request = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=tuesday - timedelta(days=14)
    )
    clock = start_clock_row(service_request, due_at=tuesday - timedelta(days=8))
    fire_due_stages(now=tuesday)
    weekly = OutgoingMail.objects.get(recipient=cast.max)
    assert "answered since" not in weekly.body
    clock.stopped_by = service_request.interactions.create(
        direction="outbound", occurred_at=tuesday, recorded_at=tuesday
    )
    clock.save()
    send()
    to_max = next(message for message in server.taken if message["To"] == "max@pinole.example")
    assert "answered since" in to_max.get_content()


def test_the_file_backend_keeps_one_file_a_mail(mail: OutgoingMail, settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "requests_app.mail.eml_backend.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    send()
    OutgoingMail.objects.update(status=OutgoingMail.Status.PENDING)
    send(NOW + LEASE)
    (file,) = tmp_path.glob("*.eml")
    assert b"Auto-Submitted: auto-generated" in file.read_bytes()
