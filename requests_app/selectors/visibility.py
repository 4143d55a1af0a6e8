"""What somebody may see: the one scope behind lists, pages, counts, search, reports and exports (III.b.i.4)."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from requests_app.domain.vocabulary import Confidentiality, Direction, Involvement, Role
from requests_app.models import (
    Customer,
    Department,
    Interaction,
    RecordsLink,
    RequestSubject,
    ResponseClock,
    ServiceRequest,
)
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.directory import POLICE

_CITY_WIDE = (Role.FRONT_DESK, Role.HR, Role.CITY_MANAGER, Role.RECORDS_CLERK)
_DEPARTMENTAL = (Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)

_ORDINARY = Q(confidentiality=Confidentiality.ORDINARY)
_CONFIDENTIAL = Q(confidentiality=Confidentiality.CONFIDENTIAL)
_IMPROPER = Q(confidentiality=Confidentiality.IMPROPER_ACTIVITY)
_POLICE_STUB = Q(confidentiality=Confidentiality.POLICE_STUB)


def requests_visible_to(actor: Actor) -> QuerySet[ServiceRequest]:
    """Narrow the requests to what this actor may see; the system itself sees none.

    A person concerned in a request never sees it, whatever the roles. The auditor sees ordinary ones too, but of
    those not in full: whoever shows a row asks `is_masked`.
    """
    seen = _read_in_full_by(actor)
    if actor.holds(Role.AUDITOR):
        seen |= _ORDINARY
    return requests_not_about(actor).filter(seen)


def requests_read_by(actor: Actor) -> QuerySet[ServiceRequest]:
    """Narrow the requests to those of which this actor may read every word."""
    return requests_not_about(actor).filter(_read_in_full_by(actor))


def requests_stubbed_for(actor: Actor) -> QuerySet[ServiceRequest]:
    """Give the requests of which this actor may know, by exact number, that they exist and who deals with them.

    The front desk, so that it can take a message; the city manager, of a complaint about a police employee.
    """
    stubbed = Q(pk__in=[])
    if actor.holds(Role.FRONT_DESK):
        stubbed |= ~_ORDINARY
    if actor.holds(Role.CITY_MANAGER):
        stubbed |= _POLICE_STUB
    return requests_not_about(actor).filter(stubbed & ~_read_in_full_by(actor))


def requests_not_about(actor: Actor) -> QuerySet[ServiceRequest]:
    """Give the requests that are not about this actor; the system, which is nobody, has none."""
    if actor.employee is None:
        return ServiceRequest.objects.none()
    return ServiceRequest.objects.exclude(_concerned(actor, "pk"))


def _concerned(actor: Actor, request_path: str) -> Exists:
    """Say in SQL whether the request a row belongs to is about this actor."""
    return Exists(
        RequestSubject.objects.filter(
            service_request=OuterRef(request_path), employee=actor.employee, involvement=Involvement.CONCERNED
        )
    )


def visible_requests(user: AbstractBaseUser | AnonymousUser) -> QuerySet[ServiceRequest]:
    """Narrow the requests to what the person behind this login may see."""
    return requests_visible_to(actor_for(user))


def visible_clocks(actor: Actor) -> QuerySet[ResponseClock]:
    """Narrow the clocks to those of the requests this actor may see."""
    if actor.employee is not None and _reads_everything(actor):
        # The same rows without looking up the request of each clock: half of what a year's report costs.
        return ResponseClock.objects.exclude(_concerned(actor, "service_request"))
    return ResponseClock.objects.filter(service_request__in=requests_visible_to(actor))


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """Narrow the customers to those of requests this actor reads or logged, and those of no request at all.

    Whoever came with a restricted matter only is not known to anybody who may not know of the matter.
    """
    read = requests_read_by(actor).filter(customer=OuterRef("pk"))
    any_request = ServiceRequest.objects.filter(customer=OuterRef("pk"))
    logged = any_request.filter(_ORDINARY, recorded_by=actor.employee_id)
    there = Customer.objects.filter(merged_into__isnull=True)
    return there.filter(Exists(read) | Exists(logged) | ~Exists(any_request))


def visible_interactions(actor: Actor, service_request: ServiceRequest) -> QuerySet[Interaction]:
    """Give the correspondence of a request, without internal notes that are not for this actor."""
    return Interaction.objects.filter(interactions_read_by(actor), service_request=service_request)


def interactions_read_by(actor: Actor) -> Q:
    """Say which interactions an actor reads, of requests they may see: notes only from inside, or their own."""
    if actor.holds(Role.HR, Role.CITY_MANAGER):
        return Q()
    ours = Q(service_request__department__in=actor.departments_as(*_DEPARTMENTAL, Role.RECORDS_CLERK))
    mine = Q(service_request__owner=actor.employee_id) | Q(service_request__in=actor.consulted_on)
    mine |= Q(service_request__owner__in=actor.covers)
    written = Q(employee=actor.employee_id) | Q(department__in=actor.departments_as(*_DEPARTMENTAL))
    return ~Q(direction=Direction.NOTE) | ours | mine | written


def reads_notes_of(actor: Actor, service_request: ServiceRequest) -> bool:
    """Say whether an actor reads what colleagues write to each other on a request they may see."""
    if actor.holds(Role.HR, Role.CITY_MANAGER):
        return True
    inside = {*_DEPARTMENTAL, Role.RECORDS_CLERK, Role.OWNER, Role.CONSULTED}
    return bool(actor.roles_for(service_request) & inside)


def masked_for(actor: Actor) -> Case | Value:
    """Say in SQL, of requests an actor may see, whether identity and text are kept from them."""
    if not actor.holds(Role.AUDITOR):
        return Value(value=False, output_field=BooleanField())
    return Case(When(_read_in_full_by(actor), then=Value(value=False)), default=Value(value=True))


def is_masked(actor: Actor, service_request: ServiceRequest) -> bool:
    """Say whether identity and text of a request this actor may see are kept from them (one query for an auditor)."""
    if not actor.holds(Role.AUDITOR):
        return False
    return not requests_read_by(actor).filter(pk=service_request.pk).exists()


def sees_confidential(actor: Actor) -> bool:
    """Say whether an actor's figures include confidential matters of every department."""
    return actor.holds(Role.HR, Role.CITY_MANAGER)


