"""A complaint of the demo that became late: most are passed upwards, accepted and answered (III.b.v.2)."""

from datetime import datetime, timedelta

from requests_app.demo import profile
from requests_app.demo.matters import Matter
from requests_app.demo.phrases import complaints as words
from requests_app.domain.business_time import next_opening
from requests_app.domain.escalations import Level
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Milestone, RevisionReason
from requests_app.models import Employee, Escalation, EscalationReceiver


def escalate_if_late(matter: Matter, owner: Employee, decided_at: datetime) -> Escalation | None:
    """Pass it upwards once its answer is late, where somebody does; give the step, accepted if there was time."""
    world, clock = matter.world, matter.open_clock(Milestone.COMPLAINT_ANSWER)
    if clock is None or clock.due_at is None or decided_at <= clock.due_at:
        return None
    receiver = _receiver(matter, owner)
    if receiver is None or not world.happens(profile.ESCALATED_SHARE):
        return None
    late_at = next_opening(world.calendar, clock.due_at + timedelta(minutes=1))
    sent_at = world.after_open_minutes(late_at, world.rng.randrange(10, 240))
    if not matter.events[-1].at < sent_at < decided_at:
        return None
    matter.reach(sent_at)
    step = _send(matter, owner, receiver, sent_at)
    accepted_at = world.after_open_minutes(sent_at, world.lognormal(200, 1.0))
    if accepted_at < decided_at:
        matter.reach(accepted_at)
        _accept(matter, step, receiver, accepted_at)
    return step


def answer_escalation(matter: Matter, step: Escalation | None, at: datetime) -> None:
    """Return it to its sender once the complaint is answered; what nobody accepted ends with it."""
    if step is None:
        return
    if step.accepted_by is None:
        step.withdrawn_at = at
        clock = matter.open_clock(Milestone.ESCALATION_ACCEPTED)
        if clock and step.from_employee:
            matter.end_clock(clock, RevisionReason.CANCELLED, at, step.from_employee, words.ANSWERED_BEFORE)
        return
    matter.note(at, words.ESCALATION_ANSWER, by=step.accepted_by)
    step.answered_at, step.answer = at, words.ESCALATION_ANSWER
    matter.tell(EventKind.ESCALATION_ANSWERED, at, step.accepted_by, words.ESCALATION_ANSWER)


def _receiver(matter: Matter, owner: Employee) -> Employee | None:
    """Choose who is next above the owner and not concerned."""
    world, department = matter.world, matter.request.department
    concerned = {subject.employee_id for subject in matter.subjects}
    above = [world.supervisor_of(department.pk, other_than=owner)] if department else []
    people = [
        person for person in (*above, world.roster.by_login["manager"]) if person.pk not in concerned | {owner.pk}
    ]
    return people[0] if people else None


def _send(matter: Matter, owner: Employee, receiver: Employee, at: datetime) -> Escalation:
    reason = matter.world.one_of(words.ESCALATION_REASONS)
    matter.note(at, reason, by=owner)
    clock = matter.start_clock(Milestone.ESCALATION_ACCEPTED, matter.interactions[-1], by=owner)
    is_manager = receiver == matter.world.roster.by_login["manager"]
    level = Level.CITY_MANAGER if is_manager else Level.SUPERVISOR
    step = Escalation(
        service_request=matter.request,
        from_employee=owner,
        to_employee=receiver,
        level=int(level),
        reason=reason,
        sent_at=at,
        clock=clock,
    )
    matter.escalations.append(step)
    matter.receivers.append(EscalationReceiver(escalation=step, employee=receiver))
    matter.tell(EventKind.ESCALATED, at, owner, f"{receiver.name}. {reason}", to=receiver.name, level=int(level))
    return step


def _accept(matter: Matter, step: Escalation, receiver: Employee, at: datetime) -> None:
    matter.note(at, words.ESCALATION_ACCEPTED, by=receiver)
    step.accepted_at, step.accepted_by = at, receiver
    if clock := matter.open_clock(Milestone.ESCALATION_ACCEPTED):
        matter.stop_clock(clock, matter.interactions[-1])
    matter.tell(EventKind.ESCALATION_ACCEPTED, at, receiver)
