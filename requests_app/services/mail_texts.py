"""Outgoing mails as rows, written out in words; nothing is sent here."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from requests_app.domain.notice_kinds import OF_THANKS
from requests_app.domain.notice_texts import TextCode
from requests_app.models import Employee, Notice, OutgoingMail
from requests_app.selectors.cover_words import CoverWords
from requests_app.selectors.mail_lines import LineWording, RequestLine, reads_words
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
    Notice.Kind.WITHDRAWN: TextCode.WITHDRAWN_HEADING,
    Notice.Kind.WATCHDOG: TextCode.WATCHDOG_HEADING,
    Notice.Kind.ABSENCE: TextCode.ABSENCE_HEADING,
    Notice.Kind.COVER: TextCode.COVER_HEADING,
    Notice.Kind.EXCUSAL: TextCode.EXCUSAL_HEADING,
    Notice.Kind.POLICY: TextCode.POLICY_HEADING,
    Notice.Kind.UNDELIVERED: TextCode.UNDELIVERED_HEADING,
    Notice.Kind.REPORT: TextCode.REPORT_HEADING,
    Notice.Kind.PULSE: TextCode.PULSE_HEADING,
    Notice.Kind.SUGGESTION: TextCode.SUGGESTION_HEADING,
    Notice.Kind.UNDECIDED: TextCode.UNDECIDED_HEADING,
    Notice.Kind.TRAINING: TextCode.TRAINING_HEADING,
    Notice.Kind.STALE_ANSWER: TextCode.STALE_ANSWER_HEADING,
    Notice.Kind.REFERRAL: TextCode.REFERRAL_HEADING,
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What a mail says of one notice; `line` leads to its request, and is None where there is none to open."""

    heading: str
    text: str
    in_place_of: str
    line: RequestLine | None
    is_to_accept: bool


def words_of(notice: Notice, *, at: datetime) -> NoticeWords:
    """Put one notice into the words of a mail, in the language in force."""
    service_request = notice.service_request
    # Thanks go to people who need not be able to open the request: words, and no line that leads there.
    is_led_there = service_request is not None and notice.kind not in OF_THANKS
    line = LineWording(now=at).line(service_request, notice.clock) if service_request and is_led_there else None
    return NoticeWords(
        heading=notice_texts(STAFF_LANGUAGE)[_HEADINGS[notice.kind]],
        text=_text(notice) if reads_words(notice) else "",  # a note on a confidential request stays here
        in_place_of=CoverWords(now=at).in_place_of(notice.in_place_of),
        line=line,
        is_to_accept=notice.kind == Notice.Kind.ESCALATED,
    )


def write_notice_mail(notice: Notice, *, at: datetime) -> OutgoingMail:
    """Write the mail that carries one notice by itself."""
    with translation.override(STAFF_LANGUAGE):
        words = words_of(notice, at=at)
        number = notice.service_request.number if notice.service_request else ""
        subject = f"{words.heading}: {number}" if number else words.heading
        footer = notice_texts(STAFF_LANGUAGE)[TextCode.FOOTER]
        body = render_to_string("emails/notice.txt", {"words": words, "footer": footer})
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
