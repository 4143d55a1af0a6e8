"""Long work in the background: a row asks for it, a tick does it, the row tells how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.module_loading import import_string

from requests_app.models import BackgroundJob
from requests_app.selectors.access import Actor
from requests_app.selectors.jobs import jobs_waiting
from requests_app.services.events import record_audit

Clock = Callable[[], datetime]
Report = Callable[[int, int], None]  # how many of how many are done
Status = BackgroundJob.Status

LEASE = timedelta(minutes=10)
RUN_LIMIT = timedelta(seconds=50)
MOST_ATTEMPTS = 3
# By name, because the services that ask for a job are often the ones that do it. A report is drawn by the code of its
# page, which services do not know: its jobs are entry points, as tasks are.
JOB_KINDS: dict[str, str] = {
    "recompute_clocks": "requests_app.services.job_kinds.recompute_clocks",
    "restore_drill": "requests_app.services.restore_drills.do_restore_drill",
    "verify_audit": "requests_app.services.job_kinds.verify_audit",
    "reschedule_reminders": "requests_app.services.job_kinds.reschedule_open_reminders",
    "replay": "requests_app.services.replays.make_replay",
    "records_export": "requests_app.services.record_exports.make_export",
    "report_file": "requests_app.views.report_jobs.make_report_file",
    "seal_packet": "requests_app.views.packet_jobs.seal_month",
    "remake_packet": "requests_app.views.packet_jobs.remake",
    "destroy_records": "requests_app.services.job_kinds.destroy_records",
}

logger = structlog.get_logger(__name__)


class UnknownJobKind(ValueError):
    """A kind of job that nobody knows how to do."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """A job being done: what it was asked for, and where it tells how far it got."""

    job_id: int
    parameters: dict[str, object]
    requested_by_id: int | None
    clock: Clock

    def report(self, progress: int, total: int) -> None:
        """Tell how far the job got; this also renews its lease."""
        BackgroundJob.objects.filter(pk=self.job_id).update(
            progress=progress, total=total, lease_until=self.clock() + LEASE
        )


# Whoever does a job takes its run and gives back a result of JSON values; it may be called again after a crash.
JobWork = Callable[[JobRun], dict[str, object]]


@transaction.atomic
def enqueue_job(kind: str, *, parameters: dict[str, object], actor: Actor, at: datetime) -> BackgroundJob:
    """Ask for a job; asking again while the same one still waits gives back the one that waits.

    Raises UnknownJobKind.
    """
    if kind not in JOB_KINDS:
        raise UnknownJobKind(kind)
    waiting = BackgroundJob.objects.filter(kind=kind, parameters=parameters, status=Status.WAITING).first()
    if waiting is not None:
        return waiting
    job = BackgroundJob.objects.create(kind=kind, parameters=parameters, requested_by=actor.employee, created_at=at)
    record_audit("job_requested", job, actor=actor, at=at, fields={"kind": kind})
    return job


def run_next_jobs(*, clock: Clock) -> dict[str, int]:
    """Do the waiting jobs one after another for up to 50 seconds; a job once begun is finished.

    A job that fails is marked with its error and shown; one whose worker died is taken up again, three times at most.
    """
    counts = {"done": 0, "failed": 0}
    stop_at = clock() + RUN_LIMIT
    while (now := clock()) < stop_at:
        job = _claim(now=now)
        if job is None:
            break
        counts["done" if _do(job, clock=clock) else "failed"] += 1
    return counts


@transaction.atomic
def _claim(*, now: datetime) -> BackgroundJob | None:
    job = jobs_waiting(now).select_for_update(of=("self",), skip_locked=True).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _finish(job, Status.FAILED, at=now, error="The worker stopped each time while doing it.")
        return _claim(now=now)
    claimed = BackgroundJob.objects.filter(pk=job.pk, status=job.status, attempts=job.attempts).update(
        status=Status.RUNNING, attempts=job.attempts + 1, started_at=now, lease_until=now + LEASE
    )
    return job if claimed else None


def _do(job: BackgroundJob, *, clock: Clock) -> bool:
    try:
        work: JobWork = import_string(JOB_KINDS[job.kind])
        result = work(JobRun(job.pk, job.parameters, job.requested_by_id, clock))
    except Exception as error:
        logger.exception("job_failed", job_id=job.pk, kind=job.kind)
        _finish(job, Status.FAILED, at=clock(), error=f"{type(error).__name__}: {error}")
        return False
    _finish(job, Status.DONE, at=clock(), result=result)
    return True


def _finish(
    job: BackgroundJob,
    status: BackgroundJob.Status,
    *,
    at: datetime,
    error: str = "",
    result: dict[str, object] | None = None,
) -> None:
    BackgroundJob.objects.filter(pk=job.pk).update(
        status=status, finished_at=at, lease_until=None, error=error[:300], result=result or {}
    )
