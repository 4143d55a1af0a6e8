from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.stages import Audience
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Alternate, AuditEntry, Category, Department, Departure, Employee, Event, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.departures import Wish, departure_plan
from requests_app.selectors.recipients import first_reached
from requests_app.selectors.routing import Wanted, route_contact
from requests_app.services.departures import DepartureEntry, record_departure, undo_departure
from tests.cast import Cast, actor, login_of
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, concern, give_role, start_clock_row

TODAY = date(2026, 11, 23)
Leave = Callable[..., Departure]


@pytest.fixture
def leave(cast: Cast, now: datetime) -> Leave:
    """Let Alice leave, as Ada saw it in the preview."""

    def left(to: Heir, *, apart: dict[int, Heir] | None = None, left_on: date = TODAY) -> Departure:
        wish = Wish(to, apart or {})
        entry = DepartureEntry(left_on=left_on, wish=wish, digest=departure_plan(cast.alice, wish).digest)
        return record_departure(employee_id=cast.alice.pk, entry=entry, actor=actor(cast.ada), at=now)

    return left


def work(cast: Cast, **facts: object) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, **facts)


def went_to(service_request: ServiceRequest) -> tuple[Employee | None, Department | None]:
    service_request.refresh_from_db()
    return service_request.owner, service_request.department


def test_the_open_work_goes_to_the_alternate_and_keeps_its_dates(cast: Cast, leave: Leave, now: datetime) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    request, closed = work(cast), work(cast, status="closed", closed_at=now, disposition="done")
    clock = start_clock_row(request, due_at=now + timedelta(hours=3))

    departure = leave(Heir(Receiver.ALTERNATE))

    assert went_to(request) == (cast.bob, cast.streets)
    assert went_to(closed) == (cast.alice, cast.streets)
    clock.refresh_from_db()
    assert (clock.due_at, departure.handed_over) == (now + timedelta(hours=3), 1)
    event = Event.objects.get(service_request=request)
    assert (event.kind, event.actor) == (EventKind.GIVEN, cast.ada)
    assert "Alice Owner has left." in event.text
    assert cast.bob.notices.get().text.startswith("Alice Owner has left. 1 open request is yours now")


def test_leaving_takes_away_everything_that_would_send_work_or_let_in(cast: Cast, leave: Leave) -> None:
    Category.objects.filter(slug="pothole").update(default_owner=cast.alice, backup_owner=cast.bob)
    Alternate.objects.create(employee=cast.bob, position=1, person=cast.alice)
    request = work(cast)
    browser = Client()
    browser.force_login(login_of(cast.alice))

    leave(Heir(Receiver.QUEUE))

    cast.alice.refresh_from_db()
    assert (cast.alice.is_active, cast.alice.left_on) == (False, TODAY)
    assert (cast.alice.role_assignments.count(), cast.bob.alternates.count()) == (0, 0)
    assert browser.get("/").status_code == 302
    assert not login_of(cast.alice).is_active
    pothole = Category.objects.get(slug="pothole")
    route = route_contact(Wanted(category_id=pothole.pk), answered_by=None, taker=cast.fay, at=NOW)
    assert route.owner == cast.bob
    request.refresh_from_db()
    assert cast.alice not in first_reached(request, Audience.OWNER)


def test_each_request_can_be_decided_apart(cast: Cast, leave: Leave) -> None:
    first, second, third = work(cast), work(cast), work(cast)
    apart = {second.pk: Heir(Receiver.QUEUE), third.pk: Heir(Receiver.PERSON, cast.charlie.pk)}
    leave(Heir(Receiver.SUPERVISOR), apart=apart)
    assert went_to(first) == (cast.sam, cast.streets)
    assert went_to(second) == (None, cast.streets)
    assert went_to(third) == (cast.charlie, cast.streets)


