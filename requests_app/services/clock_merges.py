"""What becomes of two requests' clocks when one is merged into the other: merging can never hide lateness."""

from datetime import datetime

from requests_app.domain.vocabulary import RevisionReason, Verdict
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.models.clocks import FACT_FIELDS
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import last_fired_at, latest_trace
from requests_app.services.clocks import end_clock, revise_clock, schedule_stages


def merge_clock(clock: ResponseClock, *, winner: ServiceRequest, actor: Actor, at: datetime) -> ResponseClock:
    """End a loser's open clock as merged; the winner keeps the earlier start and the earlier due instant.

    A winner without an open clock of that milestone takes the loser's over. Verdicts reached stay where they are.
    """
    kept = (
        ResponseClock.objects.select_for_update()
        .filter(service_request=winner, milestone=clock.milestone, verdict=Verdict.OPEN)
        .first()
    )
    trace: list[dict[str, object]] = []
    if kept is None or _is_due_earlier(clock, kept):
        trace = latest_trace(clock)
    kept = _taken_over(clock, winner=winner, at=at) if kept is None else _keeping_earlier(kept, clock)
    fired = [fired_at for fired_at in (last_fired_at(clock), last_fired_at(kept)) if fired_at]
    schedule_stages(kept, after=max(fired, default=None))
    kept.save()
    end_clock(clock, Verdict.MERGED, at=at)
    clock.merged_into = kept
    clock.save()
    revise_clock(clock, reason=RevisionReason.MERGED, actor=actor, at=at, note=winner.number)
    revise_clock(kept, reason=RevisionReason.TAKEN_OVER, actor=actor, at=at, trace=trace)
    return kept


def _is_due_earlier(clock: ResponseClock, other: ResponseClock) -> bool:
    return clock.due_at is not None and (other.due_at is None or clock.due_at < other.due_at)


def _keeping_earlier(kept: ResponseClock, clock: ResponseClock) -> ResponseClock:
    if _is_due_earlier(clock, kept):
        kept.due_at, kept.undated_reason = clock.due_at, ""
        kept.calendar_version_id = clock.calendar_version_id
    kept.started_at = min(kept.started_at, clock.started_at)
    return kept


def _taken_over(clock: ResponseClock, *, winner: ServiceRequest, at: datetime) -> ResponseClock:
    facts = {name: getattr(clock, name) for name in FACT_FIELDS}
    facts["department"] = winner.department
    return ResponseClock(
        service_request=winner,
        milestone=clock.milestone,
        clause=clock.clause,
        is_from_colleague=clock.is_from_colleague,
        recorded_at=at,
        started_by=clock.started_by,
        stopped_by=clock.stopped_by,
        calling_again_count=clock.calling_again_count,
        **facts,
    )
