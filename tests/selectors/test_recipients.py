"""Whoever is told is there, may see the request and is not the one it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.stages import DEFAULT_LADDER, LadderStage
from requests_app.domain.vocabulary import Confidentiality, Involvement, Role
from requests_app.models import (
    Absence,
    Alternate,
    Department,
    Employee,
    RequestSubject,
    ResponseClock,
    RoleAssignment,
    ServiceRequest,
)
from requests_app.selectors.recipients import Roster, may_receive, resolve_recipients
from requests_app.selectors.takers import supervisors_of
from requests_app.selectors.visibility import visible_requests
from requests_app.selectors.whereabouts import Whereabouts
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


@dataclass(frozen=True)
class Situation:
    """A directory, who is away in which way, and whom the request is about."""

    roles: Mapping[str, tuple[Role, str]]
    away: Mapping[str, tuple[str, str]]  # who: in which way, and who stands in (a name, a department or nobody)
    alternates: Mapping[str, str]
    gone: frozenset[str]
    concerned: frozenset[str]
    owner: str
    confidentiality: Confidentiality


PLACES = ("streets", "public_works", "finance")
WAYS = ("planned", "unforeseen", "unknown_return", "day_off")
# Who is told of requests at all: an auditor reads masked, an administrator nothing, an attorney by invitation.
WORKING = (
    Role.STAFF,
    Role.SUPERVISOR,
    Role.DEPARTMENT_HEAD,
    Role.CITY_MANAGER,
    Role.HR,
    Role.RECORDS_CLERK,
    Role.FRONT_DESK,
)
ROLES = (*WORKING, Role.ATTORNEY, Role.AUDITOR, Role.ADMINISTRATOR)
DAY_OFF: dict[str, dict[str, list[str]]] = {
    "weekly_hours": {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
}
people = st.sampled_from(NAMES)
SITUATIONS = st.builds(
    Situation,
    roles=st.dictionaries(people, st.tuples(st.sampled_from(ROLES), st.sampled_from(PLACES))),
    away=st.dictionaries(people, st.tuples(st.sampled_from(WAYS), st.sampled_from((*NAMES, *PLACES, "")))),
    alternates=st.dictionaries(people, people, max_size=4),
    gone=st.frozensets(people, max_size=3),
    concerned=st.frozensets(people, max_size=3),
    owner=st.sampled_from((*NAMES, "")),
    confidentiality=st.sampled_from([Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL]),
)


@given(case=SITUATIONS, stage=st.sampled_from(DEFAULT_LADDER))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_for_any_directory_absences_and_conflicts_an_overdue_clock_reaches_somebody_present(
    clock: ResponseClock, cast: Cast, case: Situation, stage: LadderStage
) -> None:
    arrange(clock.service_request, cast, case)
    told = resolve_recipients(_again(clock), stage, roster=Roster([_again(clock).service_request], now=NOW))

    whereabouts = Whereabouts(NOW)
    able = [person for person in _cast_of(cast).values() if _may_be_told(person, clock.service_request)]
    told_ids = [person.pk for person in told]
    assert len(set(told_ids)) == len(told_ids)
    assert not {person.name for person in told} & {_cast_of(cast)[name].name for name in case.gone | case.concerned}
    assert all(may_receive(person, clock.service_request, now=NOW) for person in told)
    assert told or not able, "the nearest who is away, rather than nobody"
    if not all(whereabouts.is_away(person.pk) for person in able):
        assert not any(whereabouts.is_away(pk) for pk in told_ids), "nobody who is away while somebody is there"


def arrange(service_request: ServiceRequest, cast: Cast, case: Situation) -> None:
    """Make the city so; whatever an example before left is gone."""
    named: dict[str, Employee] = _cast_of(cast)
    places: dict[str, Department] = {place: getattr(cast, place) for place in PLACES}
    Employee.objects.update(is_active=True, work_pattern={})
    Employee.objects.filter(pk__in=[named[name].pk for name in case.gone]).update(is_active=False)
    for model in (RoleAssignment, Absence, Alternate, RequestSubject):
        model.objects.all().delete()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(employee=named[name], role=role, department=places[place])
        for name, (role, place) in case.roles.items()
    )
    for name, (way, stand_in) in case.away.items():
        _send_away(named[name], way, named.get(stand_in), places.get(stand_in))
    Alternate.objects.bulk_create(
        Alternate(employee=named[name], person=named[other], position=1)
        for name, other in case.alternates.items()
        if name != other
    )
    for name in case.concerned:
        concern(service_request, named[name])
    owner = named.get(case.owner)
    ServiceRequest.objects.filter(pk=service_request.pk).update(owner=owner, confidentiality=case.confidentiality)


def _send_away(person: Employee, way: str, stand_in: Employee | None, department: Department | None) -> None:
    if way == "day_off":
        Employee.objects.filter(pk=person.pk).update(work_pattern=DAY_OFF)
        return
    is_known = way != "unknown_return"
    Absence.objects.create(
        employee=person,
        kind=AbsenceKind.PLANNED if way == "planned" else AbsenceKind.UNFORESEEN,
        reason=AbsenceReason.LEAVE,
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=3) if is_known else None,
        ask_again_on=None if is_known else NOW.date(),
        alternate_person=stand_in if stand_in != person else None,
        alternate_department=department,
        recorded_at=NOW,
    )


def _may_be_told(person: Employee, service_request: ServiceRequest) -> bool:
    """Say whether somebody works on requests and may be told of this one, asked another way than the resolver does."""
    person = Employee.objects.get(pk=person.pk)
    is_working = person.role_assignments.filter(role__in=WORKING).exists()
    return is_working and may_receive(person, service_request, now=NOW)


def _cast_of(cast: Cast) -> dict[str, Employee]:
    return {name: getattr(cast, name) for name in NAMES}


def _again(clock: ResponseClock) -> ResponseClock:
    return ResponseClock.objects.select_related("service_request__owner").get(pk=clock.pk)
