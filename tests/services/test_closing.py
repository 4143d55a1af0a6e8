"""How a request ends and begins again: nothing ends with an answer owed, nothing hides lateness."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import AnswerKind, Channel, Disposition, Milestone, RequestKind, Status, Verdict
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.services.answers import answer_request
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry
from tests.cast import Cast, actor
from tests.factories import concern
from tests.services.conftest import Log

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def ended(how: Disposition = Disposition.DONE, **facts: Any) -> CloseEntry:
    return replace(CloseEntry(disposition=how, note="Filled this morning."), **facts)


def only_clock(found: ServiceRequest) -> ResponseClock:
    return found.clocks.get()


@pytest.mark.parametrize("how", [Disposition.ANSWERED, Disposition.DONE, Disposition.REFERRED, Disposition.NO_ACTION])
def test_closing_records_the_answer_that_was_owed(cast: Cast, log: Log, now: datetime, how: Disposition) -> None:
    found = log()

    close_request(request_id=found.pk, entry=ended(how), actor=actor(cast.alice), at=now)

    found.refresh_from_db()
    assert (found.status, found.disposition, found.closed_at) == (Status.CLOSED, how, now)
    assert (only_clock(found).verdict, only_clock(found).met_at) == (Verdict.MET, now)
    assert found.interactions.filter(is_qualifying=True).get().text == "Filled this morning."


@pytest.mark.parametrize("how", [Disposition.WITHDRAWN, Disposition.SPAM, Disposition.WRONG_NUMBER])
def test_where_nobody_waits_any_more_the_clock_is_cancelled_with_its_reason(
    cast: Cast, log: Log, now: datetime, how: Disposition
) -> None:
    found = log()

    close_request(request_id=found.pk, entry=ended(how), actor=actor(cast.alice), at=now)

    clock = only_clock(found)
    assert (clock.verdict, clock.ended_reason, clock.met_at) == (Verdict.CANCELLED, how, None)
    assert not found.interactions.filter(is_qualifying=True).exists()


def test_closing_after_the_due_instant_is_a_late_answer(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    later = DUE + timedelta(hours=16)

    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=later)

    assert only_clock(found).verdict == Verdict.LATE


def test_closing_twice_is_refused_and_leaves_one_event(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now)

    with pytest.raises(ActionRefused) as refused:
        close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now)

    assert refused.value.refusal is Refusal.STATUS
    assert found.events.filter(kind=EventKind.CLOSED).count() == 1


def test_a_records_request_closes_only_after_its_determination(cast: Cast, log: Log, now: datetime) -> None:
    found = log(kind=RequestKind.RECORDS)

    with pytest.raises(ActionRefused) as refused:
        close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now)
    assert refused.value.refusal is Refusal.DETERMINATION_OPEN

    determination = AnswerEntry(channel=Channel.EMAIL, text="Attached.", occurred_at=now, is_determination=True)
    answer_request(request_id=found.pk, entry=determination, actor=actor(cast.alice), at=now)
    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now)

    found.refresh_from_db()
    assert found.status == Status.CLOSED


def test_reopening_starts_a_new_clock_and_keeps_the_old_verdict(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now)
    later = now + timedelta(days=21)  # Mon 14 Dec

    reopen_request(
        request_id=found.pk,
        entry=InboundEntry(channel=Channel.PHONE, text="It is back", occurred_at=later),
        actor=actor(cast.fay),
        at=later,
    )

    found.refresh_from_db()
    assert (found.status, found.closed_at, found.disposition, found.reopened_count) == (Status.OPEN, None, "", 1)
    old, new = found.clocks.order_by("pk")
    assert (old.verdict, new.verdict) == (Verdict.MET, Verdict.OPEN)
    assert new.due_at == datetime(2026, 12, 16, 1, 0, tzinfo=UTC)
    assert found.answer_by_at == new.due_at


def test_a_late_close_reopened_and_closed_again_counts_the_first_miss_once(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    late = DUE + timedelta(hours=16)
    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=late)
    again = InboundEntry(channel=Channel.PHONE, text="Again", occurred_at=late)
    reopen_request(request_id=found.pk, entry=again, actor=actor(cast.alice), at=late)
    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=late + timedelta(minutes=5))

    assert sorted(clock.verdict for clock in found.clocks.all()) == [Verdict.LATE, Verdict.MET]


def test_a_duplicate_gives_its_earlier_promise_to_the_winner(cast: Cast, log: Log, now: datetime) -> None:
    earlier = now - timedelta(days=4)  # Thu 19 Nov
    loser, winner = log(received_at=earlier), log()

    close_request(
        request_id=loser.pk,
        entry=ended(Disposition.DUPLICATE, duplicate_of=winner.number.lower()),
        actor=actor(cast.alice),
        at=now,
    )

    loser.refresh_from_db()
    winner.refresh_from_db()
    lost, kept = only_clock(loser), only_clock(winner)
    assert (loser.status, loser.merged_into) == (Status.CLOSED, winner)
    assert (lost.verdict, lost.merged_into) == (Verdict.MERGED, kept)
    assert (kept.started_at, kept.due_at) == (earlier, datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
    assert winner.answer_by_at == kept.due_at
    assert [revision.reason for revision in kept.revisions.all()] == ["started", "taken_over"]


def test_a_winner_without_an_open_clock_takes_the_losers_over(cast: Cast, log: Log, now: datetime) -> None:
    loser, winner = log(), log()
    told = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=now)
    answer_request(request_id=winner.pk, entry=told, actor=actor(cast.alice), at=now)

    close_request(
        request_id=loser.pk,
        entry=ended(Disposition.DUPLICATE, duplicate_of=winner.number),
        actor=actor(cast.alice),
        at=now,
    )

    assert sorted(clock.verdict for clock in winner.clocks.all()) == [Verdict.MET, Verdict.OPEN]
    assert winner.clocks.get(verdict=Verdict.OPEN).due_at == DUE


def test_verdicts_reached_stay_where_they_were(cast: Cast, log: Log, now: datetime) -> None:
    loser, winner = log(), log()
    late = DUE + timedelta(hours=16)
    told = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=late)
    answer_request(request_id=loser.pk, entry=told, actor=actor(cast.alice), at=late)

    close_request(
        request_id=loser.pk,
        entry=ended(Disposition.DUPLICATE, duplicate_of=winner.number),
        actor=actor(cast.alice),
        at=late,
    )

    assert only_clock(loser).verdict == Verdict.LATE


def test_what_a_duplicate_may_not_name(cast: Cast, log: Log, now: datetime) -> None:
    found, closed, hidden = log(), log(), log()
    close_request(request_id=closed.pk, entry=ended(), actor=actor(cast.alice), at=now)
    concern(hidden, cast.alice)

    for number, refusal in [
        ("PN-0000-0000", Refusal.MERGE_TARGET_UNKNOWN),
        ("", Refusal.MERGE_TARGET_UNKNOWN),
        (found.number, Refusal.MERGE_WITH_ITSELF),
        (closed.number, Refusal.MERGE_TARGET_CLOSED),
        (hidden.number, Refusal.MERGE_TARGET_UNKNOWN),
    ]:
        with pytest.raises(ActionRefused) as refused:
            close_request(
                request_id=found.pk,
                entry=ended(Disposition.DUPLICATE, duplicate_of=number),
                actor=actor(cast.alice),
                at=now,
            )
        assert refused.value.refusal is refusal, number
    assert only_clock(found).verdict == Verdict.OPEN


def test_a_promise_is_answered_by_closing_too(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    holding = AnswerEntry(
        channel=Channel.PHONE,
        text="Alice will call by Tuesday",
        occurred_at=now,
        answer=AnswerKind.HOLDING,
        promised_on=date(2026, 12, 1),
    )
    answer_request(request_id=found.pk, entry=holding, actor=actor(cast.alice), at=now)

    close_request(request_id=found.pk, entry=ended(), actor=actor(cast.alice), at=now + timedelta(hours=1))

    assert found.clocks.get(milestone=Milestone.PROMISED_ANSWER).verdict == Verdict.MET
