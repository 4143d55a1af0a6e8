"""The tree of departments: add, rename, move, retire (DOMAIN 1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Department, PastDepartment
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.departments import uses_of
from requests_app.services.events import record_audit
from requests_app.services.slugs import free_slug


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """What is known of a department; `parent_id` is None for the city alone."""

    name: str
    phone: str
    parent_id: int | None


@transaction.atomic
def add_department(entry: DepartmentEntry, *, actor: Actor, at: datetime) -> Department:
    """Add a department under another one. Raises ActionRefused for a name taken there."""
    _lock_tree()
    if entry.parent_id is None:
        raise ActionRefused(Refusal.DEPARTMENT_IS_CITY)
    _check_name(entry)
    department = Department.objects.create(
        name=entry.name,
        slug=free_slug(entry.name, Department.objects.all(), unnamed="department"),
        phone=entry.phone,
        parent_id=entry.parent_id,
    )
    PastDepartment.objects.create(department=department, was_there=False, known_until_at=at)
    record_audit("department_added", department, actor=actor, at=at, fields=_fields(entry))
    return department


@transaction.atomic
def change_department(*, department_id: int, entry: DepartmentEntry, actor: Actor, at: datetime) -> Department:
    """Rename or move a department; its address stays. Raises ActionRefused for a place inside itself.

    Moving one moves, with the next page, who may see its requests: roles reach down the tree.
    """
    _lock_tree()
    department = Department.objects.get(pk=department_id)
    if (department.parent_id is None) != (entry.parent_id is None):
        raise ActionRefused(Refusal.DEPARTMENT_IS_CITY)
    if entry.parent_id in divisions_of([department_id], parents_of_departments()):
        raise ActionRefused(Refusal.DEPARTMENT_INSIDE_ITSELF)
    _check_name(entry, but=department)
    if _fields(entry) == {name: getattr(department, name) for name in _fields(entry)}:
        return department
    PastDepartment.objects.create(
        department=department, name=department.name, parent_id=department.parent_id, known_until_at=at
    )
    department.name, department.phone, department.parent_id = entry.name, entry.phone, entry.parent_id
    department.save(update_fields=["name", "phone", "parent"])
    record_audit("department_changed", department, actor=actor, at=at, fields=_fields(entry))
    return department


@transaction.atomic
def retire_department(*, department_id: int, actor: Actor, at: datetime) -> None:
    """Take a department out of use; what is past keeps its name. Raises ActionRefused while anything open needs it."""
    _lock_tree()
    department = Department.objects.get(pk=department_id)
    if department.parent_id is None:
        raise ActionRefused(Refusal.DEPARTMENT_IS_CITY)
    uses = uses_of(department)
    if uses:
        raise ActionRefused(Refusal.DEPARTMENT_IN_USE, uses=", ".join(uses))
    _set_active(department, is_active=False, actor=actor, at=at)


@transaction.atomic
def reopen_department(*, department_id: int, actor: Actor, at: datetime) -> None:
    """Put a retired department back into use. Raises ActionRefused while the one above it is retired."""
    _lock_tree()
    department = Department.objects.select_related("parent").get(pk=department_id)
    if department.parent and not department.parent.is_active:
        raise ActionRefused(Refusal.DEPARTMENT_RETIRED)
    _set_active(department, is_active=True, actor=actor, at=at)


def _set_active(department: Department, *, is_active: bool, actor: Actor, at: datetime) -> None:
    if department.is_active != is_active:
        department.is_active = is_active
        department.save(update_fields=["is_active"])
        action = "department_reopened" if is_active else "department_retired"
        record_audit(action, department, actor=actor, at=at)


def _lock_tree() -> None:
    """Let one change of the tree follow the other: two moves at once could close a circle."""
    list(Department.objects.select_for_update().filter(parent__isnull=True).values_list("pk"))


def _check_name(entry: DepartmentEntry, *, but: Department | None = None) -> None:
    same = Department.objects.filter(parent_id=entry.parent_id, name__iexact=entry.name)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise ActionRefused(Refusal.NAME_TAKEN)


def _fields(entry: DepartmentEntry) -> dict[str, object]:
    return {"name": entry.name, "phone": entry.phone, "parent_id": entry.parent_id}
