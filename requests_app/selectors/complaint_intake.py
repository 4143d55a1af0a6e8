"""Who adds to a complaint that was just logged: whoever works on it, and who took it in and may not read it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.vocabulary import Confidentiality, RequestKind
from requests_app.domain.workflow import Action, actions_for
from requests_app.models import Category, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.stubs import stub_of
from requests_app.selectors.visibility import requests_visible_to


@dataclass(frozen=True, slots=True)
class Describable:
    """A complaint somebody may describe; write-only for whoever sees the stub of it (DOMAIN 4)."""

    service_request: ServiceRequest
    is_write_only: bool


def describable(actor: Actor, number: str) -> Describable | None:
    """Give the complaint of this number for describing; None for whoever may not, and for everything else.

    Who took it in and sees the stub adds to it once; after that a message is the way.
    """
    found = _related(requests_visible_to(actor).filter(number=number))
    if found is not None:
        may = found.is_complaint and Action.DESCRIBE in actions_for(found.status, actor.roles_for(found))
        return Describable(found, is_write_only=False) if may else None
    stub = stub_of(actor, number)
    if stub is None or not stub.takes_messages:
        return None
    found = _related(ServiceRequest.objects.filter(pk=stub.request_id, recorded_by=actor.employee_id))
    if found is None or not found.is_complaint or _has_added(actor, found):
        return None
    may = Action.DESCRIBE in actions_for(found.status, actor.roles_for(found))
    return Describable(found, is_write_only=True) if may else None


def complaint_category() -> Category | None:
    """Give the category a complaint about a request is logged under; None where none is in use."""
    in_use = Category.objects.filter(
        kind=RequestKind.COMPLAINT, is_active=True, confidentiality=Confidentiality.ORDINARY
    )
    return in_use.order_by("pk").first()


def request_meant(number: str, *, actor: Actor) -> ServiceRequest | None:
    """Give the request a number names, if the reader may see it: any other is as good as unknown."""
    known = normalise_tracking_number(number)
    return requests_visible_to(actor).filter(number=known).first() if known else None


def _related(found: QuerySet[ServiceRequest]) -> ServiceRequest | None:
    return found.select_related("department", "category").first()


def _has_added(actor: Actor, found: ServiceRequest) -> bool:
    return found.events.filter(kind=EventKind.COMPLAINT_DESCRIBED, actor=actor.employee_id).exists()
