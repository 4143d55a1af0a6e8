"""What Celery calls: read the clock, call a service, log the counts."""

import os
import socket
from collections.abc import Callable

import structlog
from celery import shared_task
from django.utils import timezone

from requests_app.services import (
    attachment_files,
    audit_days,
    guesses,
    jobs,
    monthly_reports,
    outgoing_mail,
    policy_notices,
    record_exports,
    referral_notices,
    replays,
    report_files,
    seals,
    sign_ins,
    surveys,
    sweeps,
    watchdog,
)

logger = structlog.get_logger(__name__)

Counts = dict[str, int]
# Seconds: a job may run long, but not beyond half of the broker's visibility timeout.
JOB_SOFT_LIMIT, JOB_LIMIT = 1500, 1600


@shared_task
def sweep_clocks() -> None:
    """Fire every stage that has come due."""
    _run("sweep_clocks", lambda: sweeps.sweep_clocks(now=timezone.now()))


@shared_task
def send_due_mail() -> None:
    """Send the mail that is due."""
    _run("send_due_mail", lambda: outgoing_mail.send_due_mail(clock=timezone.now, worker=_worker_name()))


@shared_task(soft_time_limit=JOB_SOFT_LIMIT, time_limit=JOB_LIMIT)
def run_background_jobs() -> None:
    """Do the long work that is waiting."""
    _run("run_background_jobs", lambda: jobs.run_next_jobs(clock=timezone.now))


@shared_task
def seal_audit_entries() -> None:
    """Seal the evidence that waits."""
    _run("seal_audit_entries", lambda: seals.seal_audit_entries(now=timezone.now()))


@shared_task
def keep_audit_day() -> None:
    """Once a local day, send the head of the audit trail out and have the trail verified."""
    _run("keep_audit_day", lambda: audit_days.keep_audit_day(now=timezone.now()))


@shared_task
def ask_for_monthly_report() -> None:
    """Have the report of the last month made, once it is due."""
    _run("ask_for_monthly_report", lambda: monthly_reports.ask_for_monthly_report(now=timezone.now()))


@shared_task
def run_watchdog() -> None:
    """Look once a morning for what should have happened and did not, and what has to be checked once a year."""
    now = timezone.now()
    _run(
        "run_watchdog",
        lambda: {
            **watchdog.run_watchdog(now=now),
            "told_of_review": policy_notices.tell_of_policy_review(now=now),
            "told_of_cards": referral_notices.tell_of_card_checks(now=now),
        },
    )


@shared_task
def invite_to_surveys() -> None:
    """Ask residents how it went."""
    _run("invite_to_surveys", lambda: surveys.invite_to_surveys(now=timezone.now()))


@shared_task
def clear_sign_ins() -> None:
    """Delete sessions that ran out and counts of guesses that are over."""
    now = timezone.now()
    _run(
        "clear_sign_ins",
        lambda: {"sign_ins": sign_ins.clear_sign_ins(now=now), "guesses": guesses.clear_guesses(now=now)},
    )


@shared_task
def sweep_files() -> None:
    """Remove files that no row knows, and exports that were kept long enough."""
    _run("sweep_files", _sweep_files)


def _sweep_files() -> Counts:
    now = timezone.now()
    return {
        **attachment_files.sweep_orphan_files(now=now),
        "exports_removed": record_exports.remove_old_exports(now=now),
        "report_files_removed": report_files.remove_old_report_files(now=now),
        "replays_removed": replays.remove_old_replays(now=now),
    }


def _run(name: str, work: Callable[[], Counts]) -> None:
    sweeps.note_start(name, at=timezone.now())
    try:
        counts = work()
    except Exception as error:
        sweeps.note_finish(name, at=timezone.now(), counts={}, error=f"{type(error).__name__}: {error}")
        raise
    sweeps.note_finish(name, at=timezone.now(), counts=counts)
    # An idle tick is no news: the ready page says when it was.
    say = logger.info if any(counts.values()) else logger.debug
    say(name, **counts)


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:80]
