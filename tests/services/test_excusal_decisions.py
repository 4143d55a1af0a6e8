"""Deciding on proposed excuses: a lead of the person, with a reason, never that person (III.d.i)."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Role, Verdict
from requests_app.models import Employee, Excusal, ExcusalProposal, Notice, RoleAssignment
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request, take_request
from requests_app.services.entries import AnswerEntry
from requests_app.services.excusal_decisions import decide_excusal, decide_excusals
from requests_app.services.excusals import excuse_clock
from tests.absences_of import AT_THREE, DUE, LATE, OPENS, call_in_sick
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, EmployeeFactory, concern, give_role
from tests.services.conftest import Log


def decide(proposal: ExcusalProposal, by: Employee, *, grant: bool = True, at: datetime = LATE) -> ExcusalProposal:
    return decide_excusal(proposal_id=proposal.pk, is_granted=grant, reason="Ill that day", actor=actor(by), at=at)


def refusal_of(proposal: ExcusalProposal, by: Employee, *, at: datetime = LATE) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        decide(proposal, by, at=at)
    return refused.value.refusal


@pytest.fixture
def proposal(cast: Cast, log: Log) -> ExcusalProposal:
    """That Alice's answer, due at 5 pm on the day she was ill, may be excused."""
    log()
    call_in_sick(cast.alice, by=cast.fay)
    return ExcusalProposal.objects.get()


def test_granting_makes_the_excusal_and_links_it(cast: Cast, proposal: ExcusalProposal) -> None:
    decide(proposal, cast.sam)

    proposal.refresh_from_db()
    excusal = Excusal.objects.get()
    assert (proposal.is_granted, proposal.decided_by, proposal.excusal) == (True, cast.sam, excusal)
    assert (excusal.clock_id, excusal.reason, excusal.decided_by) == (proposal.clock_id, "Ill that day", cast.sam)
    assert proposal.clock.service_request.events.filter(kind=EventKind.EXCUSED).count() == 1
    assert proposal.clock.verdict == Verdict.OPEN
    told = Notice.objects.get(kind=Notice.Kind.EXCUSAL, recipient=cast.alice)
    assert told.service_request == proposal.clock.service_request
    assert "Ill that day" in told.text


def test_refusing_keeps_the_reason_and_excuses_nothing(cast: Cast, proposal: ExcusalProposal) -> None:
    decide(proposal, cast.sam, grant=False)

    proposal.refresh_from_db()
    assert (proposal.is_granted, proposal.decision_reason, proposal.excusal) == (False, "Ill that day", None)
    assert not Excusal.objects.exists()
    assert proposal.clock.service_request.events.get(kind=EventKind.EXCUSAL_REFUSED).text == "Ill that day"


def test_what_is_not_late_yet_can_be_refused_but_not_granted(cast: Cast, proposal: ExcusalProposal) -> None:
    assert refusal_of(proposal, cast.sam, at=DUE) is Refusal.NOT_LATE
    decide(proposal, cast.sam, grant=False, at=DUE)


def test_what_was_decided_or_withdrawn_is_not_decided_again(cast: Cast, proposal: ExcusalProposal) -> None:
    decide(proposal, cast.sam, grant=False)
    assert refusal_of(proposal, cast.dora) is Refusal.PROPOSAL_DECIDED
    ExcusalProposal.objects.update(decided_at=None, is_granted=None, decision_reason="", withdrawn_at=LATE)
    assert refusal_of(proposal, cast.sam) is Refusal.PROPOSAL_DECIDED


def test_who_may_not_decide(cast: Cast, proposal: ExcusalProposal) -> None:
    for who, refusal in [
        (cast.alice, Refusal.OWN_ABSENCE),
        (cast.bob, Refusal.ROLE),
        (cast.charlie, Refusal.ROLE),
        (cast.fay, Refusal.ROLE),
        (cast.max, Refusal.ROLE),  # the chain does not come to him while a lead is there
        (cast.hana, Refusal.ROLE),
        (cast.ada, Refusal.ROLE),
    ]:
        assert refusal_of(proposal, who) is refusal


def test_the_head_of_the_department_decides_too(cast: Cast, proposal: ExcusalProposal) -> None:
    decide(proposal, cast.dora)
    assert Excusal.objects.get().decided_by == cast.dora


def test_whoever_answered_decides_nothing_so_the_next_in_the_chain_does(cast: Cast, proposal: ExcusalProposal) -> None:
    found = proposal.clock.service_request
    take_request(request_id=found.pk, actor=actor(cast.sam), at=LATE)
    entry = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=LATE)
    answer_request(request_id=found.pk, entry=entry, actor=actor(cast.sam), at=LATE)
    give_request(request_id=found.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=actor(cast.sam), at=LATE)

    assert refusal_of(proposal, cast.sam) is Refusal.OWN_CLOCK
    decide(proposal, cast.dora)


