"""What somebody proposes for themself, out of their own unforeseen absence (III.b.ii.3, III.b.ii.4)."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel
from requests_app.models import ExcusalProposal
from requests_app.services.answers import answer_request
from requests_app.services.entries import AnswerEntry
from requests_app.services.excusal_decisions import decide_excusal
from requests_app.services.excusal_requests import propose_excusal
from tests.absences_of import LATE, call_in_sick
from tests.cast import Cast, actor
from tests.services.conftest import Log

HOUR = timedelta(hours=1)


def answered(at: datetime) -> AnswerEntry:
    return AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=at)


def test_somebody_proposes_for_themself_with_a_note(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()
    absence = call_in_sick(cast.alice, by=cast.fay)
    ExcusalProposal.objects.all().delete()

    proposal = propose_excusal(
        clock_id=clock.pk, absence_id=absence.pk, note="The line was dead", actor=actor(cast.alice), at=LATE
    )

    assert (proposal.proposed_by, proposal.note, proposal.decided_at) == (cast.alice, "The line was dead", None)
    assert clock.service_request.events.filter(kind=EventKind.EXCUSAL_PROPOSED).count() == 2


def test_what_the_system_proposed_gets_the_note(cast: Cast, log: Log) -> None:
    clock = log().clocks.get()
    absence = call_in_sick(cast.alice, by=cast.fay)

    propose_excusal(clock_id=clock.pk, absence_id=absence.pk, note="Fever", actor=actor(cast.alice), at=LATE)

    proposal = ExcusalProposal.objects.get()
    assert (proposal.proposed_by, proposal.note) == (None, "Fever")


def test_what_nobody_may_propose(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    clock = found.clocks.get()
    hers = call_in_sick(cast.alice, by=cast.fay)
    his = call_in_sick(cast.bob, by=cast.fay)
    short = call_in_sick(cast.alice, by=cast.fay, since=LATE, until=LATE + HOUR)
    kept = log()
    answer_request(request_id=kept.pk, entry=answered(now), actor=actor(cast.alice), at=now)

    for clock_id, absence, who, refusal in [
        (clock.pk, hers, cast.bob, Refusal.ROLE),
        (clock.pk, his, cast.alice, Refusal.ROLE),
        (clock.pk, short, cast.alice, Refusal.NOT_COVERED),
        (kept.clocks.get().pk, hers, cast.alice, Refusal.NOT_LATE),
    ]:
        with pytest.raises(ActionRefused) as refused:
            propose_excusal(clock_id=clock_id, absence_id=absence.pk, note="x", actor=actor(who), at=LATE)
        assert refused.value.refusal is refusal
    decide_excusal(
        proposal_id=ExcusalProposal.objects.get(clock=clock).pk, is_granted=False, reason="x", actor=actor(cast.sam),
        at=LATE,
    )  # fmt: skip
    with pytest.raises(ActionRefused) as refused:
        propose_excusal(clock_id=clock.pk, absence_id=hers.pk, note="x", actor=actor(cast.alice), at=LATE)
    assert refused.value.refusal is Refusal.PROPOSAL_DECIDED
