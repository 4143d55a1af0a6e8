"""Answers and attempts: which stop a clock, from when, and what a promise adds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Channel, Milestone, RequestKind, Status, Verdict
from requests_app.models import CalendarVersion, ResponseClock, ServiceRequest
from requests_app.services.answers import add_note, answer_request, log_attempt
from requests_app.services.clocks import date_undated_clocks
from requests_app.services.entries import AnswerEntry, InboundEntry
from requests_app.services.requests import add_contact
from tests.cast import Cast, actor
from tests.services.conftest import Log

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tue 24 Nov 2026, 5:00 pm in Pinole


def told(at: datetime, **facts: Any) -> AnswerEntry:
    entry = AnswerEntry(channel=Channel.PHONE, text="A crew comes on Friday.", occurred_at=at)
    return replace(entry, **facts)


def clock_of(found: ServiceRequest, milestone: Milestone = Milestone.RESPONSE) -> ResponseClock:
    return found.clocks.filter(milestone=milestone).latest("pk")


@pytest.mark.parametrize(
    ("met_at", "verdict"),
    [(DUE - timedelta(seconds=1), Verdict.MET), (DUE, Verdict.MET), (DUE + timedelta(microseconds=1), Verdict.LATE)],
)
def test_the_due_instant_itself_is_on_time(cast: Cast, log: Log, met_at: datetime, verdict: Verdict) -> None:
    found = log()

    answer_request(request_id=found.pk, entry=told(met_at), actor=actor(cast.alice), at=met_at)

    clock = clock_of(found)
    assert (clock.verdict, clock.met_at, clock.verdict_recorded_at) == (verdict, met_at, met_at)
    assert clock.next_stage_at is None
    found.refresh_from_db()
    assert (found.answer_by_at, found.status) == (None, Status.OPEN)


def test_given_on_time_but_typed_in_later_counts_as_met_recorded_late(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    answer_request(
        request_id=found.pk, entry=told(DUE - timedelta(hours=2)), actor=actor(cast.alice), at=DUE + timedelta(hours=16)
    )

    clock = clock_of(found)
    assert (clock.verdict, clock.is_recorded_late) == (Verdict.MET, True)
    # 2:10 to 5:00 pm on Monday, 8:00 am to 3:00 pm on Tuesday.
    assert clock.business_minutes == 170 + 420


@pytest.mark.parametrize(
    ("outcome", "stops"),
    [
        (AttemptOutcome.LEFT_MESSAGE, True),  # a local choice, on by default
        (AttemptOutcome.NO_ANSWER, False),
        (AttemptOutcome.WRONG_NUMBER, False),
    ],
)
def test_an_attempt_is_recorded_and_counts_as_the_rule_says(
    cast: Cast, log: Log, now: datetime, outcome: AttemptOutcome, stops: bool
) -> None:
    found = log()
    later = now + timedelta(hours=1)

    log_attempt(request_id=found.pk, entry=told(later, text="", outcome=outcome), actor=actor(cast.alice), at=later)

    assert (clock_of(found).verdict == Verdict.MET) is stops
    touch = found.interactions.latest("pk")
    assert (touch.outcome, touch.is_qualifying) == (outcome, stops)


def test_a_note_never_stops_a_clock(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    add_note(request_id=found.pk, text="Crew is out", actor=actor(cast.alice), at=now)

    assert clock_of(found).verdict == Verdict.OPEN


def test_any_channel_answers_any_other(cast: Cast, log: Log, now: datetime) -> None:
    found = log(channel=Channel.EMAIL)

    answer_request(
        request_id=found.pk,
        entry=told(now + timedelta(hours=1), channel=Channel.LETTER),
        actor=actor(cast.bob),
        at=now + timedelta(hours=1),
    )

    assert clock_of(found).verdict == Verdict.MET


def test_a_holding_answer_stops_the_response_and_starts_the_promise(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    entry = told(now, answer=AnswerKind.HOLDING, promised_on=date(2026, 12, 1))

    answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)

    assert (clock_of(found).verdict, clock_of(found).is_holding_only) == (Verdict.MET, True)
    promise = clock_of(found, Milestone.PROMISED_ANSWER)
    assert promise.due_at == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    found.refresh_from_db()
    assert found.answer_by_at == promise.due_at


def test_a_second_holding_answer_never_moves_the_promise(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    for promised_on in (date(2026, 12, 1), date(2026, 12, 4)):
        entry = told(now, answer=AnswerKind.HOLDING, promised_on=promised_on)
        answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)

    assert clock_of(found, Milestone.PROMISED_ANSWER).due_at == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    assert found.clocks.count() == 2

    answer_request(request_id=found.pk, entry=told(now), actor=actor(cast.alice), at=now)
    assert clock_of(found, Milestone.PROMISED_ANSWER).verdict == Verdict.MET


@pytest.mark.parametrize(
    ("promised_on", "refusal"),
    [
        (None, Refusal.PROMISE_NEEDED),
        (date(2026, 11, 26), Refusal.PROMISE_NOT_BUSINESS_DAY),  # Thanksgiving
        (date(2026, 11, 28), Refusal.PROMISE_NOT_BUSINESS_DAY),  # Saturday
        (date(2026, 11, 20), Refusal.PROMISE_TOO_FAR),  # gone by
        (date(2026, 12, 10), Refusal.PROMISE_TOO_FAR),  # the eleventh business day
        (date(2040, 1, 4), Refusal.PROMISE_TOO_FAR),  # beyond any calendar
    ],
)
def test_a_promise_is_a_business_day_within_ten(
    cast: Cast, log: Log, now: datetime, promised_on: date | None, refusal: Refusal
) -> None:
    found = log()
    entry = told(now, answer=AnswerKind.HOLDING, promised_on=promised_on)

    with pytest.raises(ActionRefused) as refused:
        answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)

    assert refused.value.refusal is refusal
    assert clock_of(found).verdict == Verdict.OPEN
    assert found.interactions.count() == 1


def test_the_tenth_business_day_may_still_be_promised(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    entry = told(now, answer=AnswerKind.HOLDING, promised_on=date(2026, 12, 9))

    answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)

    assert clock_of(found, Milestone.PROMISED_ANSWER).due_at == datetime(2026, 12, 10, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "text", "refusal"),
    [(-1, "Told", Refusal.BEFORE_RECEIPT), (61, "Told", Refusal.IN_FUTURE), (5, "  ", Refusal.ANSWER_NEEDED)],
)
def test_an_answer_out_of_order_is_refused(
    cast: Cast, log: Log, now: datetime, minutes: int, text: str, refusal: Refusal
) -> None:
    found = log()

    with pytest.raises(ActionRefused) as refused:
        answer_request(
            request_id=found.pk,
            entry=told(now + timedelta(minutes=minutes), text=text),
            actor=actor(cast.alice),
            at=now + timedelta(hours=1),
        )

    assert refused.value.refusal is refusal


def test_a_time_typed_to_the_minute_is_not_before_a_contact_of_that_minute(cast: Cast, log: Log, now: datetime) -> None:
    received = now - timedelta(seconds=15)  # 2:09:45 pm
    found = log(received_at=received)

    answer_request(request_id=found.pk, entry=told(received.replace(second=0)), actor=actor(cast.alice), at=now)

    assert clock_of(found).met_at == received


def test_the_same_answer_posted_twice_is_one_answer(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    entry = told(now, submission_key=uuid4())

    for _ in range(2):
        answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)

    assert found.interactions.filter(is_qualifying=True).count() == 1
    assert found.events.filter(kind=EventKind.ANSWERED).count() == 1


def test_an_answer_alone_is_no_determination(cast: Cast, log: Log, now: datetime) -> None:
    found = log(kind=RequestKind.RECORDS)
    answer_request(request_id=found.pk, entry=told(now), actor=actor(cast.alice), at=now)

    assert clock_of(found).verdict == Verdict.MET
    assert clock_of(found, Milestone.RECORDS_DETERMINATION).verdict == Verdict.OPEN

    answer_request(request_id=found.pk, entry=told(now, is_determination=True), actor=actor(cast.alice), at=now)

    assert clock_of(found, Milestone.RECORDS_DETERMINATION).verdict == Verdict.MET
    assert found.events.filter(kind=EventKind.DETERMINED).exists()


def test_after_an_answer_a_new_contact_starts_a_new_clock(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    answer_request(request_id=found.pk, entry=told(now), actor=actor(cast.alice), at=now)
    later = now + timedelta(days=1)

    again = InboundEntry(channel=Channel.EMAIL, text="One more thing", occurred_at=later)
    add_contact(request_id=found.pk, entry=again, actor=actor(cast.fay), at=later)

    first, second = found.clocks.order_by("pk")
    assert (first.verdict, second.verdict) == (Verdict.MET, Verdict.OPEN)
    assert (second.clause, second.started_at) == ("III.b.ii.4", later)


def test_an_answer_before_the_calendar_is_known_gets_its_verdict_with_the_date(
    cast: Cast, log: Log, now: datetime
) -> None:
    version = CalendarVersion.objects.get(calendar__slug="response")
    CalendarVersion.objects.filter(pk=version.pk).update(
        definition={**version.definition, "known_through": "2026-11-23"}
    )
    found = log()
    answer_request(request_id=found.pk, entry=told(now), actor=actor(cast.alice), at=now)
    assert (clock_of(found).verdict, clock_of(found).stopped_by is not None) == (Verdict.OPEN, True)

    CalendarVersion.objects.create(calendar=version.calendar, number=2, definition=version.definition, confirmed_at=now)
    date_undated_clocks(now=now + timedelta(days=3))

    clock = clock_of(found)
    assert (clock.verdict, clock.met_at, clock.due_at) == (Verdict.MET, now, DUE)


def test_an_outsider_may_not_answer(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    for outsider in (cast.charlie, cast.ada, cast.hana):
        with pytest.raises(ActionRefused) as refused:
            answer_request(request_id=found.pk, entry=told(now), actor=actor(outsider), at=now)
        assert refused.value.refusal is Refusal.ROLE
