from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Alternate, AuditEntry, Department, Employee, OutgoingMail, RoleAssignment
from requests_app.services.alternates import add_alternate, put_alternate_first, remove_alternate
from requests_app.services.departments import (
    DepartmentEntry,
    add_department,
    change_department,
    reopen_department,
    retire_department,
)
from requests_app.services.employees import EmployeeEntry, add_employee, change_employee
from requests_app.services.logins import close_login, give_login, open_login, send_invitation
from requests_app.services.roles import give_role, take_role
from tests.cast import Cast, actor, login_of
from tests.factories import DepartmentFactory, EmployeeFactory, ServiceRequestFactory
from tests.factories import give_role as hold


def refused(act: Callable[[], object]) -> Refusal:
    """Do what has to be refused; say why it was, and see that it left no evidence."""
    before = AuditEntry.objects.count()
    with pytest.raises(ActionRefused) as caught:
        act()
    assert AuditEntry.objects.count() == before
    return caught.value.refusal


def actions() -> list[str]:
    return list(AuditEntry.objects.filter(actor__email="ada@pinole.example").values_list("action", flat=True))


def test_a_person_is_added_without_login_or_role(cast: Cast, now: datetime) -> None:
    entry = EmployeeEntry(name="Íñigo Montoya", department_id=cast.finance.pk, languages=("es",))
    person = add_employee(entry, actor=actor(cast.ada), at=now)
    assert (person.name_normalised, person.user, person.role_assignments.count()) == ("inigo montoya", None, 0)
    assert actions() == ["employee_added"]


def test_changing_a_person_tells_what_changed_and_saving_the_same_leaves_no_trace(cast: Cast, now: datetime) -> None:
    entry = EmployeeEntry(
        name="Bob Teammate", email=cast.bob.email, department_id=cast.streets.pk, title="Foreman", extension="1214"
    )
    changed = change_employee(employee_id=cast.bob.pk, version=1, entry=entry, actor=actor(cast.ada), at=now)
    again = change_employee(employee_id=cast.bob.pk, version=2, entry=entry, actor=actor(cast.ada), at=now)
    assert (changed, again) == ({"title": "Foreman", "extension": "1214"}, {})
    assert actions() == ["employee_changed"]


def test_the_second_of_two_editors_is_refused(cast: Cast, now: datetime) -> None:
    first = EmployeeEntry(name="Bob T.", department_id=cast.streets.pk, email=cast.bob.email)
    second = EmployeeEntry(name="Robert", department_id=cast.streets.pk, email=cast.bob.email)
    change_employee(employee_id=cast.bob.pk, version=1, entry=first, actor=actor(cast.ada), at=now)
    assert (
        refused(
            lambda: change_employee(employee_id=cast.bob.pk, version=1, entry=second, actor=actor(cast.ada), at=now)
        )
        == Refusal.RECORD_CHANGED
    )


def test_a_new_address_is_the_one_to_sign_in_with(cast: Cast, now: datetime) -> None:
    entry = EmployeeEntry(name="Bob Teammate", department_id=cast.streets.pk, email="robert@pinole.example")
    change_employee(employee_id=cast.bob.pk, version=1, entry=entry, actor=actor(cast.ada), at=now)
    assert login_of(cast.bob).email == "robert@pinole.example"
    assert EmailAddress.objects.get(user=login_of(cast.bob)).email == "robert@pinole.example"


@pytest.mark.parametrize(
    ("email", "refusal"), [("ALICE@pinole.example", Refusal.EMAIL_TAKEN), ("", Refusal.EMAIL_NEEDED)]
)
def test_nobody_can_be_given_an_address_that_does_not_sign_them_in(
    cast: Cast, now: datetime, email: str, refusal: Refusal
) -> None:
    entry = EmployeeEntry(name="Bob Teammate", department_id=cast.streets.pk, email=email)
    assert refusal == refused(
        lambda: change_employee(employee_id=cast.bob.pk, version=1, entry=entry, actor=actor(cast.ada), at=now)
    )


