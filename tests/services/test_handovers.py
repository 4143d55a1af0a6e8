"""The work of somebody away goes in one step to whoever is to have it meanwhile; what may not go stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Absence, AuditEntry, Department, Employee, Event, Notice, ServiceRequest
from requests_app.selectors.handovers import HandoverPlan, handover_plan, whereabouts_of
from requests_app.services.handovers import HandedOver, hand_over_work
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, ServiceRequestFactory, concern, start_clock_row

HandOver = Callable[..., HandedOver]
STAND_IN = Heir(Receiver.ALTERNATE)


@pytest.fixture
def absence(cast: Cast, now: datetime) -> Absence:
    """Alice is away until Mon 30 Nov, and Charlie of another department stands in."""
    return AbsenceFactory.create(employee=cast.alice, alternate_person=cast.charlie, reason="illness")


@pytest.fixture
def hand_over(cast: Cast, absence: Absence, now: datetime) -> HandOver:
    """Let Sam, who leads Alice, hand requests over."""

    def handed(*requests: ServiceRequest, heir: Heir = STAND_IN, by: Employee | None = None) -> HandedOver:
        return hand_over_work(
            absence_id=absence.pk,
            request_ids={each.pk for each in requests},
            heir=heir,
            actor=actor(by or cast.sam),
            at=now,
        )

    return handed


def work(cast: Cast, **facts: object) -> ServiceRequest:
    return ServiceRequestFactory.create(**{"department": cast.streets, "owner": cast.alice, **facts})


def went_to(service_request: ServiceRequest) -> tuple[Employee | None, Department | None]:
    service_request.refresh_from_db()
    return service_request.owner, service_request.department


def plan(cast: Cast, absence: Absence, heir: Heir = STAND_IN, *, by: Employee, now: datetime) -> HandoverPlan:
    return handover_plan(absence, heir, actor=actor(by), whereabouts=whereabouts_of(absence, now=now))


def test_what_is_picked_goes_to_whoever_stands_in_and_keeps_its_date(
    cast: Cast, hand_over: HandOver, now: datetime
) -> None:
    picked, left = work(cast), work(cast)
    clock = start_clock_row(picked, due_at=now + timedelta(hours=3))

    outcome = hand_over(picked)

    assert (outcome.done, outcome.refused.total()) == (1, 0)
    assert went_to(picked) == (cast.charlie, cast.streets)
    assert went_to(left) == (cast.alice, cast.streets)
    clock.refresh_from_db()
    assert clock.due_at == now + timedelta(hours=3)
    event = Event.objects.get(service_request=picked)
    assert (event.kind, event.actor) == (EventKind.GIVEN, cast.sam)
    assert "Alice Owner is away until Mon 30 Nov." in event.text
    assert "illness" not in event.text
    assert AuditEntry.objects.filter(action="work_handed_over").count() == 1


def test_whoever_receives_it_is_told_once_for_all_of_it(cast: Cast, hand_over: HandOver) -> None:
    hand_over(work(cast), work(cast))
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient) == (Notice.Kind.COVER, cast.charlie)
    assert notice.text.startswith("Alice Owner is away until Mon 30 Nov. 2 open requests are yours meanwhile")


def test_a_second_click_changes_nothing(cast: Cast, hand_over: HandOver) -> None:
    found = work(cast)
    hand_over(found)
    assert hand_over(found).done == 0
    assert Event.objects.filter(service_request=found).count() == 1
    assert Notice.objects.count() == 1


def test_it_may_go_to_another_person_or_to_the_queue(cast: Cast, hand_over: HandOver) -> None:
    first, second = work(cast), work(cast)
    hand_over(first, heir=Heir(Receiver.PERSON, cast.bob.pk))
    hand_over(second, heir=Heir(Receiver.QUEUE))
    assert went_to(first) == (cast.bob, cast.streets)
    assert went_to(second) == (None, cast.streets)


def test_a_department_that_stands_in_gets_it_in_its_queue(cast: Cast, absence: Absence, hand_over: HandOver) -> None:
    Absence.objects.filter(pk=absence.pk).update(alternate_person=None, alternate_department=cast.finance)
    found = work(cast)
    hand_over(found)
    assert went_to(found) == (None, cast.finance)


def test_where_nobody_stands_in_it_goes_to_the_supervisor(cast: Cast, absence: Absence, hand_over: HandOver) -> None:
    Absence.objects.filter(pk=absence.pk).update(alternate_person=None)
    found = work(cast)
    hand_over(found, by=cast.alice)
    assert went_to(found) == (cast.sam, cast.streets)


def test_what_is_about_whoever_stands_in_stays_and_says_so(
    cast: Cast, absence: Absence, hand_over: HandOver, now: datetime
) -> None:
    about_charlie = work(cast)
    concern(about_charlie, cast.charlie)
    (row,) = plan(cast, absence, by=cast.alice, now=now).rows
    assert row.why_not == "stays: Charlie Outsider may not have it"
    assert hand_over(about_charlie, by=cast.alice).done == 0
    assert went_to(about_charlie) == (cast.alice, cast.streets)


def test_a_confidential_matter_stays_unless_the_receiver_may_read_it_already(
    cast: Cast, absence: Absence, hand_over: HandOver, now: datetime
) -> None:
    secret = work(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    (row,) = plan(cast, absence, by=cast.alice, now=now).rows
    assert row.why_not == "stays: confidential, and Charlie Outsider may not read it"
    hand_over(secret, by=cast.alice)
    assert went_to(secret) == (cast.alice, cast.streets)
    hand_over(secret, by=cast.alice, heir=Heir(Receiver.PERSON, cast.sam.pk))
    assert went_to(secret) == (cast.sam, cast.streets)


def test_what_the_actor_may_not_read_is_counted_and_left(
    cast: Cast, absence: Absence, hand_over: HandOver, now: datetime
) -> None:
    about_sam = work(cast)
    concern(about_sam, cast.sam)
    shown = plan(cast, absence, by=cast.sam, now=now)
    assert (shown.rows, shown.hidden) == ([], 1)
    hand_over(about_sam)
    assert went_to(about_sam) == (cast.alice, cast.streets)


def test_what_is_due_during_the_absence_stands_first(cast: Cast, absence: Absence, now: datetime) -> None:
    later, undated, soon = work(cast), work(cast), work(cast)
    start_clock_row(later, due_at=now + timedelta(days=9))
    start_clock_row(soon, due_at=now + timedelta(days=2))
    rows = plan(cast, absence, by=cast.sam, now=now).rows
    assert [(row.service_request, row.is_due_meanwhile) for row in rows[:1]] == [(soon, True)]
    assert {row.service_request for row in rows[1:]} == {later, undated}


def test_before_leaving_whoever_stands_in_then_is_asked(cast: Cast, now: datetime) -> None:
    starts_at = now + timedelta(days=7)
    absence = AbsenceFactory.create(
        employee=cast.alice, starts_at=starts_at, ends_at=starts_at + timedelta(days=5), alternate_person=cast.bob
    )
    AbsenceFactory.create(employee=cast.bob, alternate_person=cast.charlie)  # back before Alice leaves
    found = work(cast)
    hand_over_work(absence_id=absence.pk, request_ids={found.pk}, heir=STAND_IN, actor=actor(cast.alice), at=now)
    assert went_to(found) == (cast.bob, cast.streets)


@pytest.mark.parametrize("who", ["bob", "charlie", "fay", "ada", "cleo"])
def test_only_the_person_who_leads_them_and_human_resources_hand_over(
    cast: Cast, hand_over: HandOver, who: str
) -> None:
    with pytest.raises(ActionRefused) as refused:
        hand_over(work(cast), by=getattr(cast, who))
    assert refused.value.refusal is Refusal.ABSENCE_NOT_YOURS


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "max", "hana"])
def test_these_hand_over(cast: Cast, hand_over: HandOver, who: str) -> None:
    assert hand_over(work(cast), by=getattr(cast, who)).done == 1


def test_an_absence_that_is_over_hands_nothing_over(cast: Cast, absence: Absence, now: datetime) -> None:
    found = work(cast)
    with pytest.raises(ActionRefused) as refused:
        hand_over_work(
            absence_id=absence.pk,
            request_ids={found.pk},
            heir=STAND_IN,
            actor=actor(cast.sam),
            at=now + timedelta(days=30),
        )
    assert refused.value.refusal is Refusal.ABSENCE_OVER
