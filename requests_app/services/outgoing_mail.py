"""Send what is waiting: claim, send outside any transaction, mark after the server took it."""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from requests_app.models import OutgoingMail
from requests_app.selectors.access import Actor
from requests_app.selectors.outgoing import mails_due
from requests_app.selectors.survey_links import body_with_links
from requests_app.services.events import record_audit
from requests_app.services.undelivered import tell_of_undelivered
from requests_app.services.waiting_mails import write_again

Clock = Callable[[], datetime]
Status = OutgoingMail.Status

LEASE = timedelta(minutes=2)
RUN_LIMIT = timedelta(seconds=50)
CONNECTION_TIMEOUT = 30  # seconds
# Minutes to wait after each failed attempt: a little under a day in all, then a person has to look.
RETRY_MINUTES = (1, 5, 15, 60, 120, 240, 240, 240, 240, 240)
_UNSAFE_IN_HEADER = re.compile(r"[\r\n\0]")

logger = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    POSTPONED = "postponed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an attempt failed; `is_permanent` for one that no repetition mends, `is_server` for one of every mail."""

    text: str
    is_permanent: bool
    is_server: bool = False


def send_due_mail(*, clock: Clock, worker: str) -> dict[str, int]:
    """Send the mails that are due for up to 50 seconds, and count the outcomes; any number of senders may run.

    A mail server that cannot be reached ends the run, so that its absence uses up one mail's attempt, not all.
    """
    counts = {outcome.value: 0 for outcome in Outcome}
    stop_at = clock() + RUN_LIMIT
    connection = get_connection(timeout=CONNECTION_TIMEOUT)
    while (now := clock()) < stop_at:
        mail = claim_mail(now=now, worker=worker)
        if mail is None:
            break
        fault = _transmit(mail, connection)
        outcome = _settle(mail, fault, at=clock(), worker=worker)
        counts[outcome] += 1
        if fault is not None and fault.is_server:
            break
    _hang_up(connection)
    return counts


@transaction.atomic
def claim_mail(*, now: datetime, worker: str) -> OutgoingMail | None:
    """Take the mail that waited longest, under a lease; nobody else sends it before the lease is over.

    A mail that keeps killing its sender is given up like one that keeps being refused.
    """
    mail = mails_due(now).select_for_update(of=("self",), skip_locked=True).first()
    if mail is None:
        return None
    if mail.attempts > len(RETRY_MINUTES):
        _give_up(mail, "The sender stopped each time while sending it.", at=now)
        return claim_mail(now=now, worker=worker)
    if mail.attempts == 0 and mail.next_attempt_at > mail.created_at:
        write_again([mail], at=now)  # it waited for its hour: tell how things stand now
    lease_until = now + LEASE
    # Compare and set: the lock is enough on PostgreSQL, this holds anywhere.
    claimed = OutgoingMail.objects.filter(pk=mail.pk, status=mail.status, attempts=mail.attempts).update(
        status=Status.CLAIMED,
        attempts=mail.attempts + 1,
        claimed_by=worker,
        lease_until=lease_until,
        next_attempt_at=lease_until,
    )
    mail.refresh_from_db()
    return mail if claimed else None


def message_of(mail: OutgoingMail) -> EmailMessage:
    """Build the message of a mail; the same row always gives the same Message-ID, so a repeat is recognisable.

    Raises ValueError for a header that would break out of its line, and for a mail to nobody.
    """
    if not mail.to_address or _UNSAFE_IN_HEADER.search(mail.subject + mail.to_address):
        raise ValueError("The mail has no address, or a header holds a line break or a NUL.")
    return EmailMessage(
        subject=mail.subject,
        body=body_with_links(mail),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to_address],
        headers={
            "Message-ID": message_id_of(mail),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def message_id_of(mail: OutgoingMail) -> str:
    """Give the Message-ID of a mail, from its row alone."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<notice-{mail.pk}-{mail.created_at.timestamp():.0f}@{domain}>"


@transaction.atomic
def retry_mail(*, mail_id: int, actor: Actor, at: datetime) -> None:
    """Put a mail that was given up back in the queue, from the first rung of the retry ladder."""
    mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id, status=Status.FAILED).first()
    if mail is not None:
        mail.status, mail.attempts, mail.next_attempt_at = Status.PENDING, 0, at
        mail.save(update_fields=["status", "attempts", "next_attempt_at"])
        record_audit("mail_retried", mail, actor=actor, at=at)


def _transmit(mail: OutgoingMail, connection: BaseEmailBackend) -> _Fault | None:
    """Hand a mail to the server; None means it took it (250)."""
    try:
        message = message_of(mail)
        connection.open()
    except ValueError as error:
        return _Fault(_say(error), is_permanent=True)
    except (smtplib.SMTPException, OSError) as error:
        return _Fault(_say(error), is_permanent=False, is_server=True)
    try:
        connection.send_messages([message])
    except Exception as error:
        _hang_up(connection)
        return _fault_of(error)
    return None


def _fault_of(error: Exception) -> _Fault:
    """Tell a fault of the moment from one of the mail itself."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _Fault(_say(error), is_permanent=all(500 <= code < 600 for code in codes))
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return _Fault(_say(error), is_permanent=False, is_server=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _Fault(_say(error), is_permanent=500 <= error.smtp_code < 600)
    is_permanent = isinstance(error, ValueError | smtplib.SMTPNotSupportedError)
    return _Fault(_say(error), is_permanent=is_permanent)


def _settle(mail: OutgoingMail, fault: _Fault | None, *, at: datetime, worker: str) -> Outcome:
    """Mark what became of a claimed mail; if the lease was lost meanwhile, whoever holds it now decides."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, status=Status.CLAIMED, claimed_by=worker, attempts=mail.attempts)
    if fault is None:
        mine.update(status=Status.SENT, sent_at=at, lease_until=None, last_error="")
        return Outcome.SENT
    logger.warning("mail_not_sent", mail_id=mail.pk, attempt=mail.attempts, error=fault.text)
    if fault.is_permanent or mail.attempts > len(RETRY_MINUTES):
        if mine.update(status=Status.FAILED, lease_until=None, last_error=fault.text):
            mail.last_error = fault.text
            tell_of_undelivered(mail, at=at)
        return Outcome.FAILED
    again_at = at + timedelta(minutes=RETRY_MINUTES[mail.attempts - 1])
    mine.update(status=Status.PENDING, next_attempt_at=again_at, lease_until=None, last_error=fault.text)
    return Outcome.POSTPONED


def _give_up(mail: OutgoingMail, reason: str, *, at: datetime) -> None:
    mail.status, mail.last_error, mail.lease_until = Status.FAILED, reason, None
    mail.save(update_fields=["status", "last_error", "lease_until"])
    tell_of_undelivered(mail, at=at)


def _hang_up(connection: BaseEmailBackend) -> None:
    with suppress(smtplib.SMTPException, OSError):
        connection.close()


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
