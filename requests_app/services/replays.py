"""Ask what if: small questions are answered at once, long ones in the background; no clock is ever written (III.e)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.replay_figures import Cell, ReplayFigures
from requests_app.domain.replays import MOVES, Question, has_load
from requests_app.models import Replay, ReplayChange
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.selectors.reports.facts import Facts
from requests_app.selectors.reports.replays import (
    ReplayDesk,
    ReplayedClock,
    asked_facts,
    query_from_json,
    query_to_json,
    scope_mark,
)
from requests_app.selectors.reports.scope import ReportQuery, may_read_reports, report_scope
from requests_app.services.events import record_audit
from requests_app.services.jobs import JobRun, Report, enqueue_job

JOB = "replay"
AT_ONCE = 2_000
KEPT = timedelta(days=365)
_REPORT_EVERY = 5_000
_BATCH = 1_000
_NAMES = {move: name for name, move in MOVES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayEntry:
    """What is asked of which clocks; `address` is the report's own, to come back to."""

    question: Question
    query: ReportQuery
    address: Mapping[str, str]
    submission_key: UUID | None = None


@transaction.atomic
def ask_replay(entry: ReplayEntry, *, actor: Actor, at: datetime) -> Replay:
    """Ask what if; up to 2,000 clocks are replayed at once, more in the background. One submission key asks once.

    Raises ActionRefused for whoever reads no reports.
    """
    if actor.employee is None or not may_read_reports(actor):
        raise ActionRefused(Refusal.ROLE)
    scope = report_scope(actor)
    facts = {
        "question": entry.question.to_json(),
        "query": query_to_json(entry.query),
        "address": dict(entry.address),
        "scope_mark": scope_mark(actor, scope),
        "requested_by": actor.employee,
        "requested_at": at,
    }
    # The unique key decides between two clicks at once: the other waits here, and then finds the row.
    row, is_new = Replay.objects.get_or_create(submission_key=entry.submission_key or uuid4(), defaults=facts)
    if not is_new:
        return row
    record_audit("replay_asked", row, actor=actor, at=at, fields={**row.address, **row.question})
    clocks = asked_facts(row, scope)
    if clocks.rows.count() <= AT_ONCE:
        _finish(row, *_replayed(row, clocks), at=at)
    else:
        row.job = enqueue_job(JOB, parameters={"replay_id": row.pk}, actor=actor, at=at)
        row.save(update_fields=["job"])
    return row


def make_replay(run: JobRun) -> dict[str, object]:
    """Replay what was asked, as far as its asker may see it; needs the parameter `replay_id`."""
    row = Replay.objects.select_related("requested_by").get(pk=int(str(run.parameters["replay_id"])))
    actor = actor_for_employee(row.requested_by)
    scope = report_scope(actor)
    figures, changes = _replayed(row, asked_facts(row, scope), report=run.report)
    row.scope_mark = scope_mark(actor, scope)
    _finish(row, figures, changes, at=run.clock())
    return {"changed": len(changes)}


def _replayed(
    row: Replay, facts: Facts, *, report: Report = lambda _progress, _total: None
) -> tuple[ReplayFigures, list[ReplayChange]]:
    total, as_of = facts.rows.count(), query_from_json(row.query).as_of
    desk = ReplayDesk(Question.from_json(row.question))
    figures, changes = ReplayFigures(), []
    report(0, total)
    for done, each in enumerate(desk.replayed(facts, as_of=as_of), start=1):
        _add(figures, each, desk)
        if each.outcome.after is not each.recorded.kind:
            changes.append(_change(row, each))
        if done % _REPORT_EVERY == 0:
            report(done, total)
    return figures, changes


def _add(figures: ReplayFigures, each: ReplayedClock, desk: ReplayDesk) -> None:
    recorded, outcome = each.recorded, each.outcome
    figures.cells[Cell(each.department_id, each.is_answered_on_the_spot, recorded.kind, outcome.after)] += 1
    figures.left += outcome.is_left
    if recorded.due_at and outcome.due_at and has_load(recorded.kind) and not each.is_answered_on_the_spot:
        figures.add_due(desk.due_on(recorded.due_at), before=1)
        figures.add_due(desk.due_on(outcome.due_at), after=1)


def _change(row: Replay, each: ReplayedClock) -> ReplayChange:
    recorded, outcome = each.recorded, each.outcome
    if recorded.due_at is None or outcome.due_at is None:
        raise AssertionError("a clock without a due instant is never judged otherwise")
    return ReplayChange(
        replay=row,
        clock_id=each.clock_id,
        department_id=each.department_id,
        started_at=recorded.started_at,
        due_at=recorded.due_at,
        would_be_due_at=outcome.due_at,
        met_at=recorded.met_at,
        move=_NAMES[recorded.kind, outcome.after],
    )


@transaction.atomic
def _finish(row: Replay, figures: ReplayFigures, changes: list[ReplayChange], *, at: datetime) -> None:
    """Store what came of it; a job that was taken up again puts its result in place of the earlier one."""
    ReplayChange.objects.filter(replay=row).delete()
    ReplayChange.objects.bulk_create(changes, batch_size=_BATCH)
    row.result, row.finished_at = figures.to_json(), at
    row.save(update_fields=["result", "finished_at", "scope_mark"])


@transaction.atomic
def remove_old_replays(*, now: datetime) -> int:
    """Remove what was asked a year ago; whoever needs it for longer has printed it."""
    gone = Replay.objects.filter(requested_at__lte=now - KEPT)
    count = gone.count()
    if count:
        gone.delete()
        record_audit("replays_removed", Replay, actor=SYSTEM, at=now, count=count)
    return count
