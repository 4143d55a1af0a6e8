"""What somebody proposes for themself, and what the sweep proposes while an absence lasts (III.b.ii.3, III.b.ii.4)."""

from datetime import datetime

import structlog
from django.db import transaction

from requests_app.domain.absences import AbsenceKind
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.workflow import Action
from requests_app.models import Absence, ExcusalProposal, ResponseClock
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.clocks import excused
from requests_app.selectors.excusals import CoverRule, excusable, settled
from requests_app.selectors.owners_then import owners_at
from requests_app.selectors.whereabouts import absences_on
from requests_app.services.absences import lock_absence
from requests_app.services.events import record_audit, record_event
from requests_app.services.excusal_proposals import propose_excusals, tell_deciders
from requests_app.services.transitions import request_for_action

logger = structlog.get_logger(__name__)


@transaction.atomic
def propose_excusal(*, clock_id: int, absence_id: int, note: str, actor: Actor, at: datetime) -> ExcusalProposal:
    """Propose an excuse for one's own late answer, out of one's own unforeseen absence.

    What the system proposed already gets the note. Raises ActionRefused for planned leave, for an absence that does
    not cover the due day or is somebody else's, and for what was decided.
    """
    absence = lock_absence(absence_id)
    request_id = ResponseClock.objects.values_list("service_request_id", flat=True).get(pk=clock_id)
    service_request, _to = request_for_action(request_id, Action.PROPOSE_EXCUSAL, actor=actor)
    if absence.employee_id != actor.employee_id:
        raise ActionRefused(Refusal.ROLE)
    if absence.kind == AbsenceKind.PLANNED:
        raise ActionRefused(Refusal.PLANNED_ABSENCE)
    clock = ResponseClock.objects.get(pk=clock_id)
    clock.service_request = service_request
    _check_clock(clock, absence, at=at)
    known = ExcusalProposal.objects.filter(absence=absence, clock=clock).first()
    if known is not None and known.decided_at is not None:
        raise ActionRefused(Refusal.PROPOSAL_DECIDED)
    proposal = _save(known, clock, absence, note=note, actor=actor, at=at)
    tell_deciders(absence, [proposal], at=at)
    return proposal


def propose_standing(*, now: datetime) -> int:
    """Propose what came to be covered by absences that last, drop what was answered in time, and say how many.

    May run twice, at once or not at all: each clock is proposed once.
    """
    proposed = 0
    standing = absences_on(now).filter(kind=AbsenceKind.UNFORESEEN)
    for absence_id in standing.order_by("pk").values_list("pk", flat=True):
        try:
            proposed += _propose_standing(absence_id, now=now)
        except Exception as error:  # one bad row never stops the rest
            logger.exception("excusals_not_proposed", absence_id=absence_id, error=str(error))
    _drop_settled(now=now)
    return proposed


@transaction.atomic
def _propose_standing(absence_id: int, *, now: datetime) -> int:
    absence = lock_absence(absence_id)
    return len(propose_excusals(absence, actor=SYSTEM, at=now, known_at=absence.recorded_at))


@transaction.atomic
def _drop_settled(*, now: datetime) -> None:
    """Withdraw the proposals whose answer came in time after all: it counts as met, and needs no excuse."""
    dropped = settled().update(withdrawn_at=now)
    if dropped:
        record_audit("excusal_withdrawn", ExcusalProposal, actor=SYSTEM, at=now, count=dropped)


def _check_clock(clock: ResponseClock, absence: Absence, *, at: datetime) -> None:
    mine = ResponseClock.objects.filter(pk=clock.pk)
    if not excusable(mine).exists():
        raise ActionRefused(Refusal.NOT_LATE)
    if excused(mine).exists():
        raise ActionRefused(Refusal.ALREADY_EXCUSED)
    owner_then = owners_at([clock.service_request], absence.recorded_at)[clock.service_request_id]
    was_theirs = owner_then == absence.employee_id and clock.recorded_at <= absence.recorded_at
    if not CoverRule(now=at).covers(absence, clock, was_theirs=was_theirs):
        raise ActionRefused(Refusal.NOT_COVERED)


def _save(
    known: ExcusalProposal | None, clock: ResponseClock, absence: Absence, *, note: str, actor: Actor, at: datetime
) -> ExcusalProposal:
    if known is not None:
        known.note, known.withdrawn_at = note, None
        known.save(update_fields=["note", "withdrawn_at"])
        proposal = known
    else:
        proposal = ExcusalProposal.objects.create(
            absence=absence,
            clock=clock,
            note=note,
            proposed_at=at,
            proposed_by=actor.employee,
            is_after_breach=clock.due_at is not None and absence.recorded_at > clock.due_at,
        )
    fields = {"clock": clock.pk, "absence": absence.pk, "proposal": proposal.pk}
    record_event(clock.service_request, EventKind.EXCUSAL_PROPOSED, actor=actor, at=at, text=note, fields=fields)
    return proposal
