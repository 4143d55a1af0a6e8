"""Who will own a contact, and where: what the log form shows before saving and what saving does (III.a.iv)."""

from dataclasses import dataclass, replace
from datetime import datetime

from requests_app.domain.business_time import add_business_minutes
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.vocabulary import Confidentiality, Involvement, RequestKind
from requests_app.models import Category, Department, Employee, RequestSubject, ServiceRequest
from requests_app.selectors.choices import current_choices
from requests_app.selectors.cover import Detour, detour_around
from requests_app.selectors.directory import HUMAN_RESOURCES, POLICE, active_departments, root_department
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import Whereabouts, may_be_away


@dataclass(frozen=True, slots=True)
class Route:
    """Where a contact goes; `owner` is None when it goes to the queue of the department.

    `detour` says why it does not go to whom it would, where that person is away (III.b.ii.5).
    """

    kind: RequestKind
    category: Category | None
    department: Department
    owner: Employee | None
    detour: Detour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom or what a contact is for. `leave_with_id` is somebody away it is left with all the same, if asked for."""

    category_id: int | None = None
    for_employee_id: int | None = None
    about_request_id: int | None = None  # the request a complaint is about
    leave_with_id: int | None = None
    department_id: int | None = None  # where it goes without a category and without a person it is for


def route_contact(wanted: Wanted, *, answered_by: Employee | None, taker: Employee | None, at: datetime) -> Route:
    """Route a contact: to the person asked for, else to whoever answered it, else by its category.

    A default owner who has left, or is away, is passed over for the backup, then for the queue. What is for somebody
    away goes to whoever stands in (III.b.ii.5), unless it is left with them. It costs no query of its own while
    nobody meant is away.
    """
    category, asked_for = _category(wanted, at), _asked_for(wanted, at)
    department = _department(category, asked_for, wanted.department_id, taker)
    kind = RequestKind(category.kind) if category else RequestKind.QUESTION
    route = Route(kind, category, department, owner=asked_for or answered_by)
    meant = [asked_for] if asked_for else [] if answered_by else _default_owners(category)
    if not meant:
        return route
    route = replace(route, owner=meant[0])
    if not getattr(asked_for or category, "may_be_away", False):
        return route
    return _around_absence(route, meant, wanted, Whereabouts(at))


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
    return replace(route, department=Department.objects.get(slug=slug), owner=None, detour=None)


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


def _category(wanted: Wanted, at: datetime) -> Category | None:
    if wanted.category_id is None:
        return None
    rows = Category.objects.select_related("department", "default_owner", "backup_owner")
    rows = rows.annotate(may_be_away=may_be_away(at, fields=("default_owner", "backup_owner")))
    return rows.filter(pk=wanted.category_id).first()


def _asked_for(wanted: Wanted, at: datetime) -> Employee | None:
    if wanted.for_employee_id is None:
        return None
    rows = Employee.objects.select_related("department").annotate(may_be_away=may_be_away(at))
    return rows.filter(pk=wanted.for_employee_id, is_active=True).first()


def _default_owners(category: Category | None) -> list[Employee]:
    people = (category.default_owner, category.backup_owner) if category else ()
    return [person for person in people if person and person.is_active]


def _around_absence(route: Route, meant: list[Employee], wanted: Wanted, whereabouts: Whereabouts) -> Route:
    """Send a contact on from whoever is away. Nobody gets a complaint about what they did themselves."""
    first, *others = meant
    away = whereabouts.away(first.pk)
    if away is None:
        return route
    closed = _complained_of(wanted)
    there = [person for person in others if not whereabouts.is_away(person.pk) and person.pk not in closed]
    if there:
        return replace(route, owner=there[0], detour=Detour(first, away.back_on, there[0]))
    ways = (detour_around(each, route.department, whereabouts=whereabouts, besides=closed) for each in meant)
    found = [way for way in ways if way is not None]
    detour = next((way for way in found if way.stands_in), found[0])
    if wanted.leave_with_id == first.pk and wanted.for_employee_id == first.pk:
        detour = replace(detour, is_left=True)
    return replace(route, owner=detour.owner, department=detour.queue or route.department, detour=detour)


def _complained_of(wanted: Wanted) -> frozenset[int]:
    """Give the ids of those a complaint is about as far as it is known yet: of its request, the owner and concerned."""
    if wanted.about_request_id is None:
        return frozenset()
    owners = ServiceRequest.objects.filter(pk=wanted.about_request_id, owner__isnull=False).order_by()
    concerned = RequestSubject.objects.filter(
        service_request=wanted.about_request_id, involvement=Involvement.CONCERNED
    ).order_by()
    return frozenset(owners.values_list("owner_id", flat=True).union(concerned.values_list("employee_id", flat=True)))


def _department(
    category: Category | None, asked_for: Employee | None, chosen_id: int | None, taker: Employee | None
) -> Department:
    if asked_for:
        return asked_for.department
    if category:
        return category.department
    chosen = active_departments().filter(pk=chosen_id).first() if chosen_id else None
    if chosen:
        return chosen
    return taker.department if taker else root_department()
