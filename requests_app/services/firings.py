"""Fire the stages that have come: firing rows first, then the notices and the mails that carry them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.snoozes import Quiet, may_be_put_off, put_off_until
from requests_app.domain.stages import Audience, Digest, LadderStage, StageTime, next_stage, stages_between
from requests_app.models import Employee, Notice, ResponseClock, StageFiring
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.firings import Fired, already_fired, clocks_to_fire
from requests_app.selectors.ladder import Ladder, delivery_at, stages_for
from requests_app.selectors.recipients import Roster, passed_over, resolve_recipients
from requests_app.selectors.snoozes import quiets_by_clock
from requests_app.services.digests import Parcel, carry
from requests_app.services.events import record_audit

_JUST_BEFORE = timedelta.resolution


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a sweep fires by: the ladder, and the calendar whose hours it keeps to."""

    ladder: Ladder
    calendar: BusinessCalendar


@dataclass(frozen=True, slots=True)
class _Firing:
    """A stage of a clock that has come and had not fired, with its row."""

    clock: ResponseClock
    stage: LadderStage
    time: StageTime
    row: StageFiring

    @property
    def rank(self) -> tuple[bool, datetime]:
        """Order the rungs one person stands on: what goes out now before what waits, later before earlier."""
        return (self.stage.digest is not Digest.WEEKLY, self.time.at)


@dataclass(frozen=True, slots=True)
class _Known:
    """What of the clocks of a batch fired already, and which of their reminders are put off."""

    fired: Fired
    quiets: Mapping[int, Sequence[Quiet]]


@dataclass(slots=True)
class FiringCounts:
    """What was done; `unreached` are stages for which the city has nobody to tell."""

    clocks: int = 0
    firings: int = 0
    notices: int = 0
    unreached: int = 0
    errors: int = 0

    def add(self, other: "FiringCounts") -> None:
        """Add another batch's counts to these."""
        self.clocks += other.clocks
        self.firings += other.firings
        self.notices += other.notices
        self.unreached += other.unreached
        self.errors += other.errors


@transaction.atomic
def fire_clocks(clock_ids: Iterable[int], *, schedule: Schedule, now: datetime) -> FiringCounts:
    """Fire every stage of these clocks up to now, all or nothing; again, or twice at once, it changes nothing.

    A stage that was missed fires all the same, but each person gets one notice a clock: the highest rung's.
    """
    clocks = list(clocks_to_fire(clock_ids, now=now))
    if not clocks:
        return FiringCounts()
    known = _Known(already_fired(clocks), quiets_by_clock(clocks))
    firings = [firing for clock in clocks for firing in _stages_come(clock, schedule, known, now=now)]
    StageFiring.objects.bulk_create(firing.row for firing in firings)
    counts = FiringCounts(clocks=len(clocks), firings=len(firings))
    counts.notices = carry(_parcels(firings, schedule, counts, now=now), at=now)
    for clock in clocks:
        clock.next_stage_at = _following(clock, schedule, known, now=now)
    ResponseClock.objects.bulk_update(clocks, ["next_stage_at"])
    if firings:
        record_audit("stages_fired", StageFiring, actor=SYSTEM, at=now, count=len(firings))
    return counts


def _stages_come(clock: ResponseClock, schedule: Schedule, known: _Known, *, now: datetime) -> Iterator[_Firing]:
    if clock.due_at is None or clock.next_stage_at is None:
        return
    stages = {stage.code: stage for stage in stages_for(schedule.ladder, clock)}
    quiets = known.quiets.get(clock.pk, [])
    awaited = clock.next_stage_at - _JUST_BEFORE
    come = stages_between(
        list(stages.values()),
        schedule.calendar,
        started_at=clock.started_at,
        due_at=clock.due_at,
        after=min([awaited, *(quiet.since_at - _JUST_BEFORE for quiet in quiets)]),  # what was put off lies behind
        until=now,
    )
    for time in come:
        is_put_off = may_be_put_off(stages[time.code])
        goes_out_at = put_off_until(time.at, quiets) if is_put_off else time.at
        is_new = (clock.pk, time.code, time.occurs_on) not in known.fired and (is_put_off or time.at > awaited)
        if is_new and goes_out_at <= now:
            row = StageFiring(clock=clock, stage=time.code, occurs_on=time.occurs_on, occurs_at=time.at, fired_at=now)
            yield _Firing(clock, stages[time.code], time, row)


def _parcels(firings: Sequence[_Firing], schedule: Schedule, counts: FiringCounts, *, now: datetime) -> list[Parcel]:
    """Make one notice for each clock and person told of it."""
    roster = Roster((firing.clock.service_request for firing in firings), now=now)
    told: dict[tuple[int, int], tuple[_Firing, Employee]] = {}
    for firing in firings:
        recipients = resolve_recipients(firing.clock, firing.stage, roster=roster)
        counts.unreached += not recipients
        for recipient in recipients:
            key = (firing.clock.pk, recipient.pk)
            if key not in told or firing.rank >= told[key][0].rank:
                told[key] = (firing, recipient)
    return [
        Parcel(_notice(firing, recipient, roster, now=now), _deliver_at(firing, schedule, now=now))
        for firing, recipient in told.values()
    ]


def _notice(firing: _Firing, recipient: Employee, roster: Roster, *, now: datetime) -> Notice:
    is_reminder = firing.stage.audience is Audience.OWNER
    return Notice(
        kind=Notice.Kind.REMINDER if is_reminder else Notice.Kind.DIGEST,
        dedupe_key=f"{firing.clock.pk}:{firing.stage.code}:{firing.time.occurs_on}:{recipient.pk}",
        recipient=recipient,
        in_place_of=passed_over(recipient, firing.clock.service_request, firing.stage.audience, roster=roster),
        service_request=firing.clock.service_request,
        clock=firing.clock,
        firing=firing.row,
        created_at=now,
    )


def _deliver_at(firing: _Firing, schedule: Schedule, *, now: datetime) -> datetime:
    return max(now, delivery_at(firing.stage, schedule.calendar, occurs_at=firing.time.at))


def _following(clock: ResponseClock, schedule: Schedule, known: _Known, *, now: datetime) -> datetime | None:
    if clock.due_at is None:
        return None
    following = next_stage(
        stages_for(schedule.ladder, clock),
        schedule.calendar,
        started_at=clock.started_at,
        due_at=clock.due_at,
        after=now,
    )
    # What is put off goes out when the quiet ends. A stage that falls into one is looked at twice, which harms nothing.
    coming = [following.at] if following else []
    coming += [quiet.until_at for quiet in known.quiets.get(clock.pk, []) if quiet.since_at <= now < quiet.until_at]
    return min(coming, default=None)
