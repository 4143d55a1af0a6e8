"""Change the reminder ladder: what fired stays fired, the open clocks follow in the background."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from requests_app.domain.stages import Anchor, Audience, Digest, LadderStage, check_stage, duty_kept_by
from requests_app.domain.vocabulary import Verdict
from requests_app.models import LadderRung, ResponseClock
from requests_app.selectors.access import Actor
from requests_app.selectors.ladder import definition_of
from requests_app.selectors.ladder_upkeep import RungRow, ladder_of, mark_of, rung_rows
from requests_app.services.clocks import lock_request_of, reschedule_stages
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.jobs import Report, enqueue_job

RESCHEDULE = "reschedule_reminders"
_REPORT_EVERY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class RungEntry:
    """A rung as typed; `offset` is open minutes before the due instant, or business days late."""

    anchor: Anchor
    audience: Audience
    offset: int = 0
    digest: Digest = Digest.NONE
    public_only: bool = False
    is_active: bool = True

    def stage(self, code: str) -> LadderStage:
        """Give the rung its meaning. Raises ValueError for an offset that does not fit the anchor."""
        stage = LadderStage(code, self.anchor, self.audience, self.offset, self.digest, self.public_only)
        check_stage(stage)
        return stage


class DutyUnkept(ValueError):
    """A ladder that would no longer tell somebody who has to know (III.d.i); `audience` is who."""

    def __init__(self, audience: Audience) -> None:
        super().__init__(audience)
        self.audience = audience


class UnknownRung(LookupError):
    """A code that no rung goes by."""


def changed_ladder(rows: list[RungRow], *, code: str, entry: RungEntry) -> list[RungRow]:
    """Give the ladder as it would be with one rung changed, unsaved. Raises ValueError, UnknownRung."""
    stage = entry.stage(code)
    if code not in {row.rung.code for row in rows}:
        raise UnknownRung(code)
    return [_changed(row, stage, entry) if row.rung.code == code else row for row in rows]


@transaction.atomic
def change_rung(code: str, entry: RungEntry, *, seen: str, actor: Actor, at: datetime) -> None:
    """Change a rung or switch it on or off; a second click changes nothing.

    Raises DutyUnkept where nobody would remind the owner in time or tell the supervisor of lateness, ChangedMeanwhile,
    ValueError for an offset that does not fit.
    """
    rows = _locked()
    after = changed_ladder(rows, code=code, entry=entry)
    if mark_of(after) == mark_of(rows):
        return
    require_unchanged(seen=seen, now=mark_of(rows))
    _require_duty(after)
    rung = next(row.rung for row in after if row.rung.code == code)
    rung.save(update_fields=["definition", "is_active"])
    _follow("ladder_rung_changed", rung, actor=actor, at=at)


@transaction.atomic
def add_rung(entry: RungEntry, *, seen: str, actor: Actor, at: datetime) -> LadderRung:
    """Add a rung at the end of the ladder; one that says the same is there already. Raises as `change_rung`."""
    rows = _locked()
    definition = definition_of(entry.stage(""))
    same = next((row.rung for row in rows if row.rung.definition == definition), None)
    if same is not None and same.is_active == entry.is_active:
        return same
    require_unchanged(seen=seen, now=mark_of(rows))
    codes = {row.rung.code for row in rows}
    base = f"{entry.anchor}_{entry.audience}"[:34]
    rung = LadderRung.objects.create(
        code=next(code for number in range(1, 999) if (code := f"{base}_{number}") not in codes),
        position=max((row.rung.position for row in rows), default=0) + 1,
        definition=definition,
        is_active=entry.is_active,
    )
    _follow("ladder_rung_added", rung, actor=actor, at=at)
    return rung


def reschedule_reminders(*, report: Report | None = None) -> int:
    """Let the next reminder of every open clock follow the ladder; count those that moved. Again, it moves none.

    The next one is the first after what fired last, so that nothing is told twice and nothing is left out.
    """
    clock_ids = list(
        ResponseClock.objects.filter(verdict=Verdict.OPEN, stopped_by__isnull=True, due_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    moved = 0
    for done, clock_id in enumerate(clock_ids, start=1):
        with transaction.atomic():
            moved += _reschedule(clock_id)
        if report and (done % _REPORT_EVERY == 0 or done == len(clock_ids)):
            report(done, len(clock_ids))
    return moved


def _reschedule(clock_id: int) -> bool:
    lock_request_of(clock_id)
    clock = ResponseClock.objects.select_for_update(of=("self",)).select_related("calendar_version").get(pk=clock_id)
    return reschedule_stages(clock)


def _locked() -> list[RungRow]:
    list(LadderRung.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    return rung_rows()


def _changed(row: RungRow, stage: LadderStage, entry: RungEntry) -> RungRow:
    rung = LadderRung(
        pk=row.rung.pk,
        code=row.rung.code,
        position=row.rung.position,
        definition=definition_of(stage),
        is_active=entry.is_active,
    )
    return replace(row, rung=rung, stage=stage)


def _require_duty(rows: list[RungRow]) -> None:
    kept = duty_kept_by(ladder_of(rows))
    for audience in (Audience.OWNER, Audience.SUPERVISOR):
        if audience not in kept:
            raise DutyUnkept(audience)


def _follow(action: str, rung: LadderRung, *, actor: Actor, at: datetime) -> None:
    fields = {"code": rung.code, "is_active": rung.is_active, **rung.definition}
    record_audit(action, rung, actor=actor, at=at, fields=fields)
    enqueue_job(RESCHEDULE, parameters={}, actor=actor, at=at)
