"""Who stands in for whom, in order (III.b.ii.5)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Alternate, Employee
from requests_app.selectors.access import Actor
from requests_app.services.employees import lock_employee, touch_employee
from requests_app.services.events import record_audit


@transaction.atomic
def add_alternate(
    *, employee_id: int, person_id: int | None, department_id: int | None, actor: Actor, at: datetime
) -> Alternate:
    """Add a person or a department after the alternates there are.

    Raises ActionRefused for the person themselves, for somebody who has left, and for one who is listed already.
    """
    employee = lock_employee(employee_id)
    if person_id and not Employee.objects.filter(pk=person_id, is_active=True).exists():
        raise ActionRefused(Refusal.PERSON_INACTIVE)
    known = Alternate.objects.filter(employee=employee)
    who = {"person_id": person_id, "department_id": department_id}
    if person_id == employee.pk or known.filter(**who).exists():
        raise ActionRefused(Refusal.ALTERNATE_TAKEN)
    last = known.aggregate(last=Max("position"))["last"] or 0
    alternate = Alternate.objects.create(employee=employee, position=last + 1, **who)
    touch_employee(employee)
    record_audit("alternate_added", employee, actor=actor, at=at, fields=who)
    return alternate


@transaction.atomic
def remove_alternate(*, employee_id: int, alternate_id: int, actor: Actor, at: datetime) -> None:
    """Take an alternate off the list; one that is gone already changes nothing."""
    employee = lock_employee(employee_id)
    alternate = Alternate.objects.filter(pk=alternate_id, employee=employee).first()
    if alternate is not None:
        fields = {"person": alternate.person_id, "department": alternate.department_id}
        alternate.delete()
        touch_employee(employee)
        record_audit("alternate_removed", employee, actor=actor, at=at, fields=fields)


@transaction.atomic
def put_alternate_first(*, employee_id: int, alternate_id: int, actor: Actor, at: datetime) -> None:
    """Ask one alternate before all others; the others keep their order."""
    employee = lock_employee(employee_id)
    listed = list(Alternate.objects.filter(employee=employee))
    if not any(each.pk == alternate_id for each in listed) or listed[0].pk == alternate_id:
        return
    for position, each in enumerate(sorted(listed, key=lambda each: each.pk != alternate_id), start=1):
        each.position = position
        each.save(update_fields=["position"])
    touch_employee(employee)
    record_audit("alternates_ordered", employee, actor=actor, at=at, fields={"first": alternate_id})
