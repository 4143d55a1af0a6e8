"""Who may read a request: its level, and the people it is about (DOMAIN 4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, Involvement, Role
from requests_app.domain.workflow import Action
from requests_app.models import Department, Employee, RequestSubject, ServiceRequest
from requests_app.models.labels import CONFIDENTIALITIES, INVOLVEMENTS
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import HUMAN_RESOURCES, POLICE
from requests_app.selectors.ownership import may_own
from requests_app.services.assignments import assign_owner
from requests_app.services.consultations import end_consultations
from requests_app.services.escalation_steps import release_unentitled
from requests_app.services.events import record_event
from requests_app.services.past_facts import keep_past_facts
from requests_app.services.retractions import take_back_unsent
from requests_app.services.subject_handovers import close_to, relieve
from requests_app.services.transitions import lock_request, request_for_action, touch

_HELD_BY = {Confidentiality.IMPROPER_ACTIVITY: HUMAN_RESOURCES, Confidentiality.POLICE_STUB: POLICE}
_BETWEEN_LEADS = frozenset({Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL})


@transaction.atomic
def set_confidentiality(
    *, request_id: int, level: Confidentiality, reason: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Set who may read a request, with a reason; setting what is so already changes nothing.

    Between ordinary and confidential the department's leads decide, everything else is for Human Resources. Whoever
    was asked about it, owns it or is about to be told of it and may no longer read it, is out of it in the same step.
    """
    # Locked before it is asked: what a lead may change must still be theirs when it is changed.
    now = Confidentiality(lock_request(request_id).confidentiality)
    for_leads = {now, level} <= _BETWEEN_LEADS and not actor.holds(Role.HR)
    action = Action.RESTRICT if for_leads else Action.CLASSIFY
    service_request, _to = request_for_action(request_id, action, actor=actor)
    if service_request.confidentiality == level:
        return service_request
    _set_level(service_request, level, reason, actor=actor, at=at)
    return service_request


@transaction.atomic
def name_person(
    *, request_id: int, employee_id: int, involvement: Involvement | None, reason: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Say that a request is about somebody, only mentions them, or (None) neither; the last correction stands.

    Whoever is concerned is out of it at once: as owner, as asked, and of every notice not sent yet.
    """
    service_request, _to = request_for_action(request_id, Action.NAME_PEOPLE, actor=actor)
    person = Employee.objects.get(pk=employee_id)
    known = RequestSubject.objects.filter(service_request=service_request, employee=person).first()
    if (known.involvement if known else None) == involvement:
        return service_request
    if involvement is None:
        RequestSubject.objects.filter(service_request=service_request, employee=person).delete()
    else:
        RequestSubject.objects.update_or_create(
            service_request=service_request, employee=person, defaults={"involvement": involvement}
        )
    record_naming(service_request, person, involvement=involvement, reason=reason, actor=actor, at=at)
    if involvement is Involvement.CONCERNED:
        if service_request.is_complaint:
            take_in_confidence(service_request, actor=actor, at=at)
        close_to(service_request, [person], at=at)
    touch(service_request, at)
    return service_request


def record_naming(
    service_request: ServiceRequest,
    person: Employee,
    *,
    involvement: Involvement | None,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Write down how somebody is involved (None for no longer), and who said so."""
    said = INVOLVEMENTS[involvement] if involvement else _("not involved")
    record_event(
        service_request,
        EventKind.PERSON_NAMED,
        actor=actor,
        at=at,
        text=f"{person}: {said}. {reason}".strip(),
        fields={"employee": person.pk, "involvement": involvement or ""},
    )


def take_in_confidence(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> None:
    """Make a locked complaint about somebody confidential; what few may read already stays as it is (DOMAIN 4)."""
    if service_request.is_restricted:
        return
    _set_level(service_request, Confidentiality.CONFIDENTIAL, _("It is about somebody."), actor=actor, at=at)


def _set_level(
    service_request: ServiceRequest, level: Confidentiality, reason: str, *, actor: Actor, at: datetime
) -> None:
    keep_past_facts(service_request, at=at)
    service_request.confidentiality = level
    touch(service_request, at, "confidentiality")
    end_consultations(service_request, at=at)
    _move_out(service_request, level, actor=actor, at=at)
    if service_request.is_restricted:
        release_unentitled(service_request, at=at)
    record_event(
        service_request,
        EventKind.RESTRICTED,
        actor=actor,
        at=at,
        text=f"{CONFIDENTIALITIES[level]}. {reason}",
        fields={
            "confidentiality": level,
            "owner": service_request.owner_id,
            "department": service_request.department_id,
        },
    )
    take_back_unsent(service_request, at=at)


def _move_out(service_request: ServiceRequest, level: Confidentiality, *, actor: Actor, at: datetime) -> None:
    """Put what few may read where they work, and take it from an owner who may not read it any more."""
    department = service_request.department
    if level in _HELD_BY:
        department = Department.objects.get(slug=_HELD_BY[level])
    owner = service_request.owner
    if owner and not may_own(owner, service_request):
        relieve(service_request, owner, at=at)
        owner = None
    if (owner, department) != (service_request.owner, service_request.department):
        assign_owner(service_request, owner=owner, department=department, actor=actor, at=at)
