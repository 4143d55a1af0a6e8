"""Gather notices into mails: one mail a person, not one an item."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.metrics import ClockClass, classify
from requests_app.domain.notice_texts import TextCode
from requests_app.domain.vocabulary import Milestone
from requests_app.models import Notice, OutgoingMail, ServiceRequest, SweepRun
from requests_app.selectors.cover_words import CoverWords
from requests_app.selectors.mail_lines import LineWording, RequestLine
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.outgoing import gathered_notices, gathering_mails
from requests_app.services.mail_texts import STAFF_LANGUAGE, one_line

GATHERING = "gather_notices"
# A mail is for reading; the rest is a click away.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Parcel:
    """A notice not yet written, and when it may go out."""

    notice: Notice
    deliver_at: datetime


class _Whose(Enum):
    """Whose answer is owed: the reader's, somebody's in whose place they are told, or another's."""

    MINE = auto()
    COVERED = auto()
    OTHERS = auto()


_HEADINGS: dict[tuple[_Whose, bool], str | Promise] = {
    (_Whose.MINE, True): _("Overdue, and yours to answer"),
    (_Whose.MINE, False): _("Due, and yours to answer"),
    (_Whose.COVERED, True): _("Overdue, and yours to answer while somebody is away"),
    (_Whose.COVERED, False): _("Due, and yours to answer while somebody is away"),
    (_Whose.OTHERS, True): _("Overdue, and not answered yet"),
    (_Whose.OTHERS, False): _("Due, and not answered yet"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A request, who owns it, and in whose place the reader is told of it."""

    request: RequestLine
    owner: str
    in_place_of: str


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str | Promise
    names_owner: bool
    lines: Sequence[_Line]
    more: int


def carry(parcels: Sequence[Parcel], *, at: datetime) -> int:
    """Write the notices and the mails that carry them; a mail of the same person and hour takes further notices in.

    Call it in the transaction of the firings; those of two sweeps at once come one after the other here, so that
    what they have for one person meets in one mail.
    """
    if not parcels:
        return 0
    _wait_for_other_sweeps()
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


def _wait_for_other_sweeps() -> None:
    # A row nobody else locks: whoever waits for it holds nothing that the one ahead could want.
    SweepRun.objects.get_or_create(name=GATHERING)
    SweepRun.objects.select_for_update().get(name=GATHERING)


def write_out(mails: Iterable[OutgoingMail], *, at: datetime) -> None:
    """Write subject and body of gathered mails anew, from their notices and how their clocks stand now.

    Any other mail stays as it was written.
    """
    by_mail: dict[int, list[Notice]] = {mail.pk: [] for mail in mails}
    for notice in gathered_notices(by_mail):
        if notice.mail_id is not None:
            by_mail[notice.mail_id].append(notice)
    with translation.override(STAFF_LANGUAGE):
        wording, away, texts = LineWording(now=at), CoverWords(now=at), notice_texts(STAFF_LANGUAGE)
        around = {"lead": texts[TextCode.DIGEST_LEAD], "footer": texts[TextCode.FOOTER]}
        gathered = [mail for mail in mails if by_mail[mail.pk]]
        for mail in gathered:
            notices = _once_a_clock(by_mail[mail.pk])
            mail.subject = one_line(_subject(notices, at=at))
            mail.body = render_to_string(
                "emails/digest.txt", {"sections": _sections(notices, wording, away, at=at), **around}
            )
    OutgoingMail.objects.bulk_update(gathered, ["subject", "body"])


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
    """Count what still waits, by the classes of every report: what was answered or excused since is not among it."""
    kinds = Counter(_kind(notice, at=at) for notice in notices)
    counts = {"overdue": kinds[ClockClass.OVERDUE], "open": kinds[ClockClass.OPEN]}
    if counts["overdue"] and counts["open"]:
        return gettext("Waiting for an answer: %(overdue)d overdue, %(open)d not yet due") % counts
    if counts["overdue"]:
        return gettext("Waiting for an answer: %(overdue)d overdue") % counts
    if counts["open"]:
        return gettext("Waiting for an answer: %(open)d not yet due") % counts
    return gettext("Nothing waits any more: answered or excused since")


def _kind(notice: Notice, *, at: datetime) -> ClockClass:
    clock = notice.clock
    if clock is None:
        return ClockClass.OPEN
    is_excused: bool = notice.is_excused  # type: ignore[attr-defined]
    return classify(verdict=clock.verdict, due_at=clock.due_at, as_of=at, is_excused=is_excused)


def _sections(notices: Sequence[Notice], wording: LineWording, away: CoverWords, *, at: datetime) -> list[_Section]:
    sections = []
    left = MOST_LINES
    for (whose, is_late), heading in _HEADINGS.items():
        chosen = [notice for notice in notices if _whose(notice) is whose and (_due_at(notice) < at) is is_late]
        if chosen:
            shown = chosen[: max(left, 1)]
            left -= len(shown)
            lines = [_line(notice, notice.service_request, wording, away) for notice in shown if notice.service_request]
            sections.append(_Section(heading, whose is _Whose.OTHERS, lines, len(chosen) - len(shown)))
    return sections


def _line(notice: Notice, service_request: ServiceRequest, wording: LineWording, away: CoverWords) -> _Line:
    return _Line(
        wording.line(service_request, notice.clock),
        away.named(service_request.owner),
        away.in_place_of(notice.in_place_of),
    )


def _whose(notice: Notice) -> _Whose:
    is_reminder = notice.kind == Notice.Kind.REMINDER
    if notice.clock is not None and notice.clock.milestone == Milestone.ESCALATION_ACCEPTED:
        # Whoever received it accepts it, whoever owns the request.
        return _Whose.MINE if is_reminder else _Whose.OTHERS
    if notice.service_request is not None and notice.service_request.owner_id == notice.recipient_id:
        return _Whose.MINE
    return _Whose.COVERED if is_reminder and notice.in_place_of_id is not None else _Whose.OTHERS
