"""Switch a sample of waiting times on and off, check visitors in, call them, let them go (III.b.iii.1)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.domain.waiting_times import Step, field_of
from requests_app.models import CounterDevice, Employee, VisitorWait, WaitingSample
from requests_app.selectors.access import Actor
from requests_app.selectors.front_desk import serves_counter
from requests_app.selectors.waiting_times import overlaps, running_sample, visit_of
from requests_app.services.events import record_audit


@transaction.atomic
def switch_sample_on(from_on: date, to_on: date, *, actor: Actor, at: datetime) -> WaitingSample:
    """Let visitors check in on these days. Raises ActionRefused for whoever may not, and over another sample's days."""
    if actor.employee is None or not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    Employee.objects.select_for_update().get(pk=actor.employee.pk)  # a second click waits for the first, and finds it
    if overlaps(from_on, to_on):
        raise ActionRefused(Refusal.SAMPLE_RUNS)
    sample = WaitingSample.objects.create(
        from_on=from_on, to_on=to_on, switched_on_at=at, switched_on_by=actor.employee
    )
    record_audit("waiting_sample_on", sample, actor=actor, at=at, fields={"from_on": from_on, "to_on": to_on})
    return sample


@transaction.atomic
def end_sample(sample_id: int, *, actor: Actor, at: datetime) -> bool:
    """Switch a sample off; what was timed stays. False if it was off before. Raises ActionRefused."""
    if not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    ended = WaitingSample.objects.filter(pk=sample_id, ended_at=None).update(ended_at=at)
    if ended:
        record_audit("waiting_sample_off", WaitingSample.objects.get(pk=sample_id), actor=actor, at=at)
    return bool(ended)


@transaction.atomic
def check_visitor_in(*, key: UUID, device: CounterDevice | None, actor: Actor, at: datetime) -> VisitorWait:
    """Note that somebody waits; the same button pressed twice is one person. Raises ActionRefused while it is off."""
    sample = running_sample(timezone.localdate(at))
    if sample is None or actor.employee is None or not serves_counter(actor, device=device):
        raise ActionRefused(Refusal.ROLE)
    facts = {"sample": sample, "checked_in_at": at, "department": actor.employee.department, "device": device}
    wait, is_new = VisitorWait.objects.get_or_create(key=key, defaults=facts)
    if is_new:
        record_audit("visitor_checked_in", wait, actor=actor, at=at)
    return wait


@transaction.atomic
def take_step(wait_id: int, step: Step, *, device: CounterDevice | None, actor: Actor, at: datetime) -> bool:
    """Call somebody who waits, say that they were helped, or that they left; False if another was quicker.

    Raises ActionRefused for whoever does not serve at the counter.
    """
    if not serves_counter(actor, device=device):
        raise ActionRefused(Refusal.ROLE)
    wait = VisitorWait.objects.select_for_update().get(pk=wait_id)
    if step not in visit_of(wait).next_steps:
        return False
    setattr(wait, field_of(step), at)
    wait.save(update_fields=[field_of(step)])
    record_audit("visitor_step", wait, actor=actor, at=at, fields={"step": step.value})
    return True
