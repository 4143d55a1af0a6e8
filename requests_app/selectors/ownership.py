"""Which requests nobody took in time, and who may own one at all."""

from datetime import datetime

from django.db.models import F

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import ComplaintDecision, Employee, ServiceRequest
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.visibility import requests_read_by

_READ_BY_OWNING = (Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL)


def request_ids_unowned(now: datetime) -> list[int]:
    """Give the unfinished requests without an owner whose time in the queue is over, oldest first."""
    waiting = ServiceRequest.objects.filter(owner__isnull=True, closed_at__isnull=True, unowned_until_at__lte=now)
    return list(waiting.order_by("unowned_until_at", "pk").values_list("pk", flat=True))


def may_own(employee: Employee, service_request: ServiceRequest) -> bool:
    """Say whether owning is open to somebody who is not concerned: improper activity is for Human Resources only."""
    if service_request.confidentiality in _READ_BY_OWNING:
        return True
    actor = actor_for_employee(employee)
    if service_request.confidentiality == Confidentiality.IMPROPER_ACTIVITY:
        return actor.holds(Role.HR)
    return requests_read_by(actor).filter(pk=service_request.pk).exists()


def past_deciders(service_request: ServiceRequest) -> frozenset[int]:
    """Give the ids of those who decided an earlier stage of a complaint: they own no review of it (III.b.v.1)."""
    if not service_request.is_complaint:
        return frozenset()
    earlier = ComplaintDecision.objects.filter(
        complaint__service_request=service_request, stage__lt=F("complaint__stage")
    )
    return frozenset(earlier.order_by().values_list("decided_by_id", flat=True))
