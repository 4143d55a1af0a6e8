"""Whom a request is about, who is asked about it, and which records request asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from requests_app.domain.vocabulary import Involvement
from requests_app.models import Consultation, RequestSubject, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_read_by


@dataclass(frozen=True, slots=True)
class Involved:
    """As far as the reader may know: whoever reads no names gets `concerned_count` only."""

    concerned_count: int = 0
    subjects: Sequence[RequestSubject] = ()
    consulted: Sequence[Consultation] = ()
    linked: Sequence[ServiceRequest] = ()

    def __bool__(self) -> bool:
        return bool(self.concerned_count or self.subjects or self.consulted or self.linked)


def involved_in(service_request: ServiceRequest, *, actor: Actor, is_masked: bool, reads_notes: bool) -> Involved:
    """Give who is involved in a request the actor may see (three queries at most)."""
    if is_masked:
        subjects = service_request.subjects.filter(involvement=Involvement.CONCERNED)
        return Involved(concerned_count=subjects.count())
    if not reads_notes:
        return Involved()
    return Involved(
        subjects=list(service_request.subjects.select_related("employee").order_by("involvement", "employee__name")),
        consulted=list(consulted_on(service_request)),
        linked=_linked(service_request, actor) if service_request.is_records_request else (),
    )


def consulted_on(service_request: ServiceRequest) -> QuerySet[Consultation]:
    """Give the askings about a request that still run, with the people."""
    running = Consultation.objects.filter(service_request=service_request, ended_at__isnull=True)
    return running.select_related("employee", "asked_by")


def _linked(service_request: ServiceRequest, actor: Actor) -> list[ServiceRequest]:
    return list(requests_read_by(actor).filter(asked_for_in__records_request=service_request).order_by("number"))
