"""Who is on the roster: add people and change what is known of them (II scope)."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.text import normalise_text
from requests_app.domain.work_patterns import WorkPattern, dump_work_pattern
from requests_app.models import Employee
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeEntry:
    """What is known of a person, whole: saving it replaces what was known before."""

    name: str
    department_id: int
    title: str = ""
    email: str = ""
    extension: str = ""
    employment: str = Employee.Employment.EMPLOYEE
    languages: tuple[str, ...] = ()
    is_sworn: bool = False
    hired_on: date | None = None
    work_pattern: WorkPattern | None = None

    def values(self) -> dict[str, object]:
        """Give the columns and what they are to hold."""
        return {
            "name": self.name,
            "department_id": self.department_id,
            "title": self.title,
            "email": self.email,
            "extension": self.extension,
            "employment": self.employment,
            "languages": list(self.languages),
            "is_sworn": self.is_sworn,
            "hired_on": self.hired_on,
            "work_pattern": dump_work_pattern(self.work_pattern),
        }


@transaction.atomic
def add_employee(entry: EmployeeEntry, *, actor: Actor, at: datetime) -> Employee:
    """Put a person on the roster, without a login and without a role."""
    values = entry.values()
    employee = Employee.objects.create(name_normalised=normalise_text(entry.name), **values)
    record_audit("employee_added", employee, actor=actor, at=at, fields=values)
    return employee


@transaction.atomic
def change_employee(
    *, employee_id: int, version: int, entry: EmployeeEntry, actor: Actor, at: datetime
) -> dict[str, object]:
    """Replace what is known of a person and say what changed; saving what is so already leaves no trace.

    Raises ActionRefused when somebody else changed the person since that version was read, and for an e-mail address
    that cannot be signed in with.
    """
    employee = lock_employee(employee_id)
    if employee.version != version:
        raise ActionRefused(Refusal.RECORD_CHANGED)
    changed = {name: value for name, value in entry.values().items() if getattr(employee, name) != value}
    if not changed:
        return changed
    if "email" in changed and employee.user_id:
        _change_sign_in_address(employee.user_id, entry.email)
    for name, value in changed.items():
        setattr(employee, name, value)
    employee.name_normalised = normalise_text(employee.name)
    touch_employee(employee, *changed, "name_normalised")
    record_audit("employee_changed", employee, actor=actor, at=at, fields=changed)
    return changed


def lock_employee(employee_id: int) -> Employee:
    """Read a person for change, locked to the end of the transaction."""
    # Nothing is joined, as in `lock_request`: of two edits at once the second would find neither login nor department.
    return Employee.objects.select_for_update().get(pk=employee_id)


def touch_employee(employee: Employee, *changed: str) -> None:
    """Save the changed columns and a new version, so that a second editor sees that something changed."""
    employee.version += 1
    employee.save(update_fields=[*(name.removesuffix("_id") for name in changed), "version"])


def check_sign_in_address(email: str, *, user_id: int = 0) -> None:
    """Raise ActionRefused for an address that nobody, or somebody else, can sign in with."""
    if not email:
        raise ActionRefused(Refusal.EMAIL_NEEDED)
    others = EmailAddress.objects.filter(email__iexact=email).exclude(user_id=user_id)
    if others.exists() or User.objects.filter(email__iexact=email).exclude(pk=user_id).exists():
        raise ActionRefused(Refusal.EMAIL_TAKEN)


def _change_sign_in_address(user_id: int, email: str) -> None:
    """Keep the three places in step in which the sign-in library and Django look for an address."""
    check_sign_in_address(email, user_id=user_id)
    User.objects.filter(pk=user_id).update(email=email)
    EmailAddress.objects.filter(user_id=user_id).delete()
    EmailAddress.objects.create(user_id=user_id, email=email, verified=True, primary=True)
