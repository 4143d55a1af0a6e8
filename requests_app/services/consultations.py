"""Ask a colleague, or the attorney, about one request: it opens to them until the asking ends (DOMAIN 4)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.confidentiality import may_ask
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.domain.workflow import Action
from requests_app.models import Consultation, Employee, Notice, ServiceRequest
from requests_app.selectors.access import Actor, actor_for_employee
from requests_app.selectors.directory import is_concerned
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.transitions import request_for_action


@transaction.atomic
def ask_colleague(
    *, request_id: int, employee_id: int, question: str, actor: Actor, at: datetime
) -> Consultation | None:
    """Let somebody read a request and add notes to it; they are told. Asking who is asked already changes nothing.

    Raises ActionRefused for oneself, for who has left or is concerned, and where opening it is not the actor's.
    """
    service_request, _ = request_for_action(request_id, Action.CONSULT, actor=actor)
    employee = Employee.objects.get(pk=employee_id)
    _check(service_request, employee, actor=actor)
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    running = service_request.consultations.filter(employee=employee, ended_at__isnull=True)
    if running.exists():
        return running.get()
    asked = Consultation.objects.create(
        service_request=service_request, employee=employee, asked_by=actor.employee, question=question, at=at
    )
    text = f"{employee}. {question}".strip() if question else str(employee)
    record_event(service_request, EventKind.CONSULTED, actor=actor, at=at, text=text, fields={"employee": employee.pk})
    _tell(asked, at=at)
    return asked


@transaction.atomic
def end_consultation(*, consultation_id: int, actor: Actor, at: datetime) -> None:
    """Take the asking back: the request closes to them again. Twice changes nothing."""
    asked = Consultation.objects.select_related("employee").get(pk=consultation_id)
    service_request, _ = request_for_action(asked.service_request_id, Action.END_CONSULTATION, actor=actor)
    if end_consultations(service_request, at=at, employee=asked.employee):
        record_event(
            service_request,
            EventKind.CONSULTATION_ENDED,
            actor=actor,
            at=at,
            text=str(asked.employee),
            fields={"employee": asked.employee_id},
        )


def end_consultations(service_request: ServiceRequest, *, at: datetime, employee: Employee | None = None) -> int:
    """End what still runs on a locked request, of one person or of everybody, and say how many those were."""
    running = service_request.consultations.filter(ended_at__isnull=True)
    if employee is not None:
        running = running.filter(employee=employee)
    return running.update(ended_at=at)


def _check(service_request: ServiceRequest, employee: Employee, *, actor: Actor) -> None:
    if not employee.is_active:
        raise ActionRefused(Refusal.PERSON_INACTIVE)
    if is_concerned(employee, service_request) or employee.pk == actor.employee_id:
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    is_attorney = actor_for_employee(employee).holds(Role.ATTORNEY)
    if not may_ask(service_request.confidentiality, actor.roles_for(service_request), is_attorney=is_attorney):
        raise ActionRefused(Refusal.ASKING_NOT_YOURS)


def _tell(asked: Consultation, *, at: datetime) -> None:
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.CONSULTED,
            recipient=asked.employee,
            service_request=asked.service_request,
            dedupe_key=f"consulted:{asked.pk}",
            text=asked.question,
        ),
        at=at,
    )
