"""Gather notices into mails: one mail a person, not one an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.vocabulary import Milestone
from requests_app.models import Notice, OutgoingMail
from requests_app.selectors.mail_lines import LineWording, RequestLine
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.outgoing import gathering_mails, notices_of
from requests_app.services.mail_texts import STAFF_LANGUAGE, one_line

# A mail is for reading; the rest is a click away.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Parcel:
    """A notice not yet written, and when it may go out."""

    notice: Notice
    deliver_at: datetime


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str | Promise
    names_owner: bool
    lines: Sequence[RequestLine]
    more: int


def carry(parcels: Sequence[Parcel], *, at: datetime) -> int:
    """Write the notices and the mails that carry them; a mail of the same person and hour takes further notices in.

    Call it in the transaction of the firings.
    """
    wanted = {(parcel.notice.recipient_id, parcel.deliver_at) for parcel in parcels}
    mails = {(mail.recipient_id, mail.next_attempt_at): mail for mail in gathering_mails(wanted)}
    fresh = [
        _empty_mail(parcel, at=at)
        for parcel in {(each.notice.recipient_id, each.deliver_at): each for each in parcels}.values()
        if (parcel.notice.recipient_id, parcel.deliver_at) not in mails
    ]
    for mail in OutgoingMail.objects.bulk_create(fresh):
        mails[mail.recipient_id, mail.next_attempt_at] = mail
    for parcel in parcels:
        parcel.notice.mail = mails[parcel.notice.recipient_id, parcel.deliver_at]
    Notice.objects.bulk_create(parcel.notice for parcel in parcels)
    write_out([mails[key] for key in wanted], at=at)
    return len(parcels)


def write_out(mails: Iterable[OutgoingMail], *, at: datetime) -> None:
    """Write subject and body of gathered mails anew, from their notices and how their clocks stand now."""
    by_mail: dict[int, list[Notice]] = {mail.pk: [] for mail in mails}
    for notice in notices_of(by_mail):
        if notice.mail_id is not None:
            by_mail[notice.mail_id].append(notice)
    with translation.override(STAFF_LANGUAGE):
        wording, texts = LineWording(now=at), notice_texts(STAFF_LANGUAGE)
        around = {"lead": texts[TextCode.DIGEST_LEAD], "footer": texts[TextCode.FOOTER]}
        for mail in mails:
            notices = _once_a_clock(by_mail[mail.pk])
            mail.subject = one_line(_subject(notices, at=at))
            mail.body = render_to_string(
                "emails/digest.txt", {"sections": _sections(notices, wording, at=at), **around}
            )
    OutgoingMail.objects.bulk_update(mails, ["subject", "body"])


def _empty_mail(parcel: Parcel, *, at: datetime) -> OutgoingMail:
    recipient = parcel.notice.recipient
    return OutgoingMail(
        to_address=recipient.email, recipient=recipient, created_at=at, next_attempt_at=parcel.deliver_at
    )


def _once_a_clock(notices: Iterable[Notice]) -> list[Notice]:
    first = {notice.clock_id: notice for notice in notices}
    return sorted(first.values(), key=lambda notice: (_due_at(notice), notice.clock_id or 0))


def _due_at(notice: Notice) -> datetime:
    due_at = notice.clock.due_at if notice.clock else None
    return due_at or notice.created_at


def _subject(notices: Sequence[Notice], *, at: datetime) -> str:
    late = sum(_due_at(notice) < at for notice in notices)
    due = len(notices) - late
    if late and due:
        return gettext("Waiting for an answer: %(late)d late, %(due)d due") % {"late": late, "due": due}
    if late:
        return gettext("Waiting for an answer: %(late)d late") % {"late": late}
    return gettext("Waiting for an answer: %(due)d due") % {"due": due}


def _sections(notices: Sequence[Notice], wording: LineWording, *, at: datetime) -> list[_Section]:
    headings: dict[tuple[bool, bool], str | Promise] = {
        (True, True): _("Late, and yours to answer"),
        (True, False): _("Due, and yours to answer"),
        (False, True): _("Late, and not answered yet"),
        (False, False): _("Due, and not answered yet"),
    }
    sections = []
    left = MOST_LINES
    for (is_mine, is_late), heading in headings.items():
        chosen = [notice for notice in notices if _is_mine(notice) is is_mine and (_due_at(notice) < at) is is_late]
        if chosen:
            shown = chosen[: max(left, 1)]
            left -= len(shown)
            lines = [wording.line(notice.service_request, notice.clock) for notice in shown if notice.service_request]
            sections.append(_Section(heading, not is_mine, lines, len(chosen) - len(shown)))
    return sections


def _is_mine(notice: Notice) -> bool:
    if notice.clock is not None and notice.clock.milestone == Milestone.ESCALATION_ACCEPTED:
        return notice.kind == Notice.Kind.REMINDER  # whoever received it accepts it, whoever owns the request
    return notice.service_request is not None and notice.service_request.owner_id == notice.recipient_id
