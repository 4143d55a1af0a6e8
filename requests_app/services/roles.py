"""Give and take roles: what somebody may see and do from now on."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.vocabulary import Role
from requests_app.models import RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def give_role(*, employee_id: int, role: Role, department_id: int, actor: Actor, at: datetime) -> RoleAssignment:
    """Let somebody hold a role in a department and all below it; a role held already leaves no trace."""
    assignment, is_new = RoleAssignment.objects.get_or_create(
        employee_id=employee_id, role=role, department_id=department_id
    )
    if is_new:
        _record("role_given", assignment, actor=actor, at=at)
    return assignment


@transaction.atomic
def take_role(*, assignment_id: int, actor: Actor, at: datetime) -> None:
    """Take a role away; one that is gone already is no error."""
    assignment = RoleAssignment.objects.select_for_update().filter(pk=assignment_id).first()
    if assignment is not None:
        _record("role_taken", assignment, actor=actor, at=at)
        assignment.delete()


def _record(action: str, assignment: RoleAssignment, *, actor: Actor, at: datetime) -> None:
    fields = {"role": assignment.role, "department": assignment.department_id}
    record_audit(action, assignment.employee, actor=actor, at=at, fields=fields)
