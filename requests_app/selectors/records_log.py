"""The log of records requests: received, due, determined, extended, released or withheld (Gov. Code 7922.535)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from requests_app.domain.vocabulary import Milestone, RecordsOutcome, RequestKind, RevisionReason
from requests_app.models import ClockRevision, RecordsDetermination, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import overdue
from requests_app.selectors.keysets import Key, KeyKind, Segment, every_row
from requests_app.selectors.search import matching
from requests_app.selectors.visibility import requests_visible_to

_CHUNK = 200
_KEYS = (Key("received_at", KeyKind.INSTANT, descending=True), Key("pk", descending=True))


class LogState(StrEnum):
    """What a records request may be picked out by."""

    OWED = "owed"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    RELEASED = "released"
    PARTLY = "partly"
    WITHHELD = "withheld"
    NO_RECORDS = "no_records"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuestion:
    """Which records requests are asked for; local dates, both included."""

    words: str = ""
    state: LogState | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One records request as the log shows it."""

    number: str
    url: str
    title: str
    received_at: datetime
    due_at: datetime | None
    determined_at: datetime | None
    extended_to: date | None
    extension_reason: str
    outcome: str
    exemptions: str
    released_on: date | None
    page_count: int | None
    attorney_asked_on: date | None
    external_reference: str


def records_requests(actor: Actor, question: LogQuestion, *, now: datetime) -> QuerySet[ServiceRequest]:
    """Give the records requests an actor may see, of those asked for."""
    rows = requests_visible_to(actor).filter(matching(question.words, actor=actor), kind=RequestKind.RECORDS)
    if question.received_from:
        rows = rows.filter(received_at__gte=question.received_from)
    if question.received_before:
        rows = rows.filter(received_at__lt=question.received_before)
    return rows.filter(_in_state(question.state, now)) if question.state else rows


def log_segment(rows: QuerySet[ServiceRequest]) -> Segment:
    """Give the log as pages are cut from it, the newest first (four queries a page)."""
    extensions = ClockRevision.objects.filter(reason=RevisionReason.EXTENDED).order_by("number")
    clocks = (
        ResponseClock.objects.filter(milestone=Milestone.RECORDS_DETERMINATION)
        .order_by("-pk")
        .prefetch_related(Prefetch("revisions", queryset=extensions, to_attr="extensions"))
    )
    shown = rows.select_related("determination").prefetch_related(
        Prefetch("clocks", queryset=clocks, to_attr="determination_clocks")
    )
    return Segment(shown, _KEYS)


def log_lines(rows: Iterable[ServiceRequest]) -> Iterator[LogLine]:
    """Put rows of the log into words."""
    return (_line(row) for row in rows)


def every_log_line(rows: QuerySet[ServiceRequest]) -> Iterator[LogLine]:
    """Give the whole log, read in chunks."""
    return log_lines(every_row([log_segment(rows)], chunk_size=_CHUNK))


def _in_state(state: LogState, now: datetime) -> Q:
    clocks = ResponseClock.objects.filter(service_request=OuterRef("pk"), milestone=Milestone.RECORDS_DETERMINATION)
    if state is LogState.OWED:
        return Q(Exists(clocks.filter(verdict="open", stopped_by__isnull=True)))
    if state is LogState.OVERDUE:
        return Q(Exists(clocks.filter(overdue(now))))
    if state is LogState.EXTENDED:
        return Q(Exists(clocks.filter(revisions__reason=RevisionReason.EXTENDED)))
    return Q(determination__outcome=RecordsOutcome(state.value))


def _line(row: ServiceRequest) -> LogLine:
    clocks: list[Any] = getattr(row, "determination_clocks", [])
    clock = clocks[0] if clocks else None
    extensions = clock.extensions if clock else []
    known: RecordsDetermination | None = getattr(row, "determination", None)
    return LogLine(
        number=row.number,
        url=row.get_absolute_url(),
        title=row.title,
        received_at=row.received_at,
        due_at=clock.due_at if clock else None,
        determined_at=clock.met_at if clock else None,
        extended_to=clock.given_on if clock and extensions else None,
        extension_reason=extensions[-1].note if extensions else "",
        outcome=str(known.get_outcome_display()) if known else "",
        exemptions="; ".join(known.citations) if known else "",
        released_on=known.released_on if known else None,
        page_count=known.page_count if known else None,
        attorney_asked_on=known.attorney_asked_on if known else None,
        external_reference=row.external_reference,
    )
