"""Whom a complaint is about, said by whoever takes it in or describes it (DOMAIN 3, DOMAIN 4)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Involvement
from requests_app.domain.workflow import Action
from requests_app.models import Employee, RequestSubject, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.confidentiality import record_naming, take_in_confidence
from requests_app.services.subject_handovers import close_to
from requests_app.services.transitions import request_for_action, touch


@transaction.atomic
def name_at_intake(
    *, request_id: int, employee_ids: Collection[int], involvement: Involvement, actor: Actor, at: datetime
) -> ServiceRequest:
    """Say whom a complaint is about, or merely mentions; who is named so already changes nothing.

    To be concerned makes an ordinary complaint confidential and shuts the person out at once; a mention changes
    nothing else. It only ever adds: whoever is concerned stays so until Human Resources corrects the naming.
    Raises ActionRefused for what is no complaint.
    """
    service_request, _to = request_for_action(request_id, Action.DESCRIBE, actor=actor)
    if not service_request.is_complaint:
        raise ActionRefused(Refusal.NOT_A_COMPLAINT)
    named = [
        person
        for person in Employee.objects.filter(pk__in=employee_ids).order_by("pk")
        if _name(service_request, person, involvement)
    ]
    if not named:
        return service_request
    for person in named:
        record_naming(service_request, person, involvement=involvement, actor=actor, at=at)
    if involvement is Involvement.CONCERNED:
        take_in_confidence(service_request, actor=actor, at=at)
        close_to(service_request, named, at=at)
    touch(service_request, at)
    return service_request


def _name(service_request: ServiceRequest, person: Employee, involvement: Involvement) -> bool:
    """Write the naming, and say whether it says anything new."""
    subject, is_new = RequestSubject.objects.get_or_create(
        service_request=service_request, employee=person, defaults={"involvement": involvement}
    )
    if is_new:
        return True
    if subject.involvement in {Involvement.CONCERNED, involvement}:
        return False
    subject.involvement = involvement
    subject.save(update_fields=["involvement"])
    return True
