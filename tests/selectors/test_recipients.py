"""Whoever is told is there, may see the request and is not the one it is about."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.stages import DEFAULT_LADDER, LadderStage
from requests_app.domain.vocabulary import Confidentiality, Involvement, Role
from requests_app.models import Department, Employee, RequestSubject, ResponseClock, RoleAssignment
from requests_app.selectors.recipients import may_receive, resolve_recipients, supervisors_of
from requests_app.selectors.visibility import visible_requests
from tests.cast import Cast, login_of
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, concern, give_role, start_clock_row

STAGES = {stage.code: stage for stage in DEFAULT_LADDER}
NAMES = ("alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie")


@pytest.fixture
def clock(cast: Cast) -> ResponseClock:
    service_request = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    return start_clock_row(service_request, due_at=NOW + timedelta(days=1))


def names(people: list[Employee]) -> list[str]:
    return [person.name.split()[0] for person in people]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [("due_today", "Alice"), ("late_digest", "Sam"), ("late_3_days", "Dora"), ("late_5_days", "Max")],
)
def test_each_rung_reaches_its_person(clock: ResponseClock, stage: str, expected: str) -> None:
    assert names(resolve_recipients(clock, STAGES[stage])) == [expected]


def test_the_chain_runs_from_the_owner_to_human_resources(clock: ResponseClock, cast: Cast) -> None:
    order = []
    for person in (cast.alice, cast.sam, cast.dora, cast.max, cast.hana):
        order += names(resolve_recipients(_again(clock), STAGES["due_today"]))
        Employee.objects.filter(pk=person.pk).update(is_active=False)
    assert order == ["Alice", "Sam", "Dora", "Max", "Hana"]


def test_with_the_whole_chain_gone_it_ends_at_a_teammate_and_then_at_anybody_who_may_see_it(
    clock: ResponseClock, cast: Cast
) -> None:
    gone = [person.pk for person in (cast.alice, cast.sam, cast.dora, cast.max, cast.hana)]
    Employee.objects.filter(pk__in=gone).update(is_active=False)
    assert names(resolve_recipients(_again(clock), STAGES["due_today"])) == ["Bob"]
    Employee.objects.filter(pk=cast.bob.pk).update(is_active=False)
    assert names(resolve_recipients(_again(clock), STAGES["due_today"])) == ["Fay"]
    Employee.objects.update(is_active=False)
    assert resolve_recipients(_again(clock), STAGES["due_today"]) == []


def test_somebody_without_an_address_is_passed_over(clock: ResponseClock, cast: Cast) -> None:
    Employee.objects.filter(pk=cast.alice.pk).update(email="")
    assert names(resolve_recipients(_again(clock), STAGES["due_today"])) == ["Sam"]


def test_a_request_of_nobody_goes_to_the_supervisor(clock: ResponseClock) -> None:
    clock.service_request.owner = None
    assert names(resolve_recipients(clock, STAGES["due_today"])) == ["Sam"]


def test_the_supervisor_a_request_is_about_is_passed_over(clock: ResponseClock, cast: Cast) -> None:
    concern(clock.service_request, cast.sam)
    assert names(resolve_recipients(clock, STAGES["late_digest"])) == ["Dora"]


def test_improper_activity_reaches_neither_supervisor_nor_head(clock: ResponseClock, cast: Cast) -> None:
    service_request = clock.service_request
    service_request.confidentiality = Confidentiality.IMPROPER_ACTIVITY
    service_request.save()
    assert not {"Sam", "Dora"} & set(names(resolve_recipients(clock, STAGES["late_digest"])))


def test_two_supervisors_are_told_in_a_stable_order(clock: ResponseClock, cast: Cast) -> None:
    second = EmployeeFactory.create(name="Zoe")
    give_role(second, Role.SUPERVISOR, cast.streets)
    assert names(resolve_recipients(clock, STAGES["late_digest"])) == ["Sam", "Zoe"]


def test_a_loop_in_the_departments_ends(clock: ResponseClock, cast: Cast) -> None:
    RoleAssignment.objects.filter(role__in=[Role.SUPERVISOR, Role.DEPARTMENT_HEAD]).delete()
    Department.objects.filter(pk=cast.public_works.pk).update(parent=cast.streets)
    assert names(resolve_recipients(clock, STAGES["late_digest"])) == ["Max"]


def test_only_a_supervisor_takes_over_what_nobody_owns(clock: ResponseClock, cast: Cast) -> None:
    assert names(supervisors_of(clock.service_request)) == ["Sam"]
    concern(clock.service_request, cast.sam)
    assert supervisors_of(clock.service_request) == []


def test_somebody_merely_mentioned_may_be_told(clock: ResponseClock, cast: Cast) -> None:
    RequestSubject.objects.create(
        service_request=clock.service_request, employee=cast.alice, involvement=Involvement.MENTIONED
    )
    assert may_receive(cast.alice, clock.service_request)


@given(
    stage=st.sampled_from(DEFAULT_LADDER),
    gone=st.sets(st.sampled_from(NAMES)),
    concerned=st.sets(st.sampled_from(NAMES), max_size=4),
    confidentiality=st.sampled_from([Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_things_stand_nobody_wrong_is_told(
    clock: ResponseClock, cast: Cast, stage: LadderStage, gone: set[str], concerned: set[str], confidentiality: str
) -> None:
    Employee.objects.update(is_active=True)
    Employee.objects.filter(pk__in=[getattr(cast, name).pk for name in gone]).update(is_active=False)
    service_request = clock.service_request
    service_request.confidentiality = confidentiality
    service_request.save()
    service_request.subjects.all().delete()
    for name in concerned:
        concern(service_request, getattr(cast, name))
    recipients = resolve_recipients(_again(clock), stage)
    assert len({person.pk for person in recipients}) == len(recipients)
    for person in recipients:
        assert person.is_active
        assert visible_requests(login_of(person)).filter(pk=service_request.pk).exists()
        assert person.name.split()[0].lower() not in concerned | gone
    if "hana" not in concerned | gone:
        assert recipients, "human resources are there and may see it"


def _again(clock: ResponseClock) -> ResponseClock:
    return ResponseClock.objects.select_related("service_request__owner").get(pk=clock.pk)
