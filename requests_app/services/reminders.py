"""A reminder that a person sends, beside those of the ladder (III.d.i)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.stages import Audience
from requests_app.domain.workflow import Action
from requests_app.models import Employee, Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.recipients import Roster, first_reached, passed_over
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.transitions import request_for_action


@transaction.atomic
def send_reminder(*, request_id: int, actor: Actor, at: datetime) -> ServiceRequest:
    """Remind the owner now, or whoever stands in; the same person reminding twice within a minute tells them once.

    Where all that would be reached is the person who reminds, the owner gets it, to be found on their return.
    """
    service_request, _to = request_for_action(request_id, Action.REMIND, actor=actor)
    owner = service_request.owner
    if owner is None:
        raise ActionRefused(Refusal.NO_OWNER)
    roster = Roster([service_request], now=at)
    reached = first_reached(service_request, Audience.OWNER, roster=roster)
    told = [person for person in reached if person.pk != actor.employee_id] or [owner]
    entry = NoticeEntry(
        kind=Notice.Kind.NUDGE,
        recipient=owner,
        service_request=service_request,
        dedupe_key=f"nudge:{service_request.pk}:{actor.employee_id}:{at:%Y%m%d%H%M}",
        text=str(actor.employee or ""),
    )
    names = []
    for person in told:
        stood_in_for = passed_over(person, service_request, Audience.OWNER, roster=roster)
        key = entry.dedupe_key if person == owner else f"{entry.dedupe_key}:{person.pk}"
        if queue_notice(replace(entry, recipient=person, in_place_of=stood_in_for, dedupe_key=key), at=at) is not None:
            names.append(_named(person, stood_in_for))
    if names:
        record_event(service_request, EventKind.REMINDED, actor=actor, at=at, text=", ".join(names))
    return service_request


def _named(person: Employee, stood_in_for: Employee | None) -> str:
    if stood_in_for is None:
        return person.name
    return _("%(name)s, for %(owner)s who is away") % {"name": person.name, "owner": stood_in_for.name}
