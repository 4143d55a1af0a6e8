"""Transfers, late recording, opening again and the load by hour, against a reckoning row by row."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.metrics import MOST_TRANSFERS
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import RevisionReason
from requests_app.models import ClockRevision, Event, ResponseClock, ServiceRequest
from requests_app.selectors.reports.first_contact import handling_by, load_by_hour
from requests_app.selectors.reports.handling import tallies_by_gifts, tallies_by_moves, typed_in_by_department
from requests_app.selectors.reports.scope import ReportQuery, report_scope, whole_city
from tests.cast import Cast, actor
from tests.clock_histories import write_random_histories

START_AT = datetime(2026, 10, 25, tzinfo=UTC)  # the clocks go back on 1 November
PERIOD = Period(date(2026, 10, 1), date(2026, 11, 30))
PINOLE = ZoneInfo("America/Los_Angeles")
INSTANTS = [(datetime(2026, 11, 3, 8, tzinfo=UTC), True), (datetime(2027, 3, 1, tzinfo=UTC), False)]
_TOLD = (
    EventKind.GIVEN,
    EventKind.SENT_BACK,
    EventKind.TAKEN,
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.BACKDATED,
)
_HOUR = timedelta(hours=1)


@pytest.fixture
def stories(cast: Cast) -> Cast:
    write_random_histories(cast, count=90, seed=11, start_at=START_AT, days=14)
    dice = random.Random(5)
    Event.objects.bulk_create(
        Event(
            service_request=found,
            kind=dice.choice(_TOLD),
            at=found.recorded_at + timedelta(minutes=dice.randrange(5000)),
        )
        for found in ServiceRequest.objects.all()
        for _ in range(dice.randrange(6))
    )
    return cast


def _query(as_of: datetime, *, is_past: bool) -> ReportQuery:
    return ReportQuery(period=PERIOD, as_of=as_of, is_past=is_past)


def _known(as_of: datetime) -> list[tuple[ResponseClock, ClockRevision]]:
    found = []
    for clock in ResponseClock.objects.prefetch_related("revisions"):
        revisions = [each for each in clock.revisions.all() if each.recorded_at <= as_of]
        if revisions:
            found.append((clock, max(revisions, key=lambda each: each.number)))
    return found


@pytest.mark.parametrize(("as_of", "is_past"), INSTANTS)
def test_transfers_are_counted_before_the_answer_and_by_what_was_known(
    stories: Cast, as_of: datetime, is_past: bool
) -> None:
    moves: Counter[int] = Counter()
    gifts: Counter[int] = Counter()
    for clock, facts in _known(as_of):
        until = facts.met_at or as_of
        moved = [
            each
            for each in clock.revisions.all()
            if each.reason == RevisionReason.TRANSFERRED and each.recorded_at < until
        ]
        given = clock.service_request.events.filter(
            kind__in=[EventKind.GIVEN, EventKind.SENT_BACK], at__gte=facts.started_at, at__lt=until
        )
        moves[min(MOST_TRANSFERS, len(moved))] += 1
        gifts[min(MOST_TRANSFERS, given.count())] += 1
    query = _query(as_of, is_past=is_past)
    for counted, reckoned in ((tallies_by_moves, moves), (tallies_by_gifts, gifts)):
        found = counted(whole_city(), query)
        assert {transfers: tally.count("received") for transfers, tally in found.items()} == dict(reckoned)
    assert gifts[MOST_TRANSFERS]
    assert moves[1]


@pytest.mark.parametrize(("as_of", "is_past"), INSTANTS)
def test_what_was_recorded_long_after_and_opened_again_is_counted_by_department(
    stories: Cast, as_of: datetime, is_past: bool
) -> None:
    query = _query(as_of, is_past=is_past)
    answers: dict[int, Counter[str]] = {}
    for clock, facts in _known(as_of):
        if (
            facts.verdict in ("met", "late")
            and not facts.is_answered_on_the_spot
            and not _is_excused(clock, facts, as_of)
        ):
            assert facts.verdict_recorded_at
            assert facts.met_at
            counts = answers.setdefault(facts.department_id, Counter(answered=0, typed_in_late=0))
            counts["answered"] += 1
            counts["typed_in_late"] += facts.verdict_recorded_at - facts.met_at > _HOUR
    assert typed_in_by_department(whole_city(), query) == answers
    contacts: dict[int, Counter[str]] = {}
    for found in ServiceRequest.objects.prefetch_related("events"):
        if is_past and found.recorded_at > as_of:
            continue
        told = {event.kind for event in found.events.all() if event.at <= as_of}
        assert found.department_id
        counts = contacts.setdefault(found.department_id, Counter())
        counts["contacts"] += 1
        counts["logged_late"] += found.recorded_at - found.received_at > _HOUR
        counts["backdated"] += EventKind.BACKDATED in told
        counts["ended"] += EventKind.CLOSED in told
        counts["reopened"] += {EventKind.CLOSED, EventKind.REOPENED} <= told
    assert handling_by(whole_city(), query, "department_id") == contacts


def _is_excused(clock: ResponseClock, facts: ClockRevision, as_of: datetime) -> bool:
    return facts.verdict == "late" and any(
        each.decided_at <= as_of and not (each.revoked_at and each.revoked_at <= as_of) for each in clock.excusals.all()
    )


def test_the_load_is_by_local_weekday_and_hour_of_what_a_reader_may_see(stories: Cast) -> None:
    for reader in (stories.hana, stories.sam):
        scope = report_scope(actor(reader))
        reckoned: Counter[tuple[int, int]] = Counter()
        for found in scope.requests.all():
            local = found.received_at.astimezone(PINOLE)
            if scope.department_ids is None or found.department_id in scope.department_ids:
                reckoned[(local.isoweekday(), local.hour)] += 1
        assert load_by_hour(scope, _query(INSTANTS[1][0], is_past=False)) == dict(reckoned)
        assert sum(reckoned.values()) > 5
