"""What Celery calls: thin, on schedule, and written down."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from pinole_service.celery import TICKS, app
from requests_app import tasks
from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.models import BackgroundJob, CalendarVersion, Notice, OutgoingMail, StageFiring, SweepRun
from requests_app.selectors.access import SYSTEM
from requests_app.services.jobs import enqueue_job
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, start_clock_row

MONDAY_OPENS = datetime(2026, 11, 23, 16, tzinfo=UTC)
FRIDAY_CLOSES = datetime(2026, 11, 21, 1, tzinfo=UTC)


def tick(*times: datetime) -> None:
    for at in times:
        with time_machine.travel(at, tick=False):
            tasks.sweep_clocks()
            tasks.send_due_mail()
            tasks.run_background_jobs()
            tasks.seal_audit_entries()
            tasks.keep_audit_day()
            tasks.ask_for_monthly_report()
            tasks.clear_sign_ins()
            tasks.invite_to_surveys()
            tasks.sweep_files()
            tasks.run_watchdog()


@pytest.fixture
def late(cast: Cast) -> None:
    service_request = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=FRIDAY_CLOSES - timedelta(days=1)
    )
    start_clock_row(service_request, due_at=FRIDAY_CLOSES)


def test_every_tick_of_the_schedule_is_a_task() -> None:
    app.loader.import_default_modules()
    assert set(TICKS) <= set(app.tasks)


def test_no_task_may_outlast_half_of_the_brokers_patience() -> None:
    app.loader.import_default_modules()
    limits = [app.tasks[name].time_limit or app.conf.task_time_limit for name in TICKS]
    assert max(limits) * 2 <= 3600


@pytest.mark.usefixtures("late")
def test_running_everything_twice_tells_once() -> None:
    tick(MONDAY_OPENS, MONDAY_OPENS, MONDAY_OPENS + timedelta(minutes=1))
    told = sorted(message.to[0].partition("@")[0] for message in mail.outbox)
    assert told == ["alice", "hana", "sam"]  # Human Resources of the policy's review, overdue since April (III.e)
    assert not OutgoingMail.objects.exclude(status=OutgoingMail.Status.SENT).exists()


@pytest.mark.usefixtures("late")
def test_a_worker_off_for_a_day_fires_each_stage_once_not_once_a_tick() -> None:
    tick(MONDAY_OPENS + timedelta(days=1, hours=1), MONDAY_OPENS + timedelta(days=1, hours=1, minutes=1))
    assert StageFiring.objects.count() == StageFiring.objects.values("stage", "occurs_on").distinct().count() == 5
    assert Notice.objects.filter(kind__in=["reminder", "digest"]).count() == 2


@pytest.mark.usefixtures("late")
def test_a_tick_is_written_down_for_the_health_page() -> None:
    tick(MONDAY_OPENS)
    run = SweepRun.objects.get(name="sweep_clocks")
    assert (run.last_started_at, run.last_finished_at) == (MONDAY_OPENS, MONDAY_OPENS)
    assert run.counts["firings"] == 4
    assert set(SweepRun.objects.values_list("name", flat=True)) >= {name.rpartition(".")[2] for name in TICKS}


def test_a_tick_that_fails_says_why_and_did_not_finish(city: None) -> None:
    CalendarVersion.objects.update(definition={})
    with pytest.raises(InvalidCalendar):
        tick(MONDAY_OPENS)
    run = SweepRun.objects.get(name="sweep_clocks")
    assert run.last_finished_at is None
    assert run.last_error.startswith("InvalidCalendar: ")


def test_waiting_jobs_are_done(city: None) -> None:
    enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=MONDAY_OPENS)
    tick(MONDAY_OPENS)
    assert BackgroundJob.objects.get(kind="recompute_clocks").status == BackgroundJob.Status.DONE
