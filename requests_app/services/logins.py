"""Who can sign in: give a login by invitation, close it, open it again."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, RoleAssignment
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.directory import root_department
from requests_app.services.employees import (
    EmployeeEntry,
    add_employee,
    check_sign_in_address,
    lock_employee,
    touch_employee,
)
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail
from requests_app.services.roles import check_another_administrator, check_may_govern, give_role
from requests_app.services.sign_ins import end_sign_ins


class AdministratorExists(Exception):
    """An administrator has signed in before, and lets everybody else in."""


@transaction.atomic
def invite_first_administrator(*, email: str, name: str, at: datetime) -> str:
    """Make or find a person, let them administer an installation nobody can sign in to yet, and mail the invitation.

    Gives the link that is mailed, for where mail does not leave yet; asking again gives a new one. Raises
    AdministratorExists once one has signed in, and ActionRefused for somebody who left or an address that is taken.
    """
    if RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, employee__user__last_login__isnull=False).exists():
        raise AdministratorExists
    employee = Employee.objects.filter(email__iexact=email).order_by("pk").first()
    if employee is None:
        entry = EmployeeEntry(name=name or email, department_id=root_department().pk, email=email)
        employee = add_employee(entry, actor=SYSTEM, at=at)
    give_role(
        employee_id=employee.pk, role=Role.ADMINISTRATOR, department_id=employee.department_id, actor=SYSTEM, at=at
    )
    if employee.user_id:
        return send_invitation(employee_id=employee.pk, actor=SYSTEM, at=at)
    return give_login(employee_id=employee.pk, actor=SYSTEM, at=at)


@transaction.atomic
def give_login(*, employee_id: int, actor: Actor, at: datetime) -> str:
    """Make a login without a password, mail the link that sets one, and give that link.

    Raises ActionRefused for somebody who has left, has a login, or has no address that nobody else signs in with.
    """
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    if not employee.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    if employee.user_id:
        raise ActionRefused(Refusal.LOGIN_EXISTS)
    check_sign_in_address(employee.email)
    # The name never shows and never changes; people sign in with their address, which may.
    user = User(username=f"employee-{employee.pk}", email=employee.email, date_joined=at)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=employee.email, verified=True, primary=True)
    employee.user = user
    touch_employee(employee, "user")
    record_audit("login_given", employee, actor=actor, at=at)
    return _invite(employee, user, at=at)


@transaction.atomic
def send_invitation(*, employee_id: int, actor: Actor, at: datetime) -> str:
    """Mail the link that sets a password once more, and give it; the one before stops once a password is set."""
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    user = _login_of(employee)
    if not user.is_active:
        raise ActionRefused(Refusal.NO_LOGIN)
    record_audit("invitation_sent", employee, actor=actor, at=at)
    return _invite(employee, user, at=at)


@transaction.atomic
def close_login(*, employee_id: int, actor: Actor, at: datetime) -> None:
    """Let somebody sign in no more, and end what is signed in; raises ActionRefused for the last administrator."""
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    _login_of(employee)
    check_another_administrator(employee)
    shut_out(employee, actor=actor, at=at)
    touch_employee(employee)
    record_audit("login_closed", employee, actor=actor, at=at)


@transaction.atomic
def open_login(*, employee_id: int, actor: Actor, at: datetime) -> None:
    """Let somebody sign in again with the password they had. Raises ActionRefused for somebody who has left."""
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    if not employee.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    user = _login_of(employee)
    let_in(user)
    touch_employee(employee)
    record_audit("login_opened", employee, actor=actor, at=at)


def shut_out(employee: Employee, *, actor: Actor, at: datetime) -> None:
    """Close a locked person's login, if there is one, and end its sign-ins at once."""
    if employee.user_id:
        User.objects.filter(pk=employee.user_id).update(is_active=False)
        end_sign_ins(user_id=employee.user_id, actor=actor, at=at)


def let_in(user: User) -> None:
    """Open a login that was closed."""
    User.objects.filter(pk=user.pk).update(is_active=True)


def _login_of(employee: Employee) -> User:
    if not isinstance(employee.user, User):
        raise ActionRefused(Refusal.NO_LOGIN)
    return employee.user


def _invite(employee: Employee, user: User, *, at: datetime) -> str:
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    with translation.override(STAFF_LANGUAGE):
        days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
        url = f"{settings.PUBLIC_URL}{path}"
        context = {"name": employee.name, "url": url, "days": days}
        body = render_to_string("emails/invitation.txt", context)
        subject = gettext("Your login for the City of Pinole service desk")
    new_mail(employee, subject=subject, body=body, at=at)
    return url
