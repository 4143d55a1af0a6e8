"""Long work waits as a row, is done once, and tells how it went."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.models import BackgroundJob, Calendar, Closure, ResponseClock
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.jobs import failed_jobs
from requests_app.services.calendars import confirm_calendar
from requests_app.services.jobs import LEASE, MOST_ATTEMPTS, JobRun, UnknownJobKind, enqueue_job, run_next_jobs
from tests.cast import Cast, actor
from tests.factories import NOW, ServiceRequestFactory, start_clock_row

Status = BackgroundJob.Status
TUESDAY_CLOSES = datetime(2026, 11, 25, 1, tzinfo=UTC)


def run() -> dict[str, int]:
    return run_next_jobs(clock=lambda: NOW)


def test_a_closure_confirmed_later_moves_the_open_clocks(cast: Cast) -> None:
    clock = start_clock_row(
        ServiceRequestFactory.create(department=cast.streets, owner=cast.alice),
        due_at=TUESDAY_CLOSES,
    )
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=date(2026, 11, 24), name="Power cut")
    confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=NOW)
    job = enqueue_job("recompute_clocks", parameters={"calendar_id": calendar.pk}, actor=actor(cast.ada), at=NOW)
    assert run() == {"done": 1, "failed": 0}
    job.refresh_from_db()
    assert (job.status, job.result, job.finished_at) == (Status.DONE, {"moved": 1}, NOW)
    assert ResponseClock.objects.get(pk=clock.pk).due_at == TUESDAY_CLOSES + timedelta(days=1)


def test_a_job_is_done_once(city: None) -> None:
    enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW)
    assert [run()["done"] for _ in range(2)] == [1, 0]


def test_asking_twice_before_it_ran_gives_one_job(city: None) -> None:
    jobs = [enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW) for _ in range(2)]
    assert jobs[0] == jobs[1]


def test_a_job_nobody_can_do_is_refused(db: None) -> None:
    with pytest.raises(UnknownJobKind):
        enqueue_job("make_coffee", parameters={}, actor=SYSTEM, at=NOW)


def test_a_job_that_fails_is_shown_and_does_not_stop_the_next(city: None) -> None:
    enqueue_job("recompute_clocks", parameters={}, actor=SYSTEM, at=NOW)
    enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW)
    assert run() == {"done": 1, "failed": 1}
    assert failed_jobs(since=NOW).get().error == "KeyError: 'calendar_id'"


def test_a_job_whose_worker_died_is_taken_up_again(city: None) -> None:
    job = enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW)
    BackgroundJob.objects.filter(pk=job.pk).update(status=Status.RUNNING, attempts=1, lease_until=NOW + LEASE)
    assert run()["done"] == 0
    assert run_next_jobs(clock=lambda: NOW + LEASE)["done"] == 1


def test_a_job_that_keeps_killing_its_worker_is_given_up(city: None) -> None:
    job = enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW)
    BackgroundJob.objects.filter(pk=job.pk).update(status=Status.RUNNING, attempts=MOST_ATTEMPTS, lease_until=NOW)
    run()
    job.refresh_from_db()
    assert job.status == Status.FAILED


def test_progress_is_told_and_keeps_the_lease(city: None) -> None:
    job = enqueue_job("recompute_clocks", parameters={"calendar_id": 1}, actor=SYSTEM, at=NOW)
    JobRun(job.pk, {}, None, lambda: NOW).report(3, 10)
    job.refresh_from_db()
    assert (job.progress, job.total, job.lease_until) == (3, 10, NOW + LEASE)
