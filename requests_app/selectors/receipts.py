"""The receipt of a contact: what it would say now, in which language, and the ones given before (III.a.iii)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill
from requests_app.domain.receipts import ReceiptRoute, receipt_lines
from requests_app.domain.wording import format_instant, language_of
from requests_app.models import Receipt, ResponseClock, ServiceRequest
from requests_app.selectors.choices import current_choices
from requests_app.selectors.contacts import response_clock_of
from requests_app.selectors.directory import phone_of
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.read_backs import read_back_of


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """What a receipt says: its subject, its sentences, and the answer-by date promised in them (UTC), if one is."""

    language: str
    subject: str
    lines: list[str]
    promised_for: datetime | None


def receipt_words(service_request: ServiceRequest, *, now: datetime) -> ReceiptWords:
    """Give the receipt in the customer's language, English where it is none of ours."""
    language = language_of(service_request.language)
    texts, today = notice_texts(language), timezone.localdate(now)
    clock = response_clock_of(service_request)
    zone = ZoneInfo(settings.TIME_ZONE)
    received = format_instant(service_request.received_at, time_zone=zone, language=language, today=today)
    lines = receipt_lines(
        received=received,
        read_back=read_back_of(service_request, clock, language=language, today=today),
        holidays_address=current_choices().holidays_address,
        phone=phone_of(service_request.department),
        texts=texts,
    )
    subject = fill(texts[TextCode.RECEIPT_SUBJECT], {"number": service_request.number})
    return ReceiptWords(language, subject, lines, _promised(clock))


def slip_of(service_request: ServiceRequest) -> Receipt | None:
    """Give the newest slip made for a request."""
    return Receipt.objects.filter(service_request=service_request, route=ReceiptRoute.SLIP).order_by("-pk").first()


def _promised(clock: ResponseClock | None) -> datetime | None:
    return clock.due_at if clock is not None and clock.stopped_by_id is None else None
