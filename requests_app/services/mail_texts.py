"""Outgoing mails as rows, written out in words; nothing is sent here."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from requests_app.domain.notice_texts import TextCode
from requests_app.models import Employee, Notice, OutgoingMail
from requests_app.selectors.cover_words import CoverWords
from requests_app.selectors.mail_lines import LineWording
from requests_app.selectors.notice_texts import notice_texts

# Staff read English; what goes to a customer is written in the customer's language.
STAFF_LANGUAGE = "en"
_SUBJECT_LENGTH = 200
# Reminders and digests are gathered (see digests) and have a subject that counts.
_HEADINGS: dict[str, TextCode] = {
    Notice.Kind.NUDGE: TextCode.NUDGE_HEADING,
    Notice.Kind.ASSIGNED: TextCode.ASSIGNED_HEADING,
    Notice.Kind.UNOWNED: TextCode.UNOWNED_HEADING,
    Notice.Kind.CONSULTED: TextCode.CONSULTED_HEADING,
    Notice.Kind.RELIEVED: TextCode.RELIEVED_HEADING,
    Notice.Kind.ESCALATED: TextCode.ESCALATED_HEADING,
    Notice.Kind.ESCALATION: TextCode.ESCALATION_HEADING,
    Notice.Kind.THANKED: TextCode.THANKED_HEADING,
    Notice.Kind.WATCHDOG: TextCode.WATCHDOG_HEADING,
    Notice.Kind.ABSENCE: TextCode.ABSENCE_HEADING,
    Notice.Kind.COVER: TextCode.COVER_HEADING,
    Notice.Kind.EXCUSAL: TextCode.EXCUSAL_HEADING,
    Notice.Kind.UNDELIVERED: TextCode.UNDELIVERED_HEADING,
}


def write_notice_mail(notice: Notice, *, at: datetime) -> OutgoingMail:
    """Write the mail that carries one notice by itself."""
    with translation.override(STAFF_LANGUAGE):
        texts = notice_texts(STAFF_LANGUAGE)
        heading = texts[_HEADINGS[notice.kind]]
        service_request = notice.service_request
        # Thanks go to people who need not be able to open the request: words, and no line that leads there.
        is_led_there = service_request is not None and notice.kind != Notice.Kind.THANKED
        line = LineWording(now=at).line(service_request, notice.clock) if service_request and is_led_there else None
        text = _text(notice) if line is None or line.title else ""  # a note on a confidential request stays here
        subject = f"{heading}: {service_request.number}" if service_request else heading
        covered = CoverWords(now=at).in_place_of(notice.in_place_of)
        around = {"heading": heading, "text": text, "in_place_of": covered, "footer": texts[TextCode.FOOTER]}
        is_to_accept = notice.kind == Notice.Kind.ESCALATED
        body = render_to_string("emails/notice.txt", {**around, "line": line, "is_to_accept": is_to_accept})
    return new_mail(notice.recipient, subject=subject, body=body, at=at)


def _text(notice: Notice) -> str:
    if notice.kind == Notice.Kind.NUDGE and notice.text:
        return gettext("Sent by %(name)s") % {"name": notice.text}
    return notice.text


def new_mail(recipient: Employee, *, subject: str, body: str, at: datetime) -> OutgoingMail:
    """Write a mail to somebody on the roster, due at once."""
    return new_mail_to(recipient.email, recipient=recipient, subject=subject, body=body, at=at)


def new_mail_to(
    address: str, *, recipient: Employee | None = None, subject: str, body: str, at: datetime
) -> OutgoingMail:
    """Write a mail to an address, due at once; without a recipient it goes to somebody outside."""
    return OutgoingMail.objects.create(
        to_address=address,
        recipient=recipient,
        subject=one_line(subject),
        body=body.strip() + "\n",
        created_at=at,
        next_attempt_at=at,
    )


def one_line(text: str) -> str:
    """Make a text fit for a header: one line, no control characters, not too long."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:_SUBJECT_LENGTH]
