"""Who takes a request over from somebody it is about, and what nobody inside may decide (DOMAIN 4)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain.vocabulary import Confidentiality, Involvement, Role
from requests_app.models import Employee, RequestSubject, RoleAssignment, ServiceRequest
from requests_app.selectors.directory import chain_of
from requests_app.selectors.ownership import past_deciders
from requests_app.selectors.recipients import Roster
from requests_app.selectors.takers import supervisors_of

_ABOVE_ALL = (Role.HR, Role.CITY_MANAGER)


def successor_of(service_request: ServiceRequest, *, now: datetime | None = None) -> Employee | None:
    """Give the nearest person who may take it over and read it; None when nobody inside may.

    Nearest supervisor, then head, then Human Resources, then the city manager. Nobody is put over their own head of
    department or over Human Resources: what is about one of those begins further up, and about Human Resources and
    the city manager both it leaves the city.
    """
    roster, deciders = Roster([service_request], now=now), past_deciders(service_request)
    for even_away in (False, True):
        for group in _groups(roster, service_request):
            reached = roster.eligible(group, service_request, even_away=even_away)
            able = [person for person in reached if person.pk not in deciders]
            if able:
                return able[0]
    return None


def taker_of(service_request: ServiceRequest, *, now: datetime) -> Employee | None:
    """Give who gets what nobody took: the nearest supervisor who is there, and further up what is about somebody."""
    about = RequestSubject.objects.filter(service_request=service_request, involvement=Involvement.CONCERNED)
    if about.exists() or service_request.confidentiality == Confidentiality.IMPROPER_ACTIVITY:
        return successor_of(service_request, now=now)
    return next(iter(supervisors_of(service_request, roster=Roster([service_request], now=now))), None)


def must_be_handed_over(service_request: ServiceRequest) -> bool:
    """Say whether a request of nobody can no longer wait in its queue: those who would look after it are concerned."""
    return service_request.owner_id is None and Role.HR in _roles_concerned(service_request)


def requests_of_nobody_inside() -> QuerySet[ServiceRequest]:
    """Give the unfinished requests without an owner that are about Human Resources and the city manager both."""
    unowned = ServiceRequest.objects.filter(owner__isnull=True, closed_at__isnull=True)
    return unowned.filter(*(Exists(_concerned_as(role)) for role in _ABOVE_ALL))


def _groups(roster: Roster, service_request: ServiceRequest) -> Iterator[list[Employee]]:
    held = _roles_concerned(service_request)
    if Role.HR in held:
        if Role.CITY_MANAGER not in held:
            yield roster.city_wide(Role.CITY_MANAGER)
        return
    if Role.CITY_MANAGER in held:
        yield roster.city_wide(Role.HR)
        return
    if Role.DEPARTMENT_HEAD not in held:
        yield from roster.up_the_tree(Role.SUPERVISOR, service_request)
    yield from roster.up_the_tree(Role.DEPARTMENT_HEAD, service_request)
    yield roster.city_wide(Role.HR)
    yield roster.city_wide(Role.CITY_MANAGER)


def _roles_concerned(service_request: ServiceRequest) -> frozenset[Role]:
    """Give the roles people concerned hold over this request: for the whole city, or as a head above its department."""
    above = chain_of(service_request.department_id) if service_request.department_id else []
    over_it = Q(role__in=_ABOVE_ALL) | Q(role=Role.DEPARTMENT_HEAD, department__in=above)
    concerned = RequestSubject.objects.filter(service_request=service_request, involvement=Involvement.CONCERNED)
    held = RoleAssignment.objects.filter(over_it, employee__in=concerned.values("employee"))
    return frozenset(Role(role) for role in held.order_by().values_list("role", flat=True))


def _concerned_as(role: Role) -> QuerySet[RequestSubject]:
    return RequestSubject.objects.filter(
        service_request=OuterRef("pk"),
        involvement=Involvement.CONCERNED,
        employee__role_assignments__role=role,
    )