def test_a_department_can_stand_in(cast: Cast, leave: Leave) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, department=cast.public_works)
    ordinary, secret = work(cast), work(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    leave(Heir(Receiver.ALTERNATE))
    assert went_to(ordinary) == (None, cast.public_works)
    # Another department's queue would show it to that department's leads.
    assert went_to(secret) == (cast.sam, cast.streets)


def test_confidential_work_goes_only_to_somebody_who_may_see_it(cast: Cast, leave: Leave) -> None:
    secret = work(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    improper = work(cast, confidentiality=Confidentiality.IMPROPER_ACTIVITY)
    leave(Heir(Receiver.PERSON, cast.bob.pk))
    assert went_to(secret) == (cast.sam, cast.streets)
    assert went_to(improper) == (None, cast.streets)


def test_whoever_a_request_is_about_never_gets_it(cast: Cast, leave: Leave) -> None:
    about_bob, about_both = work(cast), work(cast)
    concern(about_bob, cast.bob)
    for person in (cast.bob, cast.sam):
        concern(about_both, person)
    leave(Heir(Receiver.PERSON, cast.bob.pk))
    assert went_to(about_bob) == (cast.sam, cast.streets)
    assert went_to(about_both) == (None, cast.streets)


def test_the_leaver_is_no_supervisor_of_their_own_work(cast: Cast, leave: Leave) -> None:
    give_role(cast.alice, Role.SUPERVISOR, cast.streets)
    cast.sam.role_assignments.all().delete()
    request = work(cast)
    leave(Heir(Receiver.SUPERVISOR))
    assert went_to(request) == (None, cast.streets)


def test_what_is_confirmed_is_what_was_shown(cast: Cast, now: datetime) -> None:
    wish = Wish(Heir(Receiver.QUEUE))
    shown = DepartureEntry(left_on=TODAY, wish=wish, digest=departure_plan(cast.alice, wish).digest)
    request = work(cast)
    with pytest.raises(ActionRefused) as refused:
        record_departure(employee_id=cast.alice.pk, entry=shown, actor=actor(cast.ada), at=now)
    assert refused.value.refusal is Refusal.PLAN_CHANGED
    assert went_to(request) == (cast.alice, cast.streets)


def test_nobody_leaves_twice_tomorrow_or_by_their_own_hand(cast: Cast, leave: Leave, now: datetime) -> None:
    refusals = []
    with pytest.raises(ActionRefused) as refused:
        leave(Heir(Receiver.QUEUE), left_on=TODAY + timedelta(days=1))
    refusals.append(refused.value.refusal)
    leave(Heir(Receiver.QUEUE))
    with pytest.raises(ActionRefused) as refused:
        leave(Heir(Receiver.QUEUE))
    refusals.append(refused.value.refusal)
    entry = DepartureEntry(left_on=TODAY, wish=Wish(Heir(Receiver.QUEUE)), digest="")
    for employee, by in ((cast.ada, actor(cast.ada)), (cast.ada, SYSTEM), (cast.bob, actor(cast.hana))):
        with pytest.raises(ActionRefused) as refused:
            record_departure(employee_id=employee.pk, entry=entry, actor=by, at=now)
        refusals.append(refused.value.refusal)
    assert refusals == [
        Refusal.IN_FUTURE, Refusal.HAS_LEFT, Refusal.OWN_RECORD, Refusal.LAST_ADMINISTRATOR, Refusal.ROLE,
    ]  # fmt: skip


@pytest.mark.parametrize("with_access", [True, False])
def test_a_leaving_can_be_undone(cast: Cast, leave: Leave, now: datetime, with_access: bool) -> None:
    request = work(cast)
    leave(Heir(Receiver.SUPERVISOR))
    undo_departure(employee_id=cast.alice.pk, with_access=with_access, actor=actor(cast.ada), at=now)
    cast.alice.refresh_from_db()
    assert (cast.alice.is_active, cast.alice.left_on) == (True, None)
    assert actor(cast.alice).holds(Role.STAFF) is with_access
    assert login_of(cast.alice).is_active is with_access
    assert went_to(request) == (cast.sam, cast.streets)
    with pytest.raises(ActionRefused):
        undo_departure(employee_id=cast.alice.pk, with_access=with_access, actor=actor(cast.ada), at=now)
    by_ada = AuditEntry.objects.filter(actor=cast.ada, object_kind="employee").values_list("action", flat=True)
    assert list(by_ada) == ["employee_left", "employee_came_back", *["role_given", "login_opened"] * with_access]


def test_whoever_left_before_it_was_recorded_here_can_come_back_too(cast: Cast, now: datetime) -> None:
    person = EmployeeFactory.create(is_active=False)
    undo_departure(employee_id=person.pk, with_access=True, actor=actor(cast.ada), at=now)
    person.refresh_from_db()
    assert person.is_active