def test_a_role_given_counts_at_once_and_a_role_taken_too(cast: Cast, now: datetime) -> None:
    ada = actor(cast.ada)
    given = give_role(
        employee_id=cast.bob.pk, role=Role.SUPERVISOR, department_id=cast.public_works.pk, actor=ada, at=now
    )
    assert cast.streets.pk in actor(cast.bob).departments_as(Role.SUPERVISOR)
    take_role(assignment_id=given.pk, actor=ada, at=now)
    assert take_role(assignment_id=given.pk, actor=ada, at=now) is None
    assert not actor(cast.bob).holds(Role.SUPERVISOR)
    assert actions() == ["role_given", "role_taken"]


def test_a_city_wide_role_is_held_for_the_city_whatever_department_was_chosen(cast: Cast, now: datetime) -> None:
    given = give_role(
        employee_id=cast.bob.pk, role=Role.HR, department_id=cast.finance.pk, actor=actor(cast.ada), at=now
    )
    assert given.department.parent is None


def test_roles_are_given_by_administrators_to_others_only(cast: Cast, now: datetime) -> None:
    def give(giver: Employee, to: Employee, role: Role = Role.STAFF) -> Refusal:
        return refused(
            lambda: give_role(employee_id=to.pk, role=role, department_id=cast.streets.pk, actor=actor(giver), at=now)
        )

    assert give(cast.ada, cast.ada, Role.HR) == Refusal.OWN_RECORD
    assert give(cast.hana, cast.bob) == Refusal.ROLE
    assert give(cast.ada, EmployeeFactory.create(is_active=False)) == Refusal.HAS_LEFT


def test_the_last_administrator_cannot_be_removed_by_anybody(cast: Cast, now: datetime) -> None:
    hold(cast.bob, Role.ADMINISTRATOR)
    own, bobs = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    ada, bob = actor(cast.ada), actor(cast.bob)
    assert refused(lambda: take_role(assignment_id=own.pk, actor=ada, at=now)) == Refusal.OWN_RECORD
    take_role(assignment_id=bobs.pk, actor=ada, at=now)
    # Bob's page was open when his role went: what he still may is asked of the roles he held then.
    assert refused(lambda: take_role(assignment_id=own.pk, actor=bob, at=now)) == Refusal.LAST_ADMINISTRATOR
    assert refused(lambda: close_login(employee_id=cast.ada.pk, actor=bob, at=now)) == Refusal.LAST_ADMINISTRATOR


def test_a_login_is_given_with_a_link_that_sets_the_password(cast: Cast, now: datetime) -> None:
    person = EmployeeFactory.create(name="Neo Newcomer", email="neo@pinole.example")
    link = give_login(employee_id=person.pk, actor=actor(cast.ada), at=now)
    mail, user = OutgoingMail.objects.get(), User.objects.get(email=person.email)
    assert (mail.to_address, user.has_usable_password()) == ("neo@pinole.example", False)
    assert "/accounts/password/reset/key/" in link
    assert link in mail.body
    assert EmailAddress.objects.get(user=user).verified
    assert refused(lambda: give_login(employee_id=person.pk, actor=actor(cast.ada), at=now)) == Refusal.LOGIN_EXISTS


def test_the_link_of_an_invitation_works(cast: Cast, now: datetime) -> None:
    person = EmployeeFactory.create(email="neo@pinole.example")
    give_login(employee_id=person.pk, actor=actor(cast.ada), at=now)
    path = next(word for word in OutgoingMail.objects.get().body.split() if "/key/" in word).partition("/accounts")[2]
    browser = Client()
    form = browser.get(f"/accounts{path}", follow=True)
    typed = {"password1": "a long sentence of mine", "password2": "a long sentence of mine"}
    browser.post(form.redirect_chain[-1][0], typed)
    assert User.objects.get(email="neo@pinole.example").check_password("a long sentence of mine")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"email": ""}, Refusal.EMAIL_NEEDED),
        ({"email": "Alice@Pinole.example"}, Refusal.EMAIL_TAKEN),
        ({"is_active": False}, Refusal.HAS_LEFT),
    ],
)
def test_a_login_needs_somebody_at_work_with_an_address_of_their_own(
    cast: Cast, now: datetime, facts: dict[str, object], refusal: Refusal
) -> None:
    person = EmployeeFactory.create(**facts)
    assert refused(lambda: give_login(employee_id=person.pk, actor=actor(cast.ada), at=now)) == refusal


