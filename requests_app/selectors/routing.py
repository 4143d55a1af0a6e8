"""Who will own a contact, and where: what the log form shows before saving and what saving does (III.a.iv)."""

from dataclasses import dataclass, replace
from datetime import datetime

from requests_app.domain.business_time import add_business_minutes
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.vocabulary import Confidentiality, RequestKind
from requests_app.models import Category, Department, Employee
from requests_app.selectors.choices import current_choices
from requests_app.selectors.directory import HUMAN_RESOURCES, POLICE, root_department
from requests_app.selectors.standards import response_calendar_version


@dataclass(frozen=True, slots=True)
class Route:
    """Where a contact goes; `owner` is None when it goes to the queue of the department."""

    kind: RequestKind
    category: Category | None
    department: Department
    owner: Employee | None


def route_contact(
    *, category_id: int | None, for_employee_id: int | None, answered_by: Employee | None, taker: Employee | None
) -> Route:
    """Route a contact: to the person asked for, else to whoever answered it, else by its category.

    A default owner who has left is passed over for the backup, then for the queue.
    """
    category = (
        Category.objects.select_related("department", "default_owner", "backup_owner").filter(pk=category_id).first()
        if category_id
        else None
    )
    asked_for = (
        Employee.objects.select_related("department").filter(pk=for_employee_id, is_active=True).first()
        if for_employee_id
        else None
    )
    owner = asked_for or answered_by or _default_owner(category)
    department = _department(category, asked_for, taker)
    kind = RequestKind(category.kind) if category else RequestKind.QUESTION
    return Route(kind, category, department, owner)


def level_of(chosen: Confidentiality, category: Category | None) -> Confidentiality:
    """Say who may read a contact: as chosen, else as its category says (DOMAIN 4)."""
    if chosen is not Confidentiality.ORDINARY or category is None:
        return chosen
    return Confidentiality(category.confidentiality)


def restricted_route(route: Route, confidentiality: Confidentiality) -> Route:
    """Keep what only Human Resources or the police command read out of everybody else's queue (DOMAIN 4)."""
    slug = {Confidentiality.IMPROPER_ACTIVITY: HUMAN_RESOURCES, Confidentiality.POLICE_STUB: POLICE}.get(
        confidentiality
    )
    if slug is None:
        return route
    return replace(route, department=Department.objects.get(slug=slug), owner=None)


def unowned_until(at: datetime) -> datetime | None:
    """Say until when a request may be without an owner before it goes to the supervisor; None without a calendar."""
    version = response_calendar_version()
    if version is None:
        return None
    try:
        minutes = current_choices().unowned_limit_business_hours * 60
        return add_business_minutes(version.business_calendar(), at, minutes)
    except CalendarError:
        return None


def _default_owner(category: Category | None) -> Employee | None:
    for person in (category.default_owner, category.backup_owner) if category else ():
        if person and person.is_active:
            return person
    return None


def _department(category: Category | None, asked_for: Employee | None, taker: Employee | None) -> Department:
    if asked_for:
        return asked_for.department
    if category:
        return category.department
    return taker.department if taker else root_department()
