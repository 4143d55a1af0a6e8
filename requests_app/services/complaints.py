"""What is done on a complaint before it is answered: described, and looked into (III.b.v.1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import ComplaintSubject, Involvement
from requests_app.domain.workflow import Action
from requests_app.models import Complaint, Employee, ServiceRequest
from requests_app.selectors.access import Actor, actor_for_employee
from requests_app.selectors.complaints import complaint_of
from requests_app.selectors.directory import is_concerned
from requests_app.selectors.ownership import past_deciders
from requests_app.selectors.visibility import requests_read_by
from requests_app.services.complaint_subjects import name_at_intake
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionEntry:
    """What a complaint is about and whom, which departments it touches, and what they wish for."""

    subject: ComplaintSubject | None = None
    department_ids: frozenset[int] = frozenset()
    desired_outcome: str = ""
    concerned_ids: frozenset[int] = frozenset()


@transaction.atomic
def describe_complaint(*, request_id: int, entry: DescriptionEntry, actor: Actor, at: datetime) -> Complaint:
    """Keep what a complaint is about and what they wish for; the same again changes nothing.

    Whoever it is about is shut out of it at once; this only ever adds people.
    """
    service_request, _ = request_for_action(request_id, Action.DESCRIBE, actor=actor)
    return _describe(service_request, entry, actor=actor, at=at)


@transaction.atomic
def add_to_description(*, request_id: int, entry: DescriptionEntry, actor: Actor, at: datetime) -> Complaint:
    """Add to a description without reading or changing what is there: for who logged it and sees the stub only.

    Once only: after that a message is the way. Raises ActionRefused for everybody else.
    """
    service_request, _ = request_for_action(request_id, Action.DESCRIBE, actor=actor)
    if service_request.recorded_by_id != actor.employee_id:
        raise ActionRefused(Refusal.ROLE)
    if service_request.events.filter(kind=EventKind.COMPLAINT_DESCRIBED, actor=actor.employee_id).exists():
        raise ActionRefused(Refusal.STATUS)
    known = require_complaint(service_request)
    texts = (known.desired_outcome, entry.desired_outcome)
    merged = DescriptionEntry(
        subject=ComplaintSubject(known.subject) if known.subject else entry.subject,
        department_ids=entry.department_ids | frozenset(known.departments.values_list("pk", flat=True)),
        desired_outcome="\n\n".join(text for text in texts if text),
        concerned_ids=entry.concerned_ids,
    )
    return _describe(service_request, merged, actor=actor, at=at)


@transaction.atomic
def begin_investigation(
    *, request_id: int, investigator_id: int | None, began_at: datetime, actor: Actor, at: datetime
) -> Complaint:
    """Record who looks into a complaint, the actor where nobody is named, and since when; the same again is nothing.

    Raises ActionRefused for somebody who has left, may not read it, or decided the stage that is reviewed.
    """
    service_request, to = request_for_action(request_id, Action.INVESTIGATE, actor=actor)
    complaint = require_complaint(service_request)
    investigator = Employee.objects.get(pk=investigator_id) if investigator_id else actor.employee
    if investigator is None:
        raise ActionRefused(Refusal.ROLE)
    _check_investigator(investigator, service_request)
    _check_began(began_at, service_request, at=at)
    if complaint.investigated_by_id == investigator.pk:
        return complaint
    complaint.investigated_by = investigator
    complaint.investigation_began_at = began_at
    complaint.save(update_fields=["investigated_by", "investigation_began_at"])
    service_request.status = to
    touch(service_request, at, "status")
    record_event(
        service_request,
        EventKind.INVESTIGATION_BEGUN,
        actor=actor,
        at=at,
        text=investigator.name,
        fields={"employee": investigator.pk, "began_at": began_at},
    )
    return complaint


def require_complaint(service_request: ServiceRequest) -> Complaint:
    """Give the record of a locked complaint. Raises ActionRefused for any other request."""
    complaint = complaint_of(service_request)
    if complaint is None:
        raise ActionRefused(Refusal.NOT_A_COMPLAINT)
    return complaint


def _describe(service_request: ServiceRequest, entry: DescriptionEntry, *, actor: Actor, at: datetime) -> Complaint:
    complaint = require_complaint(service_request)
    _write(complaint, entry, actor=actor, at=at)
    # Last: it may close the complaint to whoever wrote it.
    name_at_intake(
        request_id=service_request.pk,
        employee_ids=entry.concerned_ids,
        involvement=Involvement.CONCERNED,
        actor=actor,
        at=at,
    )
    return complaint


def _write(complaint: Complaint, entry: DescriptionEntry, *, actor: Actor, at: datetime) -> None:
    service_request = complaint.service_request
    subject = entry.subject.value if entry.subject else ""
    known_ids = frozenset(complaint.departments.values_list("pk", flat=True))
    wanted = (subject, entry.desired_outcome, entry.department_ids)
    if wanted == (complaint.subject, complaint.desired_outcome, known_ids):
        return
    complaint.subject, complaint.desired_outcome = subject, entry.desired_outcome
    complaint.save(update_fields=["subject", "desired_outcome"])
    complaint.departments.set(entry.department_ids)
    touch(service_request, at)
    fields = {"subject": subject, "departments": ", ".join(map(str, sorted(entry.department_ids)))}
    record_event(service_request, EventKind.COMPLAINT_DESCRIBED, actor=actor, at=at, fields=fields)


def _check_investigator(investigator: Employee, service_request: ServiceRequest) -> None:
    if not investigator.is_active:
        raise ActionRefused(Refusal.PERSON_INACTIVE)
    if is_concerned(investigator, service_request):
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    if investigator.pk in past_deciders(service_request):
        raise ActionRefused(Refusal.DECIDED_BEFORE)
    reader = actor_for_employee(investigator)
    if not requests_read_by(reader).filter(pk=service_request.pk).exists():
        raise ActionRefused(Refusal.PERSON_MAY_NOT_READ)


def _check_began(began_at: datetime, service_request: ServiceRequest, *, at: datetime) -> None:
    if began_at > at:
        raise ActionRefused(Refusal.IN_FUTURE)
    if began_at < service_request.received_at.replace(second=0, microsecond=0):  # typed to the minute
        raise ActionRefused(Refusal.BEFORE_RECEIPT)