def test_a_closed_login_ends_what_is_signed_in_and_can_be_opened_again(cast: Cast, now: datetime) -> None:
    browser = Client()
    browser.force_login(login_of(cast.bob))
    close_login(employee_id=cast.bob.pk, actor=actor(cast.ada), at=now)
    assert browser.get("/").status_code == 302
    assert refused(lambda: send_invitation(employee_id=cast.bob.pk, actor=actor(cast.ada), at=now)) == Refusal.NO_LOGIN
    open_login(employee_id=cast.bob.pk, actor=actor(cast.ada), at=now)
    assert login_of(cast.bob).is_active
    assert actions() == ["login_closed", "login_opened"]


def test_alternates_keep_their_order(cast: Cast, now: datetime) -> None:
    def add(person: Employee | None, department: Department | None = None) -> Alternate:
        return add_alternate(
            employee_id=cast.bob.pk,
            person_id=person.pk if person else None,
            department_id=department.pk if department else None,
            actor=actor(cast.ada),
            at=now,
        )

    added = [add(cast.alice), add(cast.sam), add(None, cast.streets)]
    put_alternate_first(employee_id=cast.bob.pk, alternate_id=added[2].pk, actor=actor(cast.ada), at=now)
    remove_alternate(employee_id=cast.bob.pk, alternate_id=added[0].pk, actor=actor(cast.ada), at=now)
    remove_alternate(employee_id=cast.bob.pk, alternate_id=added[0].pk, actor=actor(cast.ada), at=now)

    assert [str(each) for each in cast.bob.alternates.all()] == ["Operations and Maintenance", "Sam Supervisor"]
    assert refused(lambda: add(cast.sam)) == Refusal.ALTERNATE_TAKEN
    assert refused(lambda: add(cast.bob)) == Refusal.ALTERNATE_TAKEN
    assert refused(lambda: add(EmployeeFactory.create(is_active=False))) == Refusal.PERSON_INACTIVE


def test_a_department_is_added_renamed_and_moved_without_a_circle(cast: Cast, now: datetime) -> None:
    ada = actor(cast.ada)
    entry = DepartmentEntry(name="Streets", phone="", parent_id=cast.public_works.pk)
    added = add_department(entry, actor=ada, at=now)
    moved = DepartmentEntry(name="Roads", phone="510 555 0199", parent_id=cast.streets.pk)
    change_department(department_id=added.pk, entry=moved, actor=ada, at=now)
    change_department(department_id=added.pk, entry=moved, actor=ada, at=now)
    circle = DepartmentEntry(name="Streets", phone="", parent_id=added.pk)
    assert Department.objects.get(slug="streets").parent == cast.streets
    assert actions() == ["department_added", "department_changed"]
    assert (
        refused(lambda: change_department(department_id=cast.streets.pk, entry=circle, actor=ada, at=now))
        == Refusal.DEPARTMENT_INSIDE_ITSELF
    )
    assert (
        refused(
            lambda: add_department(
                DepartmentEntry(name="ROADS", phone="", parent_id=cast.streets.pk), actor=ada, at=now
            )
        )
        == Refusal.NAME_TAKEN
    )


def test_a_department_is_retired_only_when_nothing_open_needs_it(cast: Cast, now: datetime) -> None:
    ada = actor(cast.ada)
    empty = DepartmentFactory.create(parent=cast.finance)
    request = ServiceRequestFactory.create(department=empty)
    assert refused(lambda: retire_department(department_id=empty.pk, actor=ada, at=now)) == Refusal.DEPARTMENT_IN_USE
    request.department = cast.finance
    request.save()
    retire_department(department_id=empty.pk, actor=ada, at=now)
    retire_department(department_id=empty.pk, actor=ada, at=now)
    assert actions() == ["department_retired"]
    reopen_department(department_id=empty.pk, actor=ada, at=now)
    empty.refresh_from_db()
    assert empty.is_active
    root = Department.objects.get(parent=None)
    assert refused(lambda: retire_department(department_id=root.pk, actor=ada, at=now)) == Refusal.DEPARTMENT_IS_CITY
