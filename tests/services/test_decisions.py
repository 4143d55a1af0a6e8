"""What only a supervisor decides: excuses and corrections, never on their own work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Milestone, RequestKind, Verdict
from requests_app.services.answers import answer_request
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.entries import AnswerEntry
from requests_app.services.excusals import excuse_clock, revoke_excusal
from requests_app.services.records import extend_determination
from tests.cast import Cast, actor
from tests.services.conftest import Log

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
LATE = DUE + timedelta(hours=16)  # Wed 25 Nov, 9:00 am


def told(at: datetime) -> AnswerEntry:
    return AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=at)


def test_an_excuse_changes_no_verdict_and_reminders_go_on(cast: Cast, log: Log, now: datetime) -> None:
    clock = log().clocks.get()
    before = clock.next_stage_at

    excuse_clock(clock_id=clock.pk, reason="Storm day", actor=actor(cast.sam), at=LATE)

    clock.refresh_from_db()
    assert (clock.verdict, clock.next_stage_at) == (Verdict.OPEN, before)
    excusal = clock.excusals.get()
    assert (excusal.decided_by, excusal.decided_at, excusal.revoked_at) == (cast.sam, LATE, None)
    assert clock.service_request.events.filter(kind=EventKind.EXCUSED).count() == 1


def test_taking_an_excuse_back_deletes_nothing_and_allows_another(cast: Cast, log: Log, now: datetime) -> None:
    clock = log().clocks.get()
    excuse_clock(clock_id=clock.pk, reason="Storm day", actor=actor(cast.sam), at=LATE)

    revoke_excusal(clock_id=clock.pk, reason="It was dry", actor=actor(cast.sam), at=LATE)
    excuse_clock(clock_id=clock.pk, reason="Closure entered late", actor=actor(cast.sam), at=LATE)

    assert [excusal.revoked_by for excusal in clock.excusals.order_by("pk")] == [cast.sam, None]


def test_what_cannot_be_excused(cast: Cast, log: Log, now: datetime) -> None:
    clock = log().clocks.get()
    own = log(for_employee_id=cast.sam.pk).clocks.get()

    for clock_id, who, at, refusal in [
        (clock.pk, cast.sam, DUE, Refusal.NOT_LATE),
        (clock.pk, cast.alice, LATE, Refusal.ROLE),
        (clock.pk, cast.bob, LATE, Refusal.ROLE),
        (clock.pk, cast.hana, LATE, Refusal.ROLE),
        (own.pk, cast.sam, LATE, Refusal.OWN_CLOCK),
    ]:
        with pytest.raises(ActionRefused) as refused:
            excuse_clock(clock_id=clock_id, reason="x", actor=actor(who), at=at)
        assert refused.value.refusal is refusal

    excuse_clock(clock_id=clock.pk, reason="x", actor=actor(cast.sam), at=LATE)
    with pytest.raises(ActionRefused) as refused:
        excuse_clock(clock_id=clock.pk, reason="x", actor=actor(cast.sam), at=LATE)
    assert refused.value.refusal is Refusal.ALREADY_EXCUSED


def test_correcting_when_it_was_answered_changes_the_verdict_and_keeps_both(
    cast: Cast, log: Log, now: datetime
) -> None:
    found = log()
    answer_request(request_id=found.pk, entry=told(LATE), actor=actor(cast.alice), at=LATE)
    clock = found.clocks.get()
    assert clock.verdict == Verdict.LATE

    entry = CorrectionEntry(reason="The call was on Tuesday", answered_at=DUE - timedelta(hours=1))
    correct_clock(clock_id=clock.pk, entry=entry, actor=actor(cast.sam), at=LATE)

    clock.refresh_from_db()
    assert (clock.verdict, clock.is_corrected, clock.is_recorded_late) == (Verdict.MET, True, True)
    assert [revision.verdict for revision in clock.revisions.all()] == [Verdict.OPEN, Verdict.LATE, Verdict.MET]
    assert clock.revisions.latest("number").note == "The call was on Tuesday"


def test_an_answer_cannot_have_been_given_after_it_was_typed_in(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    answer_request(request_id=found.pk, entry=told(now), actor=actor(cast.alice), at=now)

    entry = CorrectionEntry(reason="x", answered_at=now + timedelta(hours=1))

    with pytest.raises(ActionRefused) as refused:
        correct_clock(clock_id=found.clocks.get().pk, entry=entry, actor=actor(cast.sam), at=LATE)

    assert refused.value.refusal is Refusal.AFTER_RECORDING


def test_correcting_the_channel_judges_by_its_standard(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    clock = found.clocks.get()

    entry = CorrectionEntry(reason="It was a mail", channel=Channel.EMAIL)
    correct_clock(clock_id=clock.pk, entry=entry, actor=actor(cast.sam), at=now)

    clock.refresh_from_db()
    found.refresh_from_db()
    assert (clock.clause, clock.channel, found.channel) == ("III.b.ii.4", Channel.EMAIL, Channel.EMAIL)
    assert clock.due_at == found.answer_by_at == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def test_correcting_when_it_came_moves_the_receipt_too(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    earlier = now - timedelta(days=3)  # Fri 20 Nov

    entry = CorrectionEntry(reason="The voicemail says Friday", started_at=earlier)
    correct_clock(clock_id=found.clocks.get().pk, entry=entry, actor=actor(cast.sam), at=now)

    found.refresh_from_db()
    assert found.received_at == found.clocks.get().started_at == earlier
    assert found.clocks.get().due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_what_cannot_be_corrected(cast: Cast, log: Log, now: datetime) -> None:
    clock, own = log().clocks.get(), log(for_employee_id=cast.sam.pk).clocks.get()
    tomorrow = now + timedelta(days=1)

    for clock_id, entry, who, refusal in [
        (clock.pk, CorrectionEntry(reason="x", started_at=tomorrow), cast.sam, Refusal.IN_FUTURE),
        (clock.pk, CorrectionEntry(reason="x", channel=Channel.EMAIL), cast.alice, Refusal.ROLE),
        (own.pk, CorrectionEntry(reason="x", channel=Channel.EMAIL), cast.sam, Refusal.OWN_CLOCK),
    ]:
        with pytest.raises(ActionRefused) as refused:
            correct_clock(clock_id=clock_id, entry=entry, actor=actor(who), at=now)
        assert refused.value.refusal is refusal


def test_a_determination_is_extended_once_by_at_most_fourteen_days(cast: Cast, log: Log, now: datetime) -> None:
    found = log(kind=RequestKind.RECORDS)  # due Thu 3 Dec

    def extend(to: date) -> None:
        extend_determination(
            request_id=found.pk, extended_to=to, reason="Voluminous records", actor=actor(cast.alice), at=now
        )

    for to, refusal in [
        (date(2026, 12, 18), Refusal.EXTENSION_TOO_LONG),
        (date(2026, 12, 3), Refusal.EXTENSION_TOO_LONG),
        (date(2026, 12, 12), Refusal.PROMISE_NOT_BUSINESS_DAY),
    ]:
        with pytest.raises(ActionRefused) as refused:
            extend(to)
        assert refused.value.refusal is refusal

    extend(date(2026, 12, 17))

    clock = found.clocks.get(milestone=Milestone.RECORDS_DETERMINATION)
    assert clock.due_at == datetime(2026, 12, 18, 1, 0, tzinfo=UTC)
    with pytest.raises(ActionRefused) as refused:
        extend(date(2026, 12, 21))
    assert refused.value.refusal is Refusal.EXTENDED_ALREADY
