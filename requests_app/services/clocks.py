"""Start, stop, cancel and date response clocks (III.b.ii.3, III.b.ii.4)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.verdicts import is_recorded_late, judge
from requests_app.domain.vocabulary import AnswerKind, Channel, Milestone, RevisionReason, Verdict
from requests_app.models import ClockRevision, Interaction, ResponseClock, ServiceRequest
from requests_app.models.clocks import FACT_FIELDS
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.clocks import datable_clocks, last_fired_at
from requests_app.selectors.due_dates import DueDate, due_again, due_by_promise, due_by_standard, minutes_to_answer
from requests_app.selectors.ladder import next_stage_at
from requests_app.selectors.standards import standard_for
from requests_app.services.events import record_event


def start_clock(
    service_request: ServiceRequest,
    *,
    milestone: Milestone,
    interaction: Interaction,
    actor: Actor,
    promised_on: date | None = None,
) -> ResponseClock:
    """Start a clock with its due instant and trace, from the contact or the promise that is owed it.

    Judged by the standard in force at receipt. Without a confirmed calendar the clock is stored undated, with the
    reason; the sweep dates it later. An imported request has no department and carries no clock: ValueError.
    """
    if service_request.department_id is None:
        raise ValueError("An imported request carries no clock.")
    channel = Channel(interaction.channel or service_request.channel)  # an internal note has none of its own
    standard = standard_for(
        milestone,
        channel=channel,
        is_from_colleague=service_request.is_from_colleague and milestone is Milestone.RESPONSE,
        received_on=timezone.localdate(interaction.occurred_at),
    )
    if promised_on is None:
        due = due_by_standard(standard, started_at=interaction.occurred_at)
    else:
        due = due_by_promise(standard, promised_on=promised_on)
    clock = ResponseClock(
        service_request=service_request,
        milestone=milestone,
        clause=standard.clause,
        standard=standard,
        channel=channel,
        is_from_colleague=service_request.is_from_colleague,
        department_id=service_request.department_id,
        started_at=interaction.occurred_at,
        started_by=interaction,
        given_on=promised_on,
        recorded_at=interaction.recorded_at,
    )
    set_due(clock, due)
    schedule_stages(clock, after=None)
    clock.save(force_insert=True)
    revise_clock(clock, reason=RevisionReason.STARTED, actor=actor, at=interaction.recorded_at, trace=due.trace)
    return clock


def stop_clock(clock: ResponseClock, *, interaction: Interaction, actor: Actor, on_the_spot: bool = False) -> None:
    """Store the verdict of a clock from when its answer was given; an undated clock waits for its date."""
    clock.stopped_by = interaction
    clock.is_holding_only = interaction.answer == AnswerKind.HOLDING
    clock.is_answered_on_the_spot = on_the_spot
    conclude(clock, at=interaction.recorded_at)
    clock.save()
    revise_clock(clock, reason=RevisionReason.ANSWERED, actor=actor, at=interaction.recorded_at)


def cancel_clock(clock: ResponseClock, *, reason: str, actor: Actor, at: datetime) -> None:
    """End a clock that nobody needs to keep, with its reason; it is counted apart."""
    end_clock(clock, Verdict.CANCELLED, at=at)
    clock.ended_reason = reason
    clock.save()
    revise_clock(clock, reason=RevisionReason.CANCELLED, actor=actor, at=at, note=reason)


def hand_over_clock(clock: ResponseClock, *, department_id: int, actor: Actor, at: datetime) -> None:
    """Let an open clock follow its request to another department; its due instant stays."""
    clock.department_id = department_id
    clock.save(update_fields=["department"])
    revise_clock(clock, reason=RevisionReason.TRANSFERRED, actor=actor, at=at)


def refresh_answer_by(service_request: ServiceRequest) -> None:
    """Repeat the earliest due instant of the unanswered clocks on the request, for its lists.

    Who has to accept an escalation has a list of their own: it is no answer that the owner owes (III.b.v.2).
    """
    owed = ResponseClock.objects.filter(
        service_request=service_request, verdict=Verdict.OPEN, stopped_by__isnull=True
    ).exclude(milestone=Milestone.ESCALATION_ACCEPTED)
    service_request.answer_by_at = owed.aggregate(earliest=Min("due_at"))["earliest"]
    service_request.save(update_fields=["answer_by_at"])


def date_undated_clocks(*, now: datetime, limit: int = 500) -> int:
    """Date the clocks that waited for a calendar; an answer already given gets its verdict. Safe to run again."""
    dated = 0
    for clock_id in datable_clocks().values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            dated += _date_clock(clock_id, now=now)
    return dated


def lock_request_of(clock_id: int) -> None:
    """Lock the request of a clock before the clock itself: whoever answers locks them in this order too."""
    ServiceRequest.objects.select_for_update(of=("self",)).get(clocks=clock_id)


def revise_clock(
    clock: ResponseClock,
    *,
    reason: RevisionReason,
    actor: Actor,
    at: datetime,
    trace: list[dict[str, object]] | None = None,
    note: str = "",
) -> ClockRevision:
    """Keep all facts of a clock as known from now on; earlier revisions stay."""
    facts = {name: getattr(clock, name) for name in FACT_FIELDS}
    return ClockRevision.objects.create(
        clock=clock,
        number=1 if reason is RevisionReason.STARTED else clock.revisions.count() + 1,
        reason=reason,
        note=note[:300],
        trace=trace or [],
        recorded_at=at,
        recorded_by=actor.employee,
        **facts,
    )


def set_due(clock: ResponseClock, due: DueDate) -> None:
    """Put a worked-out due instant, or the reason why there is none, on an unsaved clock."""
    clock.due_at = due.due_at
    clock.undated_reason = due.undated_reason
    clock.calendar_version = due.calendar_version


def schedule_stages(clock: ResponseClock, *, after: datetime | None) -> None:
    """Note on an unsaved clock when the ladder next has something to say: the first stage after one that fired.

    A stage whose new instant is past already is not lost: the next sweep fires it.
    """
    clock.next_stage_at = None
    if clock.due_at and clock.verdict == Verdict.OPEN and clock.stopped_by_id is None:
        clock.next_stage_at = next_stage_at(
            started_at=clock.started_at, due_at=clock.due_at, calendar_version=clock.calendar_version, after=after
        )


def reschedule_stages(clock: ResponseClock) -> bool:
    """Let the reminders of a clock follow changed hours or rungs; say whether they moved."""
    before = clock.next_stage_at
    schedule_stages(clock, after=last_fired_at(clock))
    if clock.next_stage_at == before:
        return False
    clock.save(update_fields=["next_stage_at"])
    return True


def end_clock(clock: ResponseClock, verdict: Verdict, *, at: datetime) -> None:
    """Put a verdict on an unsaved clock and let its reminders rest."""
    clock.verdict = verdict
    clock.verdict_recorded_at = at
    clock.next_stage_at = None


def conclude(clock: ResponseClock, *, at: datetime) -> None:
    """Judge an unsaved clock by its answer: at the due instant itself it is on time (III.b.ii.3, III.b.ii.4)."""
    clock.next_stage_at = None
    answer = clock.stopped_by
    if answer is None or clock.due_at is None:
        return
    end_clock(clock, judge(due_at=clock.due_at, met_at=answer.occurred_at), at=at)
    clock.met_at = answer.occurred_at
    clock.business_minutes = minutes_to_answer(clock, answer.occurred_at)
    clock.is_recorded_late = is_recorded_late(
        due_at=clock.due_at, met_at=answer.occurred_at, recorded_at=answer.recorded_at
    )


def _date_clock(clock_id: int, *, now: datetime) -> int:
    lock_request_of(clock_id)
    clock = (
        ResponseClock.objects.select_for_update(of=("self",))
        .select_related("standard", "stopped_by", "service_request")
        .get(pk=clock_id)
    )
    if clock.due_at is not None:
        return 0
    due = due_again(clock)
    set_due(clock, due)
    if due.due_at is None:  # this version of the calendar was tried in vain; the next one will be
        clock.save(update_fields=["undated_reason", "calendar_version"])
        return 0
    conclude(clock, at=now)
    schedule_stages(clock, after=last_fired_at(clock))
    clock.save()
    revise_clock(clock, reason=RevisionReason.DATED, actor=SYSTEM, at=now, trace=due.trace)
    refresh_answer_by(clock.service_request)
    record_event(clock.service_request, EventKind.CLOCK_MOVED, actor=SYSTEM, at=now, fields={"due_at": clock.due_at})
    return 1
