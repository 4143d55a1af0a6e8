"""Who was told what of a request, when, on which rung, in whose place, and whether the mail arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from requests_app.models import Notice, ServiceRequest
from requests_app.selectors.notice_words import TO_THEM, MailState, RungWords, mail_state_of


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the log; `sent_at` is when the mail server took it, `waits_until` when it is to go."""

    at: datetime
    who: str
    in_place_of: str
    what: str
    rung: str
    state: MailState
    about: ServiceRequest | None = None

    @property
    def sent_at(self) -> datetime | None:
        """Give when the mail left."""
        return self.state.mail.sent_at if self.state.mail else None

    @property
    def waits_until(self) -> datetime | None:
        """Give when a mail that waits is tried next."""
        mail = self.state.mail
        return mail.next_attempt_at if mail is not None and self.state.is_waiting else None


def notices_about(service_request: ServiceRequest) -> QuerySet[Notice]:
    """Give the notices of a request, oldest first, with everybody and every mail they name (one query)."""
    rows = Notice.objects.filter(service_request=service_request)
    return rows.select_related("recipient", "mail", "firing", "clock", "in_place_of").order_by("pk")


def notice_lines(
    notices: Iterable[Notice], *, is_masked: bool = False, rungs: RungWords | None = None
) -> list[NoticeLine]:
    """Put notices into lines, the newest first; an auditor reads them without names, and rungs cost one query."""
    lines = [_line(notice, is_masked=is_masked, rungs=rungs) for notice in notices]
    return lines[::-1]


def _line(notice: Notice, *, is_masked: bool, rungs: RungWords | None) -> NoticeLine:
    instead = notice.in_place_of
    return NoticeLine(
        at=notice.created_at,
        who=gettext("Name withheld") if is_masked else notice.recipient.name,
        in_place_of=instead.name if instead is not None and not is_masked else "",
        what=str(TO_THEM.get(notice.kind) or notice.get_kind_display()),
        rung=rungs.rung(notice) if rungs else "",
        state=mail_state_of(notice.mail),
        about=notice.service_request,
    )
