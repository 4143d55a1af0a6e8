"""Who owns a request: take it, give it, send it back (III.a.iv)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Verdict
from requests_app.domain.workflow import Action
from requests_app.models import Department, Employee, Notice, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned, root_department
from requests_app.selectors.ownership import may_own, past_deciders
from requests_app.selectors.routing import unowned_until
from requests_app.selectors.snoozes import snoozes_running
from requests_app.services.clocks import hand_over_clock, reschedule_stages
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.past_facts import keep_past_facts
from requests_app.services.transitions import lock_request, request_for_action, touch


@transaction.atomic
def take_request(*, request_id: int, actor: Actor, at: datetime) -> ServiceRequest:
    """Make the actor the owner; taking what one owns already changes nothing."""
    service_request, to = request_for_action(request_id, Action.TAKE, actor=actor)
    if actor.employee is None or service_request.owner_id == actor.employee_id:
        return service_request
    if actor.employee.pk in past_deciders(service_request):
        raise ActionRefused(Refusal.DECIDED_BEFORE)
    service_request.status = to
    assign_owner(service_request, owner=actor.employee, department=service_request.department, actor=actor, at=at)
    record_event(service_request, EventKind.TAKEN, actor=actor, at=at, fields={"owner": actor.employee_id})
    return service_request


@transaction.atomic
def give_request(
    *, request_id: int, owner_id: int | None, department_id: int | None, note: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Give a request to a person, or to a department's queue; no clock restarts or pauses for it.

    The receiver is told. Raises ActionRefused for somebody who has left, or whom the request is about.
    """
    service_request, to = request_for_action(request_id, Action.GIVE, actor=actor)
    owner = Employee.objects.select_related("department").get(pk=owner_id) if owner_id else None
    if owner:
        _check_receiver(owner, service_request)
    department = _receiving_department(service_request, owner, department_id)
    service_request.status = to
    hand_on(service_request, owner=owner, department=department, note=note, actor=actor, at=at)
    if owner and owner.pk != actor.employee_id:
        tell_receiver(service_request, owner, note=note, at=at)
    return service_request


@transaction.atomic
def pass_on_request(
    *, request_id: int, owner: Employee | None, department: Department | None, note: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Give away the request of somebody who left: asked of no role in its department, and told by whoever asks for it.

    Raises ActionRefused for a receiver who has left, or whom the request is about.
    """
    service_request = lock_request(request_id)
    if owner:
        _check_receiver(owner, service_request)
    hand_on(service_request, owner=owner, department=department, note=note, actor=actor, at=at)
    return service_request


@transaction.atomic
def send_back_request(*, request_id: int, reason: str, actor: Actor, at: datetime) -> ServiceRequest:
    """Send "not ours" back to the front desk in one step, counted; the clock goes on."""
    service_request, to = request_for_action(request_id, Action.SEND_BACK, actor=actor)
    logged_by = service_request.recorded_by
    department = logged_by.department if logged_by else root_department()
    service_request.status = to
    service_request.send_back_count += 1
    service_request.save(update_fields=["send_back_count"])
    assign_owner(service_request, owner=None, department=department, actor=actor, at=at)
    fields = {"department": department.pk} if department else {}
    record_event(service_request, EventKind.SENT_BACK, actor=actor, at=at, text=reason, fields=fields)
    return service_request


def assign_owner(
    service_request: ServiceRequest,
    *,
    owner: Employee | None,
    department: Department | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Change owner and department of a locked request; its open clocks follow it to the department."""
    moved = department is not None and department.pk != service_request.department_id
    put_off = [snooze.clock_id for snooze in snoozes_running(service_request, now=at)]
    service_request.owner = owner
    service_request.unowned_until_at = None if owner else unowned_until(at)
    if moved and department is not None:
        keep_past_facts(service_request, at=at)
        service_request.department = department
        for clock in ResponseClock.objects.filter(service_request=service_request, verdict=Verdict.OPEN):
            hand_over_clock(clock, department_id=department.pk, actor=actor, at=at)
    touch(service_request, at, "owner", "department", "unowned_until_at", "status")
    # What the old owner put off binds no new one: the next sweep tells them.
    for clock in ResponseClock.objects.filter(pk__in=put_off):
        reschedule_stages(clock)


def hand_on(
    service_request: ServiceRequest,
    *,
    owner: Employee | None,
    department: Department | None,
    note: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Change owner and department of a locked request, and tell of it in its story."""
    assign_owner(service_request, owner=owner, department=department, actor=actor, at=at)
    given_to = f"{owner}, {department}" if owner else str(department)
    record_event(
        service_request,
        EventKind.GIVEN,
        actor=actor,
        at=at,
        text=f"{given_to}. {note}".strip() if note else given_to,
        fields={
            "owner": owner.pk if owner else None,
            "department": department.pk if department else None,
            "to": given_to,
        },
    )


def _check_receiver(owner: Employee, service_request: ServiceRequest) -> None:
    if not owner.is_active:
        raise ActionRefused(Refusal.PERSON_INACTIVE)
    if owner.pk == service_request.owner_id:
        raise ActionRefused(Refusal.ALREADY_OWNER)
    if is_concerned(owner, service_request):
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    if owner.pk in past_deciders(service_request):
        raise ActionRefused(Refusal.DECIDED_BEFORE)
    if not may_own(owner, service_request):
        raise ActionRefused(Refusal.PERSON_MAY_NOT_READ)


def _receiving_department(
    service_request: ServiceRequest, owner: Employee | None, department_id: int | None
) -> Department | None:
    if department_id:
        return Department.objects.get(pk=department_id)
    return owner.department if owner else service_request.department


def tell_receiver(service_request: ServiceRequest, owner: Employee, *, note: str, at: datetime) -> None:
    """Tell the new owner that a request was given to them."""
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.ASSIGNED,
            recipient=owner,
            service_request=service_request,
            dedupe_key=f"assigned:{service_request.pk}:{service_request.version}:{owner.pk}",
            text=note,
        ),
        at=at,
    )
