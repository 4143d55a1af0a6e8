"""Which clocks an absence covers: whose they were when it was recorded, and what a lasting one adds (III.b.ii.3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, RequestKind
from requests_app.models import Absence, ExcusalProposal, Notice, ResponseClock
from requests_app.services.absences import change_absence, end_absence, record_absence
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request, send_back_request
from requests_app.services.entries import AnswerEntry
from requests_app.services.excusal_requests import propose_excusal
from requests_app.services.excusals import excuse_clock
from requests_app.services.sweeps import sweep_clocks
from tests.absences_of import AT_THREE, DUE, LATE, OPEN_ENDED, OPENS, call_in_sick
from tests.cast import Cast, actor
from tests.services.conftest import Log

HOUR = timedelta(hours=1)


def proposed() -> list[int]:
    return list(ExcusalProposal.objects.filter(withdrawn_at__isnull=True).values_list("clock", flat=True))


def answered(at: datetime) -> AnswerEntry:
    return AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=at)


# Whose it was


def test_what_went_to_them_after_the_recording_does_not_count(cast: Cast, log: Log) -> None:
    found = log(for_employee_id=cast.bob.pk)
    call_in_sick(cast.alice, by=cast.fay)
    give_request(
        request_id=found.pk, owner_id=cast.alice.pk, department_id=None, note="", actor=actor(cast.sam),
        at=AT_THREE + HOUR,
    )  # fmt: skip

    sweep_clocks(now=AT_THREE + HOUR)

    assert not ExcusalProposal.objects.exists()
    clock = found.clocks.get()
    with pytest.raises(ActionRefused) as refused:
        propose_excusal(
            clock_id=clock.pk, absence_id=Absence.objects.get().pk, note="x", actor=actor(cast.alice), at=LATE
        )
    assert refused.value.refusal is Refusal.NOT_COVERED


def test_what_left_them_before_the_recording_does_not_count(cast: Cast, log: Log) -> None:
    given, returned = log(), log()
    give_request(
        request_id=given.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=actor(cast.alice), at=OPENS
    )
    send_back_request(request_id=returned.pk, reason="Not ours", actor=actor(cast.alice), at=OPENS)

    call_in_sick(cast.alice, by=cast.fay)

    assert not ExcusalProposal.objects.exists()


def test_what_left_them_after_the_recording_is_still_theirs_to_be_excused(cast: Cast, log: Log) -> None:
    found = log()
    absence = call_in_sick(cast.alice, by=cast.fay, at=OPENS, until=OPENS + HOUR)
    give_request(
        request_id=found.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=actor(cast.sam), at=AT_THREE
    )
    longer = replace(OPEN_ENDED, ends_at=DUE, ask_again_on=None)

    change_absence(absence_id=absence.pk, version=1, entry=longer, actor=actor(cast.sam), at=AT_THREE + HOUR)

    assert proposed() == [found.clocks.get().pk]


def test_what_was_not_known_yet_when_the_absence_was_recorded_does_not_count(
    cast: Cast, log: Log, now: datetime
) -> None:
    call_in_sick(cast.alice, by=cast.fay, at=now - HOUR)
    log()

    sweep_clocks(now=OPENS)

    assert not ExcusalProposal.objects.exists()


def test_a_records_determination_is_owed_by_law_and_never_proposed(cast: Cast, log: Log) -> None:
    found = log(kind=RequestKind.RECORDS)  # determination due Thu 3 Dec
    first = found.clocks.get(milestone="response")

    call_in_sick(cast.alice, by=cast.fay, until=DUE + timedelta(days=14))

    assert proposed() == [first.pk]


# While it lasts


def test_an_absence_of_unknown_end_covers_through_today_and_the_sweep_adds_the_next_days(cast: Cast, log: Log) -> None:
    due_tuesday = log().clocks.get()
    due_wednesday = log(channel=Channel.EMAIL).clocks.get()
    record_absence(OPEN_ENDED, employee_id=cast.alice.pk, actor=actor(cast.fay), at=OPENS)
    assert proposed() == [due_tuesday.pk]

    for _run in range(2):
        sweep_clocks(now=OPENS + 24 * HOUR)

    assert sorted(proposed()) == sorted([due_tuesday.pk, due_wednesday.pk])
    assert not ExcusalProposal.objects.filter(is_after_breach=True).exists()
    assert Notice.objects.filter(kind=Notice.Kind.EXCUSAL, recipient=cast.sam).count() == 2


def test_coming_back_before_the_end_of_the_day_withdraws_it(cast: Cast, log: Log) -> None:
    log()
    absence = record_absence(OPEN_ENDED, employee_id=cast.alice.pk, actor=actor(cast.fay), at=OPENS)

    end_absence(absence_id=absence.pk, actor=actor(cast.alice), at=AT_THREE)

    assert proposed() == []


def test_an_answer_on_time_settles_the_proposal(cast: Cast, log: Log) -> None:
    found = log()
    call_in_sick(cast.alice, by=cast.fay)
    answer_request(request_id=found.pk, entry=answered(AT_THREE), actor=actor(cast.bob), at=AT_THREE + HOUR)

    sweep_clocks(now=AT_THREE + HOUR)

    assert proposed() == []


def test_whatever_was_excused_by_hand_is_not_proposed_and_settles_what_was(cast: Cast, log: Log) -> None:
    by_hand, waiting = log().clocks.get(), log().clocks.get()
    excuse_clock(clock_id=by_hand.pk, reason="Closure entered late", actor=actor(cast.sam), at=LATE)
    call_in_sick(cast.alice, by=cast.fay, at=LATE)
    assert proposed() == [waiting.pk]

    excuse_clock(clock_id=waiting.pk, reason="Storm", actor=actor(cast.sam), at=LATE)

    assert proposed() == []


def test_proposing_twice_changes_nothing(cast: Cast, log: Log) -> None:
    log()
    call_in_sick(cast.alice, by=cast.fay)
    before = list(ExcusalProposal.objects.values())

    for _run in range(2):
        sweep_clocks(now=AT_THREE + HOUR)

    assert list(ExcusalProposal.objects.values()) == before


def test_who_decides_is_told_once_for_all_of_an_absence(cast: Cast, log: Log) -> None:
    for _number in range(3):
        log()

    call_in_sick(cast.alice, by=cast.fay)

    notice = Notice.objects.get(kind=Notice.Kind.EXCUSAL)
    assert (notice.recipient, notice.service_request) == (cast.sam, None)
    assert notice.text.startswith("3 answers that Alice Owner owed")


def test_a_clock_without_a_date_is_left_alone(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()
    ResponseClock.objects.filter(pk=clock.pk).update(due_at=None, undated_reason="no calendar")
    call_in_sick(cast.alice, by=cast.fay)
    assert not ExcusalProposal.objects.exists()


def test_nothing_is_proposed_where_the_calendar_ends(cast: Cast, log: Log) -> None:
    log()
    far = datetime(2090, 1, 2, 16, tzinfo=UTC)
    call_in_sick(cast.alice, by=cast.fay, since=far, until=far + 9 * HOUR)
    assert not ExcusalProposal.objects.exists()
