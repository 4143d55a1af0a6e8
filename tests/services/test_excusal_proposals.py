"""What an unforeseen absence proposes to excuse, and what becomes of it when the absence changes (III.b.ii.3)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from requests_app.domain.absences import AbsenceKind
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Verdict
from requests_app.models import ExcusalProposal, Notice
from requests_app.services.absences import change_absence, record_absence, remove_absence
from requests_app.services.choices import change_choice
from requests_app.services.excusal_decisions import decide_excusal
from requests_app.services.excusal_requests import propose_excusal
from tests.absences_of import AT_THREE, DUE, LATE, OPEN_ENDED, OPENS, call_in_sick
from tests.cast import Cast, actor
from tests.services.conftest import Log

HOUR = timedelta(hours=1)


def proposed() -> list[int]:
    return list(ExcusalProposal.objects.filter(withdrawn_at__isnull=True).values_list("clock", flat=True))


# PEERS 39


def test_39_away_from_eight_recorded_at_three_and_due_at_five_is_proposed(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()

    absence = call_in_sick(cast.alice, by=cast.fay)

    proposal = ExcusalProposal.objects.get()
    assert (proposal.absence, proposal.clock, proposal.proposed_by) == (absence, clock, None)
    assert not proposal.is_after_breach
    event = clock.service_request.events.get(kind=EventKind.EXCUSAL_PROPOSED)
    assert "ill" not in f"{event.text} {event.data}".casefold()
    notice = Notice.objects.get(kind=Notice.Kind.EXCUSAL)
    assert notice.recipient == cast.sam
    assert "llness" not in f"{notice.text} {notice.mail and notice.mail.body}"


def test_39_recorded_after_the_breach_is_proposed_and_marked(cast: Cast, log: Log) -> None:
    log()

    call_in_sick(cast.alice, by=cast.fay, at=LATE)

    assert ExcusalProposal.objects.get().is_after_breach


@pytest.mark.parametrize(
    ("since", "until"), [(OPENS + HOUR, DUE), (OPENS, DUE - HOUR), (OPENS - 24 * HOUR, OPENS), (DUE, DUE + 24 * HOUR)]
)
def test_39_part_of_the_due_day_is_not_proposed(cast: Cast, log: Log, since: datetime, until: datetime) -> None:
    log()

    call_in_sick(cast.alice, by=cast.fay, since=since, until=until)

    assert not ExcusalProposal.objects.exists()


def test_39_part_of_the_due_day_is_proposed_where_the_city_chose_so(cast: Cast, log: Log, now: datetime) -> None:
    clock = log().clocks.get()
    change_choice("excusal_needs_whole_due_day", False, actor=actor(cast.ada), at=now)

    call_in_sick(cast.alice, by=cast.fay, since=OPENS + HOUR)

    assert proposed() == [clock.pk]


# PEERS 40


def test_40_planned_leave_proposes_nothing(cast: Cast, log: Log, now: datetime) -> None:
    log()
    entry = replace(
        OPEN_ENDED, kind=AbsenceKind.PLANNED, ends_at=DUE + 48 * HOUR, ask_again_on=None, no_alternate_reason="Short"
    )

    record_absence(entry, employee_id=cast.alice.pk, actor=actor(cast.sam), at=now)

    assert not ExcusalProposal.objects.exists()


def test_40_planned_leave_is_refused_as_an_excuse_with_the_clause_named(cast: Cast, log: Log, now: datetime) -> None:
    clock = log().clocks.get()
    entry = replace(
        OPEN_ENDED, kind=AbsenceKind.PLANNED, ends_at=DUE + 48 * HOUR, ask_again_on=None, no_alternate_reason="Short"
    )
    leave = record_absence(entry, employee_id=cast.alice.pk, actor=actor(cast.alice), at=now)

    with pytest.raises(ActionRefused) as refused:
        propose_excusal(clock_id=clock.pk, absence_id=leave.pk, note="I was away", actor=actor(cast.alice), at=LATE)

    assert refused.value.refusal is Refusal.PLANNED_ABSENCE
    assert not ExcusalProposal.objects.exists()


# PEERS 41; the figures change back in tests/selectors/test_excusal_figures.py


def test_41_removing_the_absence_revokes_what_was_granted_and_withdraws_the_rest(cast: Cast, log: Log) -> None:
    granted, waiting = log().clocks.get(), log().clocks.get()
    absence = call_in_sick(cast.alice, by=cast.fay)
    proposal = ExcusalProposal.objects.get(clock=granted)
    decide_excusal(proposal_id=proposal.pk, is_granted=True, reason="Sick", actor=actor(cast.sam), at=LATE)

    remove_absence(absence_id=absence.pk, reason="Wrong person", actor=actor(cast.fay), at=LATE + HOUR)

    assert proposed() == []
    excusal = granted.excusals.get()
    assert (excusal.revoked_at, excusal.revoked_by) == (LATE + HOUR, cast.fay)
    assert granted.service_request.events.filter(kind=EventKind.EXCUSAL_REVOKED).count() == 1
    assert not waiting.excusals.exists()
    granted.refresh_from_db()
    assert granted.verdict == Verdict.OPEN
    proposal.refresh_from_db()
    assert (proposal.is_granted, proposal.decision_reason) == (True, "Sick")
    told = Notice.objects.get(recipient=cast.alice, dedupe_key__startswith="excusal-revoked")
    assert told.service_request == granted.service_request


def test_shortening_an_absence_takes_back_what_it_no_longer_covers(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()
    absence = call_in_sick(cast.alice, by=cast.fay)
    decide_excusal(
        proposal_id=ExcusalProposal.objects.get().pk, is_granted=True, reason="x", actor=actor(cast.sam), at=LATE
    )
    shorter = replace(OPEN_ENDED, ends_at=DUE - HOUR, ask_again_on=None)

    change_absence(absence_id=absence.pk, version=1, entry=shorter, actor=actor(cast.sam), at=LATE + HOUR)

    assert clock.excusals.get().revoked_at == LATE + HOUR


def test_making_an_absence_planned_takes_its_excuses_back(cast: Cast, log: Log) -> None:
    log()
    absence = call_in_sick(cast.alice, by=cast.fay)
    planned = replace(
        OPEN_ENDED, kind=AbsenceKind.PLANNED, ends_at=DUE, ask_again_on=None, no_alternate_reason="Nobody there"
    )

    change_absence(absence_id=absence.pk, version=1, entry=planned, actor=actor(cast.sam), at=LATE)

    assert proposed() == []


def test_what_was_withdrawn_undecided_is_proposed_again_when_it_is_covered_again(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()
    absence = call_in_sick(cast.alice, by=cast.fay)
    whole = replace(OPEN_ENDED, ends_at=DUE, ask_again_on=None)
    shorter = replace(whole, ends_at=DUE - HOUR)
    change_absence(absence_id=absence.pk, version=1, entry=shorter, actor=actor(cast.sam), at=AT_THREE + HOUR)
    assert proposed() == []

    change_absence(absence_id=absence.pk, version=2, entry=whole, actor=actor(cast.sam), at=LATE)

    assert proposed() == [clock.pk]
    assert ExcusalProposal.objects.get().is_after_breach  # it became known only then


def test_a_refusal_stands_though_the_absence_goes(cast: Cast, log: Log) -> None:
    log()
    absence = call_in_sick(cast.alice, by=cast.fay)
    proposal = ExcusalProposal.objects.get()
    decide_excusal(proposal_id=proposal.pk, is_granted=False, reason="Bob had it", actor=actor(cast.sam), at=LATE)

    remove_absence(absence_id=absence.pk, reason="x", actor=actor(cast.fay), at=LATE)

    proposal.refresh_from_db()
    assert (proposal.is_granted, proposal.withdrawn_at) == (False, None)
