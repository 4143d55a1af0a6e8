"""Celery, and the whole beat schedule in one place."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, worker_ready
from django.conf import settings

from pinole_service.folder_broker import use_folder_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pinole_service.settings")

SECOND = 1.0
MINUTE = 60 * SECOND

# Plain intervals only: a crontab can skip or repeat a night when the clocks change. Missing a tick, or getting two,
# changes nothing, because each task asks the database what is due now.
TICKS: dict[str, float] = {
    "requests_app.tasks.sweep_clocks": 60 * SECOND,
    "requests_app.tasks.send_due_mail": 15 * SECOND,
    "requests_app.tasks.run_background_jobs": 5 * SECOND,
    "requests_app.tasks.seal_audit_entries": 60 * SECOND,
    "requests_app.tasks.sweep_files": 60 * MINUTE,
    "requests_app.tasks.invite_to_surveys": 10 * MINUTE,
    # Tick often, act once per local day.
    "requests_app.tasks.keep_audit_day": 10 * MINUTE,
    "requests_app.tasks.ask_for_monthly_report": 10 * MINUTE,
    "requests_app.tasks.run_watchdog": 10 * MINUTE,
    "requests_app.tasks.clear_sign_ins": 60 * MINUTE,
}
# A tick that waited as long as its interval is worthless: the next one is there. So a day without a worker does
# not leave 1,440 sweeps in the queue.
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    task: {"task": task, "schedule": every, "options": {"expires": 0.9 * every}} for task, every in TICKS.items()
}


@setup_logging.connect
def _keep_logging(**_: Any) -> None:
    """Leave the logs as settings.LOGGING made them: connecting to this signal keeps Celery from making its own."""


if settings.EMBEDDED:
    # Celery warns of root. On one's own machine the data is one's own too; in the image the user is not root.
    warnings.filterwarnings("ignore", category=SecurityWarning)

# Long jobs wait in a queue of their own: however many there are, sweeps and mail keep their workers.
JOBS_QUEUE = "jobs"

use_folder_broker()
app = Celery("pinole_service")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_transport_options=settings.BROKER_TRANSPORT_OPTIONS,
    broker_connection_max_retries=None,
    broker_connection_retry_on_startup=True,
    beat_schedule=BEAT_SCHEDULE,
    beat_schedule_filename=str(settings.VAR_DIR / "beat-schedule"),
    enable_utc=True,
    timezone="UTC",
    result_backend=None,
    task_ignore_result=True,
    accept_content=["json"],
    task_serializer="json",
    task_routes={"requests_app.tasks.run_background_jobs": {"queue": JOBS_QUEUE}},
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # Seconds. A task may set its own limit, at most half of the broker's visibility timeout.
    task_soft_time_limit=90,
    task_time_limit=120,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
)
app.autodiscover_tasks(["requests_app"])


@worker_ready.connect
def _catch_up(**_: Any) -> None:
    """Ask at once what became due while no worker ran, instead of waiting for beat's first tick."""
    app.send_task("requests_app.tasks.sweep_clocks", expires=TICKS["requests_app.tasks.sweep_clocks"])
