"""The board of complaints: how far each has come, and what is owed next (III.b.v.1, III.b.v.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import Phase
from requests_app.domain.vocabulary import RequestKind, Verdict
from requests_app.models import Escalation, FollowUp, ResponseClock, ServiceRequest
from requests_app.models.escalations import RUNNING
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.complaint_page import DutyWords, duty_clock, owed_by_milestone, progress_of, words_of
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.visibility import requests_read_by

FINISHED_FOR = timedelta(days=30)
MOST_CARDS = 300  # a board, not an archive: the nearest answer-by dates are on it
PHASES: Mapping[Phase, str | Promise] = {
    Phase.RECEIVED: _("Received"),
    Phase.ACKNOWLEDGED: _("Acknowledged"),
    Phase.INVESTIGATING: _("Looked into"),
    Phase.ANSWERED: _("Answered"),
    Phase.FOLLOWED_UP: _("Followed up"),
}


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One complaint on the board."""

    service_request: ServiceRequest
    phase: Phase
    next: DutyWords | None
    due: DueView | None
    due_at: datetime | None
    stage: int
    is_escalated: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """How far some have come."""

    phase: Phase
    label: str | Promise
    cards: list[BoardCard]


@dataclass(frozen=True, slots=True)
class Board:
    """The five columns, in order; `total` counts those that are on no card too."""

    columns: list[BoardColumn]
    total: int

    @property
    def cards(self) -> list[BoardCard]:
        """Give the cards in the order of the columns."""
        return [card for column in self.columns for card in column.cards]


def board_rows(actor: Actor, *, department_id: int | None, now: datetime) -> QuerySet[ServiceRequest]:
    """Give the complaints the actor may read that are unfinished, or were followed up lately."""
    heard = FollowUp.objects.filter(complaint__service_request=OuterRef("pk")).exclude(outcome="")
    lately = Q(closed_at__gte=now - FINISHED_FOR) & Exists(heard)
    rows = requests_read_by(actor).filter(
        Q(closed_at__isnull=True) | lately, kind=RequestKind.COMPLAINT, complaint__isnull=False
    )
    if department_id is not None:
        rows = rows.filter(department__in=divisions_of([department_id], parents_of_departments()))
    return rows


def board_of(rows: QuerySet[ServiceRequest], *, wording: DueWording) -> Board:
    """Lay the complaints out by how far they have come, the nearest answer-by date first (three queries)."""
    owed = ResponseClock.objects.filter(verdict=Verdict.OPEN, stopped_by__isnull=True)
    found = (
        rows.select_related("owner", "department", "complaint")
        .annotate(is_escalated=Exists(Escalation.objects.filter(service_request=OuterRef("pk"), **RUNNING)))
        .prefetch_related(Prefetch("clocks", queryset=owed, to_attr="owed_clocks"))
        .order_by(F("answer_by_at").asc(nulls_last=True), "-closed_at", "pk")
    )
    cards = [_card(row, wording) for row in found[:MOST_CARDS]]
    columns = [
        BoardColumn(phase, label, [card for card in cards if card.phase is phase]) for phase, label in PHASES.items()
    ]
    return Board(columns, total=len(cards) if len(cards) < MOST_CARDS else rows.count())


def _card(row: ServiceRequest, wording: DueWording) -> BoardCard:
    owed = owed_by_milestone(row.owed_clocks)  # type: ignore[attr-defined]  # prefetched
    progress = progress_of(row.complaint, owed)
    clock = duty_clock(progress, owed)
    return BoardCard(
        service_request=row,
        phase=progress.phase,
        next=words_of(progress),
        due=wording.of_clock(clock) if clock else None,
        due_at=clock.due_at if clock else None,
        stage=row.complaint.stage,
        is_escalated=row.is_escalated,  # type: ignore[attr-defined]  # annotated
    )
