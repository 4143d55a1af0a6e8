"""Who holds which role where: every change of it is a change of permissions (DOMAIN 4)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roles import CITY_WIDE
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import root_department
from requests_app.services.employees import lock_employee, touch_employee
from requests_app.services.events import record_audit


@transaction.atomic
def give_role(*, employee_id: int, role: Role, department_id: int, actor: Actor, at: datetime) -> RoleAssignment:
    """Let somebody hold a role in a department and all below it; a city-wide one always for the whole city.

    It counts from the person's next page on; a role held already leaves no trace. Raises ActionRefused for oneself
    and for somebody who has left.
    """
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    if not employee.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    where = root_department().pk if role in CITY_WIDE else department_id
    assignment, is_new = RoleAssignment.objects.get_or_create(employee=employee, role=role.value, department_id=where)
    if is_new:
        touch_employee(employee)
        _record("role_given", assignment, actor=actor, at=at)
    return assignment


@transaction.atomic
def take_role(*, assignment_id: int, actor: Actor, at: datetime) -> Role | None:
    """Take a role away and say which; one that is gone already is no error.

    Raises ActionRefused for oneself and for the last administrator.
    """
    assignment = RoleAssignment.objects.filter(pk=assignment_id).first()
    if assignment is None:
        return None
    check_may_govern(assignment.employee_id, actor=actor)
    employee = lock_employee(assignment.employee_id)
    if assignment.role == Role.ADMINISTRATOR:
        check_another_administrator(employee)
    _record("role_taken", assignment, actor=actor, at=at)
    assignment.delete()
    touch_employee(employee)
    return Role(assignment.role)


def check_may_govern(employee_id: int, *, actor: Actor) -> None:
    """Raise ActionRefused unless this actor may decide on that person's access: an administrator, never on oneself."""
    if actor.employee is not None and not actor.holds(Role.ADMINISTRATOR):
        raise ActionRefused(Refusal.ROLE)
    if actor.employee_id == employee_id:
        raise ActionRefused(Refusal.OWN_RECORD)


def check_another_administrator(employee: Employee) -> None:
    """Raise ActionRefused if nobody else could sign in as administrator.

    The rows stay locked, so that two administrators cannot remove each other in the same moment.
    """
    administrators = RoleAssignment.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
    able = administrators.filter(employee__is_active=True, employee__user__is_active=True).order_by("pk")
    if all(assignment.employee_id == employee.pk for assignment in able):
        raise ActionRefused(Refusal.LAST_ADMINISTRATOR)


def _record(action: str, assignment: RoleAssignment, *, actor: Actor, at: datetime) -> None:
    fields = {"role": assignment.role, "department": assignment.department_id}
    record_audit(action, assignment.employee, actor=actor, at=at, fields=fields)
