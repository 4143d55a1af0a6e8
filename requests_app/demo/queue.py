"""The picture at the end of the story: what nobody has taken yet."""

from collections.abc import Sequence
from datetime import timedelta

from requests_app.demo import profile
from requests_app.demo.beginnings import unowned_until
from requests_app.demo.matters import Matter
from requests_app.demo.phrases.answers import SENT_BACK_NOTES
from requests_app.domain.business_time import subtract_business_minutes
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, Direction, Milestone, RequestKind, Status
from requests_app.domain.workflow import is_finished, is_waiting

_SETTLED = timedelta(hours=1)
_SENT_BACK_WITHIN = 230  # open minutes: after 240 the supervisor has it


def arrange_queue(matters: Sequence[Matter], *, requests: int) -> None:
    """Put the latest open requests back into the queue, untouched ones first, until it has its usual length."""
    wanted = round(profile.QUEUE_AT_END * requests / profile.DEFAULT_REQUESTS)
    for matter in matters:
        _pass_to_supervisor(matter)
    waiting = sum(1 for matter in matters if _is_unowned(matter))
    for matter in reversed(matters):
        limit_at = unowned_until(matter.world, matter.request.recorded_at)
        if waiting < wanted and limit_at > matter.world.until_at and _is_untouched(matter) and _may_wait(matter):
            matter.request.owner = matter.request.for_employee = None
            matter.request.unowned_until_at = limit_at
            waiting += 1
    for matter in reversed(matters):
        if waiting < wanted and _may_come_back(matter):
            _send_back(matter)
            waiting += 1


def give_own_work(matters: Sequence[Matter]) -> None:
    """Give the demo's own employee some of what waits in the department, so that "my work" is not empty."""
    if not matters:
        return
    world = matters[0].world
    own = world.roster.by_login["staff"]
    left = {True: profile.OWN_WAITING, False: profile.OWN_WAITING}
    for matter in reversed(matters):
        request, clock = matter.request, matter.open_clock(Milestone.RESPONSE)
        if clock is None or clock.due_at is None or request.owner is None or request.department != own.department:
            continue
        is_overdue = clock.due_at < world.until_at
        if left[is_overdue] and request.kind != RequestKind.COMPLAINT:
            request.owner = own
            left[is_overdue] -= 1


def _is_unowned(matter: Matter) -> bool:
    return matter.request.owner is None and not is_finished(matter.request.status)


def _is_untouched(matter: Matter) -> bool:
    ordinary = matter.request.confidentiality == Confidentiality.ORDINARY
    answered = any(interaction.direction == Direction.OUTBOUND for interaction in matter.interactions)
    return ordinary and not answered and not is_finished(matter.request.status)


def _may_wait(matter: Matter) -> bool:
    """Leave complaints with who looks into them, and the demo's own people something to do."""
    if matter.request.owner is None:
        return False
    own = {matter.world.roster.by_login["staff"], matter.world.roster.by_login["supervisor"]}
    taken = any(event.kind == EventKind.TAKEN for event in matter.events)
    return matter.request.kind != RequestKind.COMPLAINT and matter.request.owner not in own and not taken


def _may_come_back(matter: Matter) -> bool:
    """Say whether an answered request whose work is to be done could have been sent back by its owner."""
    world, request = matter.world, matter.request
    settled = world.until_at - request.last_touch_at > _SETTLED and not matter.open_clock(Milestone.RESPONSE)
    is_work = request.kind == RequestKind.SERVICE and not is_waiting(request.status)
    return settled and is_work and not is_finished(request.status) and _may_wait(matter)


def _send_back(matter: Matter) -> None:
    world, request = matter.world, matter.request
    at = subtract_business_minutes(world.calendar, world.until_at, world.rng.randrange(4, _SENT_BACK_WITHIN))
    at = max(at, request.last_touch_at + timedelta(minutes=5))
    desk, owner = world.at_front_desk(), request.owner
    if owner is None:
        return
    matter.move_to(desk.department, None, at, owner)
    request.status = Status.NEW.value
    request.send_back_count += 1
    request.unowned_until_at = unowned_until(world, at)
    matter.tell(EventKind.SENT_BACK, at, owner, world.one_of(SENT_BACK_NOTES), department=desk.department.pk)
    matter.finish()


def _pass_to_supervisor(matter: Matter) -> None:
    """Give the supervisor what has lain too long, as the sweep would have done at the time (III.a.iv)."""
    world, request = matter.world, matter.request
    limit_at, department = request.unowned_until_at, request.department
    if request.owner is None and department and limit_at and limit_at <= world.until_at:
        supervisor = world.supervisor_of(department.pk)
        request.owner, request.unowned_until_at = supervisor, None
        matter.tell(EventKind.UNOWNED, limit_at, None, supervisor.name, owner=supervisor.pk)
        matter.finish()
