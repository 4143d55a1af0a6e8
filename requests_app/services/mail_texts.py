"""Outgoing mails as rows, written out in words; nothing is sent here."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.models import Employee, Notice, OutgoingMail
from requests_app.selectors.mail_lines import LineWording

# Staff read English; what goes to a customer is written in the customer's language.
STAFF_LANGUAGE = "en"
_SUBJECT_LENGTH = 200
_HEADINGS: dict[str, str | Promise] = {
    Notice.Kind.REMINDER: _("An answer is due"),
    Notice.Kind.DIGEST: _("Late answers"),
    Notice.Kind.NUDGE: _("You are reminded of a request"),
    Notice.Kind.ASSIGNED: _("A request was given to you"),
    Notice.Kind.UNOWNED: _("Nobody took a request; it is yours now"),
    Notice.Kind.WATCHDOG: _("Morning check: something needs an administrator"),
}


def write_notice_mail(notice: Notice, *, at: datetime) -> OutgoingMail:
    """Write the mail that carries one notice by itself."""
    with translation.override(STAFF_LANGUAGE):
        heading = str(_HEADINGS[notice.kind])
        service_request = notice.service_request
        line = LineWording(now=at).line(service_request, notice.clock) if service_request else None
        text = _text(notice) if line is None or line.title else ""  # a note on a confidential request stays here
        subject = f"{heading}: {service_request.number}" if service_request else heading
        body = render_to_string("emails/notice.txt", {"heading": heading, "text": text, "line": line})
    return new_mail(notice.recipient, subject=subject, body=body, at=at)


def _text(notice: Notice) -> str:
    if notice.kind == Notice.Kind.NUDGE and notice.text:
        return gettext("Sent by %(name)s") % {"name": notice.text}
    return notice.text


def new_mail(recipient: Employee, *, subject: str, body: str, at: datetime) -> OutgoingMail:
    """Write a mail that is due at once."""
    return OutgoingMail.objects.create(
        to_address=recipient.email,
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
