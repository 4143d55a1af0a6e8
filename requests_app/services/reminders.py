"""A reminder that a person sends, beside those of the ladder (III.d.i)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.vocabulary import EventKind
from requests_app.domain.workflow import Action, ActionRefused, Refusal
from requests_app.models import Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.transitions import request_for_action


@transaction.atomic
def send_reminder(*, request_id: int, actor: Actor, at: datetime) -> ServiceRequest:
    """Remind the owner now; the same person reminding twice within a minute tells them once."""
    service_request, _ = request_for_action(request_id, Action.REMIND, actor=actor)
    if service_request.owner is None:
        raise ActionRefused(Refusal.NO_OWNER)
    notice = queue_notice(
        NoticeEntry(
            kind=Notice.Kind.NUDGE,
            recipient=service_request.owner,
            service_request=service_request,
            dedupe_key=f"nudge:{service_request.pk}:{actor.employee_id}:{at:%Y%m%d%H%M}",
            text=str(actor.employee or ""),
        ),
        at=at,
    )
    if notice is not None:
        record_event(service_request, EventKind.REMINDED, actor=actor, at=at, text=service_request.owner.name)
    return service_request
