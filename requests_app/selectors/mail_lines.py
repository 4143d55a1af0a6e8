"""A request as one line of a mail to staff: enough to act on, nothing that should not travel."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.notice_kinds import OF_THANKS
from requests_app.domain.vocabulary import Confidentiality, Verdict
from requests_app.domain.wording import Style, format_instant, format_relative_due
from requests_app.models import Notice, ResponseClock, ServiceRequest
from requests_app.selectors.standards import response_calendar_version


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What a mail says of one request; the title stays out of it unless the request is an ordinary one."""

    number: str
    title: str
    owner: str
    answer_by: str
    how_long: str
    is_answered: bool
    link: str


class LineWording:
    """Lines as seen at `now`, in the language in force; reads the response calendar once."""

    def __init__(self, *, now: datetime) -> None:
        version = response_calendar_version()
        self._calendar: BusinessCalendar | None = version.business_calendar() if version else None
        self._now = now
        self._language = get_language() or "en"

    def line(self, service_request: ServiceRequest, clock: ResponseClock | None = None) -> RequestLine:
        """Describe a request by one of its clocks, or else by its earliest answer-by date."""
        due_at = clock.due_at if clock else service_request.answer_by_at
        is_ordinary = service_request.confidentiality == Confidentiality.ORDINARY
        return RequestLine(
            number=service_request.number,
            title=service_request.title if is_ordinary else "",
            owner=service_request.owner.name if service_request.owner else "",
            answer_by=self._instant(due_at) if due_at else "",
            how_long=self._how_long(due_at) if due_at else "",
            is_answered=clock is not None and (clock.verdict != Verdict.OPEN or clock.stopped_by_id is not None),
            link=f"{settings.PUBLIC_URL.rstrip('/')}{service_request.get_absolute_url()}",
        )

    def _instant(self, due_at: datetime) -> str:
        # A closing at midnight belongs to the day it ends, and reads so only in full; one minute less says the same.
        shown_at = due_at - timedelta(minutes=1) if timezone.localtime(due_at).strftime("%H%M") == "0000" else due_at
        return format_instant(
            shown_at,
            time_zone=timezone.get_default_timezone(),
            language=self._language,
            today=timezone.localdate(self._now),
            style=Style.SHORT,
        )

    def _how_long(self, due_at: datetime) -> str:
        if self._calendar is None:
            return ""
        return format_relative_due(self._calendar, due_at=due_at, now=self._now, language=self._language)


def reads_words(notice: Notice, *, may_see: bool = True) -> bool:
    """Say whether the words of a notice may be told: not those on a confidential request, nor on one out of sight.

    Thanks are words meant for their reader, who need not be able to open the request.
    """
    service_request = notice.service_request
    if service_request is None or notice.kind in OF_THANKS:
        return True
    return may_see and service_request.confidentiality == Confidentiality.ORDINARY
