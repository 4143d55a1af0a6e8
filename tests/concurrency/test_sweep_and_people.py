"""The sweep, the calendar and people at once: no reminder after the verdict, no date lost, no deadlock."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.vocabulary import Channel, Verdict
from requests_app.models import Calendar, Closure, ResponseClock, ServiceRequest, StageFiring
from requests_app.selectors.access import SYSTEM
from requests_app.services.answers import answer_request
from requests_app.services.calendars import confirm_calendar, recompute_open_clocks
from requests_app.services.entries import AnswerEntry
from requests_app.services.sweeps import fire_due_stages, sweep_clocks
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
MANY = 24


@pytest.fixture
def late(log: Log) -> list[ServiceRequest]:
    return [log(f"Pothole {number}") for number in range(MANY)]


def test_a_sweep_among_answers_tells_nobody_of_what_was_answered_before_it(
    cast: Cast, late: list[ServiceRequest], now: datetime
) -> None:
    """Each request is answered before the sweep reads it, and then nobody is told, or after, and then once."""
    at = now + timedelta(days=1, hours=20)  # Wed 25 Nov, 10:10 am: late since yesterday evening

    def answer(found: ServiceRequest) -> None:
        entry = AnswerEntry(channel=Channel.PHONE, text="On Friday.", occurred_at=at)
        answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=at)

    def answer_all(part: int) -> None:
        for found in late[part::3]:
            answer(found)

    results = at_once(*(partial(answer_all, part) for part in range(3)), *(partial(sweep_clocks, now=at) for _ in "ab"))

    assert failures(results) == []
    assert set(ResponseClock.objects.values_list("verdict", "next_stage_at")) == {(Verdict.LATE, None)}
    told = list(StageFiring.objects.filter(stage="became_late").values_list("clock_id", flat=True))
    assert len(told) == len(set(told))
    before = StageFiring.objects.count()
    fire_due_stages(now=at + timedelta(days=5))
    assert StageFiring.objects.count() == before


def test_a_calendar_confirmed_among_contacts_dates_every_one_by_what_it_says_in_the_end(
    cast: Cast, log: Log, now: datetime
) -> None:
    """Whatever was logged by the old calendar while the new one was confirmed follows at the next look."""
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=date(2026, 11, 24), name="Storm")

    def confirm() -> None:
        confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=now)
        recompute_open_clocks(calendar_id=calendar.pk, actor=SYSTEM, at=now)

    results = at_once(confirm, *(partial(log, f"Pothole {number}") for number in range(8)))

    assert failures(results) == []
    assert calendar.versions.count() == 2
    recompute_open_clocks(calendar_id=calendar.pk, actor=SYSTEM, at=now)
    wednesday = datetime.fromisoformat("2026-11-26T01:00:00+00:00")
    assert set(ServiceRequest.objects.values_list("answer_by_at", "clocks__due_at")) == {(wednesday, wednesday)}


def test_two_who_confirm_a_calendar_at_once_make_one_version(cast: Cast, now: datetime) -> None:
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=date(2026, 11, 24), name="Storm")

    results = at_once(*(partial(confirm_calendar, calendar_id=calendar.pk, actor=SYSTEM, at=now) for _ in range(4)))

    assert failures(results) == []
    assert len({version.pk for version in results}) == 1
    assert calendar.versions.count() == 2


def test_recomputing_among_answers_does_not_deadlock(cast: Cast, late: list[ServiceRequest], now: datetime) -> None:
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=date(2026, 11, 24), name="Storm")
    confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=now)
    at = now + timedelta(hours=1)

    def answer_all() -> None:
        for found in late:
            entry = AnswerEntry(channel=Channel.PHONE, text="On Friday.", occurred_at=at)
            answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=at)

    results = at_once(
        answer_all, *(partial(recompute_open_clocks, calendar_id=calendar.pk, actor=SYSTEM, at=at) for _ in "ab")
    )

    assert failures(results) == []
    assert set(ResponseClock.objects.values_list("verdict", flat=True)) == {Verdict.MET}
    assert not ServiceRequest.objects.filter(answer_by_at__isnull=False).exists()
