"""Notices: rows first, mails later; each is told once, whatever asks for it again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.models import Employee, Notice, ResponseClock, ServiceRequest
from requests_app.selectors.recipients import may_receive
from requests_app.services.mail_texts import write_notice_mail
from requests_app.services.news_mails import gather, write_news


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEntry:
    """One thing to tell one person. `dedupe_key` names the occasion: the same key is told once."""

    kind: Notice.Kind
    recipient: Employee
    dedupe_key: str
    text: str
    service_request: ServiceRequest | None = None
    clock: ResponseClock | None = None
    in_place_of: Employee | None = None  # who is away
    is_addressed: bool = False  # words meant for this person, who need not be able to open the request


@transaction.atomic
def queue_notice(entry: NoticeEntry, *, at: datetime) -> Notice | None:
    """Write a notice with the mail that carries it, or news into the one of the day; the sender takes it from there.

    Gives None, and writes nothing, for somebody who has left, cannot be reached by mail or may not see the
    request. Asking again with the same key gives the first notice back.
    """
    known = Notice.objects.filter(dedupe_key=entry.dedupe_key).first()
    if known is not None:
        return known
    if not may_receive(entry.recipient, None if entry.is_addressed else entry.service_request, now=at):
        return None
    notice, is_new = Notice.objects.get_or_create(
        dedupe_key=entry.dedupe_key,
        defaults={
            "kind": entry.kind,
            "recipient": entry.recipient,
            "service_request": entry.service_request,
            "clock": entry.clock,
            "in_place_of": entry.in_place_of,
            "text": entry.text,
            "created_at": at,
        },
    )
    if is_new:
        gathered = gather(notice, at=at)
        notice.mail = gathered or write_notice_mail(notice, at=at)
        notice.save(update_fields=["mail"])
        if gathered is not None:
            write_news([gathered], at=at)
    return notice
