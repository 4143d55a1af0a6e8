"""People who decide about the same request at once: one wins, the story is consistent, nobody waits for ever."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Channel, Disposition, Status, Verdict
from requests_app.models import Notice, ResponseClock, ServiceRequest
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request, take_request
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 4


def test_two_who_take_it_at_once_leave_one_owner_and_the_same_story(cast: Cast, log: Log, now: datetime) -> None:
    for number in range(ROUNDS):
        found = log(f"Pothole {number}")
        people = (cast.bob, cast.sam)

        results = at_once(
            *(partial(take_request, request_id=found.pk, actor=actor(person), at=now) for person in people)
        )

        assert failures(results) == []
        found.refresh_from_db()
        taken = list(found.events.filter(kind=EventKind.TAKEN).order_by("pk"))
        assert {event.actor_id for event in taken} == {cast.bob.pk, cast.sam.pk}
        assert found.owner_id == taken[-1].actor_id  # the later click has it, and the story says so
        assert found.version == 3


def test_given_to_two_at_once_it_belongs_to_whom_it_was_given_last(cast: Cast, log: Log, now: datetime) -> None:
    found = log("Pothole")

    def give(owner_id: int) -> ServiceRequest:
        return give_request(
            request_id=found.pk, owner_id=owner_id, department_id=None, note="", actor=actor(cast.dora), at=now
        )

    results = at_once(partial(give, cast.bob.pk), partial(give, cast.charlie.pk))

    # The second may find it in a department that is not Dora's any more.
    assert failures(results, ActionRefused) == []
    found.refresh_from_db()
    clock = found.clocks.get()
    assert found.owner is not None
    assert found.owner.department_id == found.department_id == clock.department_id
    told = Notice.objects.filter(kind=Notice.Kind.ASSIGNED).count()
    assert told == found.events.filter(kind=EventKind.GIVEN).count()


def test_of_opposite_merges_one_wins_and_neither_waits_for_ever(cast: Cast, log: Log, now: datetime) -> None:
    for number in range(ROUNDS):
        first, second = log(f"First {number}"), log(f"Second {number}")

        def merge(loser: ServiceRequest, winner: ServiceRequest) -> ServiceRequest:
            entry = CloseEntry(disposition=Disposition.DUPLICATE, note="The same", duplicate_of=winner.number)
            return close_request(request_id=loser.pk, entry=entry, actor=actor(cast.alice), at=now)

        results = at_once(partial(merge, first, second), partial(merge, second, first))

        assert failures(results, ActionRefused) == []
        assert sum(isinstance(result, ActionRefused) for result in results) == 1
        rows = ServiceRequest.objects.filter(pk__in=[first.pk, second.pk])
        closed, left = rows.get(status=Status.CLOSED), rows.exclude(status=Status.CLOSED).get()
        assert closed.merged_into == left
        assert closed.clocks.get().verdict == Verdict.MERGED
        assert left.clocks.get().verdict == Verdict.OPEN


def test_merges_in_a_ring_end_without_a_ring(cast: Cast, log: Log, now: datetime) -> None:
    ring = [log(f"Ring {number}") for number in range(4)]

    def merge(loser: ServiceRequest, winner: ServiceRequest) -> ServiceRequest:
        entry = CloseEntry(disposition=Disposition.DUPLICATE, note="The same", duplicate_of=winner.number)
        return close_request(request_id=loser.pk, entry=entry, actor=actor(cast.alice), at=now)

    results = at_once(*(partial(merge, ring[n], ring[n - 1]) for n in range(4)))

    assert failures(results, ActionRefused) == []
    left = [row for row in ServiceRequest.objects.all() if row.status != Status.CLOSED]
    assert left
    # One clock is open for each request that is left, and none for a request that was merged away.
    assert {clock.service_request_id for clock in ResponseClock.objects.filter(verdict=Verdict.OPEN)} == {
        row.pk for row in left
    }


@pytest.mark.parametrize("disposition", [Disposition.DONE, Disposition.WITHDRAWN])
def test_answered_and_closed_at_once_has_one_verdict(
    cast: Cast, log: Log, now: datetime, disposition: Disposition
) -> None:
    at = now + timedelta(hours=1)
    for number in range(ROUNDS):
        found = log(f"Pothole {number}")
        answer = AnswerEntry(channel=Channel.PHONE, text="On Friday.", occurred_at=at)
        ending = CloseEntry(disposition=disposition, note="Filled.")

        results = at_once(
            partial(answer_request, request_id=found.pk, entry=answer, actor=actor(cast.alice), at=at),
            partial(close_request, request_id=found.pk, entry=ending, actor=actor(cast.sam), at=at),
        )

        # Closed first, the answer is refused: it has to be typed into the closing, or the request reopened.
        assert failures(results, ActionRefused) == []
        found.refresh_from_db()
        clock = found.clocks.get()
        assert found.status == Status.CLOSED
        assert found.answer_by_at is None
        assert clock.verdict in ({Verdict.MET} if disposition is Disposition.DONE else {Verdict.MET, Verdict.CANCELLED})
        assert clock.revisions.count() == 2


def test_closed_and_called_again_at_once_never_leaves_an_open_clock_on_a_closed_request(
    cast: Cast, log: Log, now: datetime
) -> None:
    at = now + timedelta(hours=1)
    for number in range(ROUNDS):
        found = log(f"Pothole {number}")
        again = InboundEntry(channel=Channel.PHONE, text="Still there", occurred_at=at)
        ending = CloseEntry(disposition=Disposition.DONE, note="Filled.")
        close_request(request_id=found.pk, entry=ending, actor=actor(cast.sam), at=at)

        results = at_once(
            *(partial(reopen_request, request_id=found.pk, entry=again, actor=actor(cast.alice), at=at) for _ in "ab"),
            partial(close_request, request_id=found.pk, entry=ending, actor=actor(cast.sam), at=at),
        )

        assert failures(results, ActionRefused) == []
        found.refresh_from_db()
        open_clocks = found.clocks.filter(verdict=Verdict.OPEN).count()
        assert open_clocks == (0 if found.status == Status.CLOSED else 1)
        assert found.reopened_count in (1, 2)
