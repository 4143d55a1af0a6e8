"""Two who decide on an excuse at once, and an absence removed meanwhile: one outcome, whoever is first (III.d.i)."""

from functools import partial

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.models import Event, Excusal, ExcusalProposal
from requests_app.services.absences import remove_absence
from requests_app.services.excusal_decisions import decide_excusal, decide_excusals
from requests_app.services.excusal_requests import propose_standing
from tests.absences_of import AT_THREE, DUE, LATE, call_in_sick
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures
from tests.factories import EmployeeFactory, give_role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.mark.parametrize("attempt", range(5))
def test_two_supervisors_at_once_one_decides_and_the_other_is_told(cast: Cast, log: Log, attempt: int) -> None:
    log("Pothole")
    call_in_sick(cast.alice, by=cast.fay)
    proposal = ExcusalProposal.objects.get()
    sue = EmployeeFactory.create(department=cast.streets)
    give_role(sue, Role.SUPERVISOR, cast.streets)

    results = at_once(
        *(
            partial(
                decide_excusal, proposal_id=proposal.pk, is_granted=is_granted, reason="x", actor=actor(who), at=LATE
            )
            for who, is_granted in ((cast.sam, True), (sue, False))
        )
    )

    refused = [result for result in results if isinstance(result, ActionRefused)]
    assert failures(results, ActionRefused) == []
    assert [str(each) for each in refused] == ["proposal_decided"]
    proposal.refresh_from_db()
    assert Excusal.objects.count() == (1 if proposal.is_granted else 0)
    told = Event.objects.filter(kind__in=[EventKind.EXCUSED, EventKind.EXCUSAL_REFUSED])
    assert told.count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_removing_the_absence_while_it_is_decided_leaves_nothing_excused(cast: Cast, log: Log, attempt: int) -> None:
    for number in range(3):
        log(f"Pothole {number}")
    absence = call_in_sick(cast.alice, by=cast.fay)
    ids = list(ExcusalProposal.objects.values_list("pk", flat=True))

    results = at_once(
        partial(decide_excusals, ids, is_granted=True, reason="x", actor=actor(cast.sam), at=LATE),
        partial(remove_absence, absence_id=absence.pk, reason="Wrong", actor=actor(cast.fay), at=LATE),
    )

    assert failures(results, ActionRefused) == []
    assert not Excusal.objects.filter(revoked_at__isnull=True).exists()
    assert not ExcusalProposal.objects.filter(withdrawn_at__isnull=True).exists()


def test_sweeps_at_once_propose_each_clock_once(cast: Cast, log: Log) -> None:
    for number in range(6):
        log(f"Pothole {number}")
    call_in_sick(cast.alice, by=cast.fay, until=DUE)
    ExcusalProposal.objects.all().delete()
    Event.objects.filter(kind=EventKind.EXCUSAL_PROPOSED).delete()

    results = at_once(*(partial(propose_standing, now=AT_THREE) for _ in range(4)))

    assert failures(results) == []
    assert sum(results) == ExcusalProposal.objects.count() == 6
    assert Event.objects.filter(kind=EventKind.EXCUSAL_PROPOSED).count() == 6
