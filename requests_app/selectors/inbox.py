"""One's own notices as the inbox shows them: beside the mail, never in its place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from requests_app.domain.notice_kinds import OF_THANKS
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Notice, NoticePreference, OutgoingMail, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.cover_words import CoverWords
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.mail_lines import reads_words
from requests_app.selectors.notice_log import NoticeLine, notice_lines
from requests_app.selectors.notice_words import TO_YOU, MailState, RungWords, mail_state_of
from requests_app.selectors.visibility import requests_visible_to

_STILL_NEWS = timedelta(days=30)
_MOST_UNDELIVERED = 20


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One notice as its recipient may read it now: no number, no words of a request they may no longer see."""

    notice: Notice
    heading: str
    when: str
    text: str
    service_request: ServiceRequest | None
    title: str
    due: DueView | None
    in_place_of: str
    mail: MailState | None

    @property
    def is_new(self) -> bool:
        """Say whether it was not marked as seen yet."""
        return self.notice.read_at is None

    @property
    def is_withheld(self) -> bool:
        """Say whether it is about a request its reader may no longer see; who is thanked need never have seen it."""
        is_thanks = self.notice.kind in OF_THANKS
        return self.notice.service_request_id is not None and self.service_request is None and not is_thanks


def notices_to(actor: Actor, *, unread_only: bool = False) -> QuerySet[Notice]:
    """Give an actor's own notices, newest first."""
    rows = Notice.objects.filter(recipient=actor.employee_id)
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    return rows.select_related("service_request", "clock", "firing", "mail", "in_place_of").order_by("-pk")


def inbox_rows(notices: list[Notice], *, actor: Actor, now: datetime) -> list[InboxRow]:
    """Put notices into words (at most four queries, whatever their number)."""
    about = {notice.service_request_id for notice in notices if notice.service_request_id is not None}
    visible = set(requests_visible_to(actor).filter(pk__in=about).values_list("pk", flat=True))
    due, covers, rungs = DueWording(now=now), CoverWords(now=now), RungWords()
    return [_row(notice, notice.service_request_id in visible, due, covers, rungs) for notice in notices]


def undelivered_in_care_of(actor: Actor, *, now: datetime) -> list[NoticeLine]:
    """Give the newest notices of the last 30 days whose mail was given up, on requests in what an actor leads."""
    led = actor.departments_as(Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
    if not led:
        return []
    rows = (
        Notice.objects.filter(
            mail__status=OutgoingMail.Status.FAILED,
            created_at__gte=now - _STILL_NEWS,
            service_request__in=requests_visible_to(actor).filter(department__in=led),
        )
        .exclude(recipient=actor.employee_id)
        .select_related("recipient", "mail", "firing", "in_place_of", "service_request")
    )
    return notice_lines(reversed(rows.order_by("-pk")[:_MOST_UNDELIVERED]))


def wants_news_daily(actor: Actor) -> bool:
    """Say whether somebody wants news gathered once a day."""
    return NoticePreference.objects.filter(employee=actor.employee_id, is_daily=True).exists()


def _row(notice: Notice, is_visible: bool, due: DueWording, covers: CoverWords, rungs: RungWords) -> InboxRow:
    service_request = notice.service_request if is_visible else None
    is_ordinary = service_request is not None and service_request.confidentiality == Confidentiality.ORDINARY
    clock = notice.clock if is_visible else None
    state = mail_state_of(notice.mail)
    return InboxRow(
        notice=notice,
        heading=str(TO_YOU[notice.kind]),
        when=rungs.when(notice),
        text=notice.text if reads_words(notice, may_see=is_visible) else "",
        service_request=service_request,
        title=service_request.title if service_request is not None and is_ordinary else "",
        due=due.of_clock(clock) if clock is not None else None,
        in_place_of=covers.in_place_of(notice.in_place_of),
        mail=state if state.tag == "over" else None,
    )
