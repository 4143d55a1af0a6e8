"""A what-if over many clocks: in the background, with progress, and 100,000 of them within 30 seconds."""

from datetime import datetime, timedelta
from random import Random
from time import perf_counter

import pytest
from django.utils.timezone import localdate

from requests_app.domain.periods import Period
from requests_app.domain.replays import Question
from requests_app.domain.verdicts import judge
from requests_app.domain.vocabulary import Milestone
from requests_app.models import BackgroundJob, Replay, ResponseClock, ServiceRequest, ServiceStandard
from requests_app.selectors.due_dates import due_by
from requests_app.selectors.reports.scope import ReportQuery
from requests_app.selectors.standards import response_calendar_version
from requests_app.services import replays
from requests_app.services.jobs import run_next_jobs
from requests_app.services.replays import ReplayEntry, ask_replay
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
WITHIN_SECONDS = 30


def store_clocks(cast: Cast, *, count: int, now: datetime) -> None:
    """Store a year of answered calls, about one in ten of them late."""
    standard, version = ServiceStandard.objects.get(code="phone_response"), response_calendar_version()
    assert version
    rng, calendar, requests, clocks = Random(7), version.business_calendar(), [], []
    for _ in range(count):
        started_at = now - timedelta(minutes=rng.randrange(60 * 24 * 2, 60 * 24 * 365))
        due_at = due_by(calendar, standard, started_at=started_at).due_at
        met_at = started_at + (due_at - started_at) * rng.uniform(0.02, 1.1)
        found = ServiceRequestFactory.build(department=cast.streets, received_at=started_at)
        requests.append(found)
        clocks.append(
            ResponseClock(
                service_request=found,
                milestone=Milestone.RESPONSE.value,
                clause=standard.clause,
                standard=standard,
                calendar_version=version,
                department=cast.streets,
                channel="phone",
                started_at=started_at,
                recorded_at=started_at,
                due_at=due_at,
                met_at=met_at,
                verdict=judge(due_at=due_at, met_at=met_at).value,
                verdict_recorded_at=met_at,
            )
        )
    ServiceRequest.objects.bulk_create(requests, batch_size=500)
    ResponseClock.objects.bulk_create(clocks, batch_size=500)


@pytest.mark.parametrize("question", [Question(number=2), Question(closed_weekdays=frozenset({4}))])
def test_many_clocks_are_replayed_in_the_background(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, full_size_drill: bool, question: Question
) -> None:
    count = 100_000 if full_size_drill else 300
    monkeypatch.setattr(replays, "AT_ONCE", count - 1)
    store_clocks(cast, count=count, now=now)
    today = localdate(now)
    entry = ReplayEntry(
        question=question, query=ReportQuery(period=Period(today - timedelta(days=400), today), as_of=now), address={}
    )
    ask_replay(entry, actor=actor(cast.hana), at=now)

    started = perf_counter()
    run_next_jobs(clock=lambda: now)
    took = perf_counter() - started

    print(f"{count} clocks replayed in {took:.1f} s")
    job, replay = BackgroundJob.objects.get(), Replay.objects.get()
    assert (job.status, job.total) == ("done", count)
    assert replay.changes.count() == job.result["changed"] > 0
    assert took < WITHIN_SECONDS
