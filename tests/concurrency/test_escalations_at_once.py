"""Sweeps and people at once about one escalation: it climbs once, or is accepted, never both (III.b.v.2)."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Disposition, Verdict
from requests_app.models import Escalation, Notice, ResponseClock, ServiceRequest
from requests_app.services.closing import close_request
from requests_app.services.entries import CloseEntry
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.escalations import EscalationEntry, accept_escalation, escalate, send_back_escalation
from requests_app.services.sweeps import sweep_clocks
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures
from tests.escalating import running, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def late(now: datetime) -> datetime:
    """Wed 25 Nov, 10:10 am: what was sent at `now` was to be accepted yesterday evening."""
    return now + timedelta(days=1, hours=20)


@pytest.fixture
def found(log: Log) -> ServiceRequest:
    return log("Pothole on Pear Street")


def test_sweeps_at_once_let_each_climb_once(cast: Cast, log: Log, now: datetime, late: datetime) -> None:
    sent = [send(log(f"Pothole {n}"), cast.alice, now) for n in range(8)]
    results = at_once(*(partial(sweep_clocks, now=late) for _ in range(4)))
    assert failures(results) == []
    assert sum(result["escalations_climbed"] for result in results) == len(sent)
    assert Escalation.objects.filter(climbed_from__in=sent, level=2).count() == len(sent)
    assert Notice.objects.filter(kind="escalated", recipient=cast.dora).count() == len(sent)


@pytest.mark.parametrize("attempt", range(5))
def test_accepting_and_climbing_at_once_do_one_of_the_two(
    cast: Cast, found: ServiceRequest, now: datetime, late: datetime, attempt: int
) -> None:
    sent = send(found, cast.alice, now)
    accept = partial(accept_escalation, escalation_id=sent.pk, actor=actor(cast.sam), at=late)
    results = at_once(accept, partial(climb_unaccepted, now=late), partial(climb_unaccepted, now=late))
    assert failures(results, ActionRefused) == []
    sent.refresh_from_db()
    assert (sent.accepted_at is None) != (sent.climbed_at is None)
    assert Escalation.objects.count() == (1 if sent.accepted_at else 2)
    assert sent.clock
    assert sent.clock.verdict == Verdict.LATE


def test_escalating_twice_at_once_begins_one(cast: Cast, found: ServiceRequest, now: datetime) -> None:
    entry = EscalationEntry(reason="Why")
    results = at_once(
        *(
            partial(escalate, request_id=found.pk, entry=entry, actor=actor(who), at=now)
            for who in (cast.alice, cast.bob, cast.fay)
        )
    )
    assert failures(results, ActionRefused) == []
    assert running().level == 1
    assert ResponseClock.objects.filter(service_request=found, milestone="escalation_accepted").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_receivers_at_once_have_one_outcome(cast: Cast, found: ServiceRequest, now: datetime, attempt: int) -> None:
    sent = send(found, cast.alice, now)
    results = at_once(
        partial(accept_escalation, escalation_id=sent.pk, actor=actor(cast.sam), at=now),
        partial(send_back_escalation, escalation_id=sent.pk, reason="No", actor=actor(cast.sam), at=now),
    )
    assert len(failures(results)) == 1
    sent.refresh_from_db()
    assert (sent.accepted_at is None) != (sent.sent_back_at is None)


@pytest.mark.parametrize("attempt", range(3))
def test_closing_and_climbing_at_once_leave_nothing_running(
    cast: Cast, found: ServiceRequest, now: datetime, late: datetime, attempt: int
) -> None:
    send(found, cast.alice, now)
    entry = CloseEntry(disposition=Disposition.DONE, note="Filled.")
    results = at_once(
        partial(close_request, request_id=found.pk, entry=entry, actor=actor(cast.alice), at=late),
        partial(climb_unaccepted, now=late),
    )
    assert failures(results) == []
    assert not [row for row in Escalation.objects.all() if row.is_running]
    assert not ResponseClock.objects.filter(service_request=found, verdict=Verdict.OPEN).exists()
