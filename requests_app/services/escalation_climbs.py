"""What nobody accepted in time climbs by itself, and what somebody leaves behind goes on (III.b.v.2)."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.escalations import next_level
from requests_app.models import Employee, Escalation
from requests_app.selectors.escalations import escalation_ids_to_climb, escalations_held_by, holders_of
from requests_app.selectors.recipients import present
from requests_app.services.escalation_steps import give_up, move_on, release
from requests_app.services.transitions import lock_request, touch

logger = structlog.get_logger(__name__)


def climb_unaccepted(*, now: datetime) -> int:
    """Let each escalation that was not accepted by its date climb one level, and say how many did.

    Strictly after the date: at the instant itself it is in time. Safe to run again, and twice at once. One that has
    nobody above stays with those who have it, and its clock stays late.
    """
    climbed = 0
    for escalation_id in escalation_ids_to_climb(now):
        try:
            climbed += _climb(escalation_id, now=now)
        except Exception as error:  # one bad row never stops the rest
            logger.exception("escalation_not_climbed", escalation_id=escalation_id, error=str(error))
    return climbed


def pass_on_escalations_of(employee: Employee, *, at: datetime) -> int:
    """Take every running escalation from somebody who has left, and say how many those were."""
    running = list(escalations_held_by(employee).values_list("pk", flat=True))
    for escalation_id in running:
        found = _locked(escalation_id)
        if found is not None:
            release(found, [employee], at=at)
            touch(found.service_request, at)
    return len(running)


@transaction.atomic
def _climb(escalation_id: int, *, now: datetime) -> bool:
    running = _locked(escalation_id)
    # Asked again under the lock: of two sweeps, or a sweep and whoever accepts it, the second finds it done.
    if running is None or escalation_id not in escalation_ids_to_climb(now):
        return False
    if any(present(person) for person in holders_of(running)):
        text = _("Not accepted in time, so it goes on to:")
        following = move_on(running, from_level=next_level(running.level), text=text, at=now)
        is_done = following is not None
    else:
        if (
            move_on(running, from_level=running.level, text=_("Nobody there has it any more; it goes to:"), at=now)
            is None
        ):
            give_up(running, at=now)
        is_done = True
    if is_done:
        touch(running.service_request, now)
    return is_done


def _locked(escalation_id: int) -> Escalation | None:
    """Give a step that still runs, its request locked before it is read."""
    request_id = Escalation.objects.values_list("service_request_id", flat=True).get(pk=escalation_id)
    service_request = lock_request(request_id)
    found = (
        Escalation.objects.select_related("clock", "from_employee", "accepted_by", "climbed_from")
        .filter(pk=escalation_id)
        .first()
    )
    if found is None or not found.is_running:
        return None
    found.service_request = service_request
    return found
