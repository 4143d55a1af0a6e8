"""What somebody may see: the one scope behind lists, pages, counts, search, reports and exports (III.b.i.4)."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain.vocabulary import Confidentiality, Direction, Involvement, Role
from requests_app.models import Interaction, RequestSubject, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor, actor_for

_CITY_WIDE = (Role.FRONT_DESK, Role.HR, Role.CITY_MANAGER, Role.RECORDS_CLERK)
_DEPARTMENTAL = (Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)


def _scope(actor: Actor) -> Q:
    me = actor.employee_id
    ordinary = Q(confidentiality=Confidentiality.ORDINARY)
    confidential = Q(confidentiality=Confidentiality.CONFIDENTIAL)
    if actor.holds(Role.HR):
        return Q()
    scope = (ordinary | confidential) & Q(owner=me)
    if actor.holds(*_CITY_WIDE):
        scope |= ordinary
    else:
        scope |= ordinary & (
            Q(department__in=actor.departments_as(*_DEPARTMENTAL)) | Q(for_employee=me) | Q(colleague=me)
        )
    if actor.holds(Role.CITY_MANAGER):
        scope |= confidential
    if actor.holds(*_LEADS):
        scope |= confidential & Q(department__in=actor.departments_as(*_LEADS))
    return scope


def requests_visible_to(actor: Actor) -> QuerySet[ServiceRequest]:
    """Narrow the requests to what this actor may see; the system itself sees none.

    A person concerned in a request never sees it, whatever the roles.
    """
    if actor.employee is None:
        return ServiceRequest.objects.none()
    concerned = RequestSubject.objects.filter(
        service_request=OuterRef("pk"), employee=actor.employee, involvement=Involvement.CONCERNED
    )
    return ServiceRequest.objects.filter(_scope(actor)).exclude(Exists(concerned))


def visible_requests(user: AbstractBaseUser | AnonymousUser) -> QuerySet[ServiceRequest]:
    """Narrow the requests to what the person behind this login may see."""
    return requests_visible_to(actor_for(user))


def visible_clocks(actor: Actor) -> QuerySet[ResponseClock]:
    """Narrow the clocks to those of the requests this actor may see."""
    return ResponseClock.objects.filter(service_request__in=requests_visible_to(actor))


def visible_interactions(actor: Actor, service_request: ServiceRequest) -> QuerySet[Interaction]:
    """Give the correspondence of a request; the front desk reads no internal notes of other departments."""
    stream = Interaction.objects.filter(service_request=service_request)
    if actor.roles_for(service_request) - {Role.FRONT_DESK} or actor.holds(Role.HR, Role.CITY_MANAGER):
        return stream
    mine = Q(employee=actor.employee_id) | Q(department__in=actor.departments_as(*_DEPARTMENTAL))
    return stream.exclude(Q(direction=Direction.NOTE) & ~mine)


def sees_confidential(actor: Actor) -> bool:
    """Say whether an actor's figures include confidential matters of every department."""
    return actor.holds(Role.HR, Role.CITY_MANAGER)
