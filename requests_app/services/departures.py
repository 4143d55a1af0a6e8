"""Somebody leaves: one act hands over, takes away, shuts out, and can be undone (II scope, III.a.iv)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Alternate, Category, Department, Departure, Employee, Notice, RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.selectors.departures import DeparturePlan, Wish, departure_plan, standing_departure
from requests_app.services.assignments import pass_on_request
from requests_app.services.employees import lock_employee, touch_employee
from requests_app.services.escalation_climbs import pass_on_escalations_of
from requests_app.services.events import record_audit
from requests_app.services.logins import let_in, shut_out
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.roles import check_another_administrator, check_may_govern


@dataclass(frozen=True, slots=True)
class DepartureEntry:
    """What was decided, and the fingerprint of the plan that was shown for it."""

    left_on: date
    wish: Wish
    digest: str


@transaction.atomic
def record_departure(*, employee_id: int, entry: DepartureEntry, actor: Actor, at: datetime) -> Departure:
    """Let somebody have left: hand over the open work, take roles and duties away, end the login and its sign-ins.

    The clocks of the requests keep their dates. Raises ActionRefused when the plan is no longer the one that was
    shown, for oneself, for the last administrator, for a day to come and for somebody who has left already.
    """
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    _check_may_leave(employee, entry.left_on, at=at)
    plan = departure_plan(employee, entry.wish)
    if plan.digest != entry.digest:
        raise ActionRefused(Refusal.PLAN_CHANGED)
    departure = Departure.objects.create(
        employee=employee,
        left_on=entry.left_on,
        recorded_at=at,
        recorded_by=actor.employee,
        roles=[[row.role, row.department_id] for row in plan.roles],
        had_login=employee.user is not None and employee.user.is_active,
        handed_over=len(plan.handovers),
    )
    _hand_over(plan, departure, actor=actor, at=at)
    _forget(plan)
    employee.is_active, employee.left_on = False, entry.left_on
    touch_employee(employee, "is_active", "left_on")
    pass_on_escalations_of(employee, at=at)
    shut_out(employee, actor=actor, at=at)
    fields = {"left_on": entry.left_on, "handed_over": departure.handed_over}
    record_audit("employee_left", employee, actor=actor, at=at, fields=fields)
    return departure


@transaction.atomic
def undo_departure(*, employee_id: int, with_access: bool, actor: Actor, at: datetime) -> Employee:
    """Put somebody who left back on the roster; `with_access` gives back the roles and the login they had.

    What was handed over stays where it is, and so do categories and alternates: others deal with it by now.
    """
    check_may_govern(employee_id, actor=actor)
    employee = lock_employee(employee_id)
    if employee.is_active:
        raise ActionRefused(Refusal.WORKS_HERE)
    departure = standing_departure(employee)
    employee.is_active, employee.left_on = True, None
    touch_employee(employee, "is_active", "left_on")
    record_audit("employee_came_back", employee, actor=actor, at=at, fields={"with_access": with_access})
    if departure is not None:
        departure.undone_at = at
        departure.save(update_fields=["undone_at"])
        if with_access:
            _give_back(employee, departure, actor=actor, at=at)
    return employee


def _check_may_leave(employee: Employee, left_on: date, *, at: datetime) -> None:
    if not employee.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    if left_on > timezone.localdate(at):
        raise ActionRefused(Refusal.IN_FUTURE)
    if RoleAssignment.objects.filter(employee=employee, role=Role.ADMINISTRATOR).exists():
        check_another_administrator(employee)


def _hand_over(plan: DeparturePlan, departure: Departure, *, actor: Actor, at: datetime) -> None:
    received: Counter[Employee] = Counter()
    note = _("%(name)s has left.") % {"name": plan.employee.name}
    for handover in plan.handovers:
        pass_on_request(
            request_id=handover.service_request.pk,
            owner=handover.owner,
            department=handover.department,
            note=note,
            actor=actor,
            at=at,
        )
        if handover.owner and handover.owner.pk != actor.employee_id:
            received[handover.owner] += 1
    for receiver, count in received.items():
        _tell(receiver, count, departure, at=at)


def _tell(receiver: Employee, count: int, departure: Departure, *, at: datetime) -> None:
    """Tell a receiver once, not once a request."""
    text = ngettext(
        "%(name)s has left. %(n)s open request is yours now; it is under My work, with its date as it was.",
        "%(name)s has left. %(n)s open requests are yours now; they are under My work, with their dates as they were.",
        count,
    )
    entry = NoticeEntry(
        kind=Notice.Kind.ASSIGNED,
        recipient=receiver,
        dedupe_key=f"departure:{departure.pk}:{receiver.pk}",
        text=text % {"name": departure.employee.name, "n": count},
    )
    queue_notice(entry, at=at)


def _forget(plan: DeparturePlan) -> None:
    """Take the person out of everything that would send new work their way."""
    Category.objects.filter(default_owner=plan.employee).update(default_owner=None)
    Category.objects.filter(backup_owner=plan.employee).update(backup_owner=None)
    Alternate.objects.filter(person=plan.employee).delete()
    RoleAssignment.objects.filter(employee=plan.employee).delete()


def _give_back(employee: Employee, departure: Departure, *, actor: Actor, at: datetime) -> None:
    in_use = set(Department.objects.filter(is_active=True).values_list("pk", flat=True))
    for role, department_id in departure.roles:
        if department_id in in_use:
            RoleAssignment.objects.get_or_create(employee=employee, role=role, department_id=department_id)
            fields = {"role": role, "department": department_id}
            record_audit("role_given", employee, actor=actor, at=at, fields=fields)
    if departure.had_login and isinstance(employee.user, User):
        let_in(employee.user)
        record_audit("login_opened", employee, actor=actor, at=at)