def levels_counted_for(actor: Actor) -> frozenset[Confidentiality] | None:
    """Name the levels of confidentiality an actor's roles count in figures of whole departments; None for all."""
    if actor.holds(Role.HR):
        return None
    levels = {Confidentiality.ORDINARY}
    if actor.holds(*_LEADS, Role.CITY_MANAGER):
        levels.add(Confidentiality.CONFIDENTIAL)
    if actor.holds(Role.CITY_MANAGER):
        levels.add(Confidentiality.IMPROPER_ACTIVITY)
    if actor.holds(Role.DEPARTMENT_HEAD):
        levels.add(Confidentiality.POLICE_STUB)
    return frozenset(levels)


def _read_in_full_by(actor: Actor) -> Q:
    """Say DOMAIN 4's table of roles and kinds, for an actor who is not concerned."""
    if _reads_everything(actor):
        return Q()
    scope = (_ORDINARY | _CONFIDENTIAL) & Q(owner=actor.employee_id)
    scope |= _ORDINARY & _ordinary(actor)
    if actor.covers:  # III.b.ii.5: who stands in reads the ordinary work of whoever is away
        scope |= _ORDINARY & Q(owner__in=actor.covers)
    if actor.consulted_on:
        scope |= Q(pk__in=actor.consulted_on)
    if actor.holds(Role.CITY_MANAGER):
        scope |= _CONFIDENTIAL | _IMPROPER
    if actor.holds(*_LEADS):
        scope |= _CONFIDENTIAL & Q(department__in=actor.departments_as(*_LEADS))
    if actor.holds(Role.DEPARTMENT_HEAD):
        scope |= _POLICE_STUB & Q(Exists(_police_under(actor)))
    if actor.holds(Role.RECORDS_CLERK):
        scope |= _CONFIDENTIAL & Q(Exists(_open_records_links()))
    return scope


def _reads_everything(actor: Actor) -> bool:
    """Say whether an actor reads every request that is not about them."""
    return actor.holds(Role.HR)


def _ordinary(actor: Actor) -> Q:
    if actor.holds(*_CITY_WIDE) or actor.reads_city_wide:
        return Q()
    me = actor.employee_id
    return Q(department__in=actor.departments_as(*_DEPARTMENTAL)) | Q(for_employee=me) | Q(colleague=me)


def _police_under(actor: Actor) -> QuerySet[Department]:
    return Department.objects.filter(slug=POLICE, pk__in=actor.departments_as(Role.DEPARTMENT_HEAD))


def _open_records_links() -> QuerySet[RecordsLink]:
    return RecordsLink.objects.filter(service_request=OuterRef("pk"), records_request__closed_at__isnull=True)
