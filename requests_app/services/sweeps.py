"""The sweep: whatever has come due is done now, whenever the last sweep was (III.b.ii.3, III.b.ii.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

import structlog
from django.db.models import Q
from django.utils import timezone

from requests_app.domain.business_time import may_tell
from requests_app.models import SweepRun
from requests_app.selectors.firings import clock_ids_due
from requests_app.selectors.ladder import reminder_ladder
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.clocks import date_undated_clocks
from requests_app.services.drafts import drop_old_drafts
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.excusal_requests import propose_standing
from requests_app.services.firings import FiringCounts, Schedule, fire_clocks
from requests_app.services.greeting_notices import tell_of_greetings
from requests_app.services.improvement_notices import tell_of_undecided
from requests_app.services.ownership import pass_unowned_requests
from requests_app.services.policy_notices import ask_to_attest
from requests_app.services.shared_answer_notices import tell_of_stale_answers
from requests_app.services.training_notices import tell_of_training

SWEEP = "sweep_clocks"
# One transaction each: large enough to ask the scope once for many, small enough that no web request waits long.
BATCH = 200

# In this order, before the stages are fired; what each did is counted under its name.
_PARTS: Mapping[str, Callable[..., int]] = {
    "dated": date_undated_clocks,
    "passed_to_supervisor": pass_unowned_requests,
    "escalations_climbed": climb_unaccepted,
    "excuses_proposed": propose_standing,
    "drafts_dropped": drop_old_drafts,
    "greetings_told": tell_of_greetings,
    "asked_to_attest": ask_to_attest,
    "training_told": tell_of_training,
    "undecided_told": tell_of_undecided,
    "stale_answers_told": tell_of_stale_answers,
}

logger = structlog.get_logger(__name__)


def sweep_clocks(*, now: datetime) -> dict[str, int]:
    """Date what waited for a calendar, pass on what nobody owns or accepts, propose excuses, fire what has come.

    Tells what has come of greetings, which training is due, which suggestion is to be decided and which shared answer
    is to be read again. Sends nothing; forgets old drafts on the way.

    May run twice, at once or not at all: the next run puts it right.
    """
    counts = {name: _unless_it_fails(work, now=now) for name, work in _PARTS.items()}
    fired = fire_due_stages(now=now)
    fired.errors += list(counts.values()).count(None)
    return {name: count or 0 for name, count in counts.items()} | asdict(fired)


def fire_due_stages(*, now: datetime) -> FiringCounts:
    """Fire all stages that have come, in batches; outside business hours nothing fires until the next opening."""
    total = FiringCounts()
    version = response_calendar_version()
    if version is None or not may_tell(version.business_calendar(), now):
        return total
    schedule = Schedule(reminder_ladder(), version.business_calendar())
    due = clock_ids_due(now)
    for start in range(0, len(due), BATCH):
        total.add(_fire_batch(due[start : start + BATCH], schedule, now=now))
    return total


def note_start(name: str, *, at: datetime) -> None:
    """Record that a sweep has begun."""
    SweepRun.objects.update_or_create(name=name, defaults={"last_started_at": at})


def note_finish(name: str, *, at: datetime, counts: dict[str, int], error: str = "") -> None:
    """Record that a sweep has ended, and how; a sweep that failed did not finish."""
    result: dict[str, object] = {"last_error": error[:300]}
    if not error:
        result |= {"last_finished_at": at, "counts": counts}
    SweepRun.objects.update_or_create(name=name, defaults=result)


def claim_local_day(name: str, *, now: datetime) -> bool:
    """Say whether this is the first call of its local day: of many at once it is true for one."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    SweepRun.objects.get_or_create(name=name)
    earlier = Q(last_started_at__isnull=True) | Q(last_started_at__lt=midnight)
    return bool(SweepRun.objects.filter(earlier, name=name).update(last_started_at=now, last_finished_at=now))


def _unless_it_fails(work: Callable[..., int], *, now: datetime) -> int | None:
    """Do a part of the sweep; its failure is logged and counted, and does not keep the reminders from going out."""
    try:
        return work(now=now)
    except Exception as error:
        logger.exception("part_of_sweep_failed", part=work.__name__, error=str(error))
        return None


def _fire_batch(clock_ids: Sequence[int], schedule: Schedule, *, now: datetime) -> FiringCounts:
    """Fire a batch in one transaction; if it fails, each clock in its own, so that one bad row stops only itself."""
    try:
        return fire_clocks(clock_ids, schedule=schedule, now=now)
    except Exception as error:
        if len(clock_ids) == 1:
            logger.exception("clock_not_fired", clock_id=clock_ids[0], error=str(error))
            return FiringCounts(errors=1)
    total = FiringCounts()
    for clock_id in clock_ids:
        total.add(_fire_batch([clock_id], schedule, now=now))
    return total
