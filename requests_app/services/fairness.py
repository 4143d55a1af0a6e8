"""Keep fair to whoever a complaint is about: told, represented, heard, given a copy (DOMAIN 4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import FairnessKind
from requests_app.domain.workflow import Action
from requests_app.models import Complaint, Employee, FairnessStep, ServiceRequest
from requests_app.models.labels import FAIRNESS_KINDS
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessEntry:
    """One step: for whom, which, on what local date, and by whom (None: by whoever records it)."""

    employee_id: int
    kind: FairnessKind
    on: date
    text: str = ""
    by_id: int | None = None


@transaction.atomic
def keep_fair(*, request_id: int, entry: FairnessEntry, actor: Actor, at: datetime) -> FairnessStep:
    """Record one step for a person a complaint is about; the same step again changes nothing.

    Raises ActionRefused for what is no complaint, for somebody it is not about, for a day to come or before the
    complaint, and where it was done by somebody the complaint is about.
    """
    service_request, _to = request_for_action(request_id, Action.KEEP_FAIR, actor=actor)
    complaint = Complaint.objects.filter(service_request=service_request).first()
    if complaint is None or not service_request.is_complaint:
        raise ActionRefused(Refusal.NOT_A_COMPLAINT)
    person = Employee.objects.get(pk=entry.employee_id)
    by = _by(entry, service_request, actor=actor)
    if not is_concerned(person, service_request):
        raise ActionRefused(Refusal.NOT_CONCERNED)
    _check_day(entry.on, service_request, at=at)
    known = FairnessStep.objects.filter(
        complaint=complaint, employee=person, kind=entry.kind, on=entry.on, text=entry.text, by=by
    ).first()
    if known is not None:
        return known
    step = FairnessStep.objects.create(
        complaint=complaint, employee=person, kind=entry.kind, on=entry.on, text=entry.text, by=by, at=at
    )
    touch(service_request, at)
    # What they said is theirs: it stands in the step alone.
    record_event(
        service_request,
        EventKind.FAIRNESS_KEPT,
        actor=actor,
        at=at,
        text=f"{person}: {FAIRNESS_KINDS[entry.kind]}, {entry.on:%Y-%m-%d}",
        fields={"employee": person.pk, "kind": entry.kind, "on": entry.on},
    )
    return step


def _by(entry: FairnessEntry, service_request: ServiceRequest, *, actor: Actor) -> Employee:
    by = Employee.objects.get(pk=entry.by_id) if entry.by_id else actor.employee
    if by is None:
        raise ActionRefused(Refusal.ROLE)
    if is_concerned(by, service_request):
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    return by


def _check_day(on: date, service_request: ServiceRequest, *, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise ActionRefused(Refusal.IN_FUTURE)
    if on < timezone.localdate(service_request.received_at):
        raise ActionRefused(Refusal.BEFORE_COMPLAINT)