def test_the_supervisors_own_absence_goes_to_the_head(cast: Cast, log: Log) -> None:
    log(for_employee_id=cast.sam.pk)
    peer = EmployeeFactory.create(department=cast.streets)
    give_role(peer, Role.SUPERVISOR, cast.streets)

    call_in_sick(cast.sam, by=cast.fay)

    proposal = ExcusalProposal.objects.get()
    assert Notice.objects.get(kind=Notice.Kind.EXCUSAL).recipient == cast.dora
    assert refusal_of(proposal, cast.sam) is Refusal.OWN_ABSENCE
    assert refusal_of(proposal, peer) is Refusal.ROLE  # beside him
    decide(proposal, cast.dora)


def test_the_heads_own_absence_goes_to_the_city_manager_and_his_to_human_resources(cast: Cast, log: Log) -> None:
    log(for_employee_id=cast.dora.pk)
    call_in_sick(cast.dora, by=cast.fay)
    hers = ExcusalProposal.objects.get()
    log(for_employee_id=cast.max.pk)
    call_in_sick(cast.max, by=cast.fay, until=DUE + timedelta(hours=1))
    his = ExcusalProposal.objects.exclude(pk=hers.pk).get()

    assert refusal_of(hers, cast.sam) is Refusal.ROLE
    decide(hers, cast.max)
    assert refusal_of(his, cast.dora) is Refusal.ROLE
    decide(his, cast.hana)


def test_a_decider_who_is_away_is_passed_over(cast: Cast, log: Log) -> None:
    log()
    AbsenceFactory.create(employee=cast.sam)

    call_in_sick(cast.alice, by=cast.fay)

    assert Notice.objects.get(kind=Notice.Kind.EXCUSAL).recipient == cast.dora


def test_the_chain_ends_at_human_resources(cast: Cast, log: Log) -> None:
    log()
    for who in (cast.sam, cast.dora, cast.max):
        AbsenceFactory.create(employee=who)

    call_in_sick(cast.alice, by=cast.fay)

    assert Notice.objects.get(kind=Notice.Kind.EXCUSAL).recipient == cast.hana
    decide(ExcusalProposal.objects.get(), cast.hana)


def test_whoever_the_request_is_about_decides_nothing(cast: Cast, proposal: ExcusalProposal) -> None:
    concern(proposal.clock.service_request, cast.sam)
    assert refusal_of(proposal, cast.sam) is Refusal.ROLE
    decide(proposal, cast.dora)


def test_roles_of_every_kind_help_nobody_to_decide_on_their_own(cast: Cast, proposal: ExcusalProposal) -> None:
    for role in (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR):
        give_role(cast.alice, role)
    assert refusal_of(proposal, cast.alice) is Refusal.OWN_ABSENCE
    give_request(
        request_id=proposal.clock.service_request_id, owner_id=cast.bob.pk, department_id=None, note="",
        actor=actor(cast.sam), at=AT_THREE,
    )  # fmt: skip
    assert refusal_of(proposal, cast.alice) is Refusal.OWN_ABSENCE
    with pytest.raises(ActionRefused) as refused:
        excuse_clock(clock_id=proposal.clock_id, reason="x", actor=actor(cast.alice), at=LATE)
    assert refused.value.refusal is Refusal.OWN_ABSENCE


def test_where_nobody_may_decide_it_waits_for_nobody(cast: Cast, log: Log) -> None:
    RoleAssignment.objects.filter(role__in=[Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR]).delete()
    log()
    call_in_sick(cast.alice, by=cast.fay)
    assert refusal_of(ExcusalProposal.objects.get(), cast.sam) is Refusal.ROLE
    assert not Notice.objects.filter(kind=Notice.Kind.EXCUSAL).exists()


def test_deciding_on_several_tells_each_person_once_and_counts_what_was_refused(cast: Cast, log: Log) -> None:
    for _number in range(3):
        log()
    call_in_sick(cast.alice, by=cast.fay)
    own = log(for_employee_id=cast.sam.pk)
    call_in_sick(cast.sam, by=cast.fay, at=OPENS)
    ids = list(ExcusalProposal.objects.values_list("pk", flat=True))

    outcome = decide_excusals(ids, is_granted=True, reason="Ill", actor=actor(cast.sam), at=LATE)

    assert len(outcome.decided) == 3
    assert sum(outcome.refused.values()) == 1
    assert not own.clocks.get().excusals.exists()
    told = Notice.objects.get(kind=Notice.Kind.EXCUSAL, recipient=cast.alice)
    assert told.text.startswith("3 late answers are excused.")
    assert "Ill" not in told.text
