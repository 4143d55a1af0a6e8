"""Go through the voicemail box: each message becomes a contact, and the round itself is kept (III.b.ii.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import CounterDevice, Interaction, ServiceRequest, VoicemailCheck
from requests_app.selectors.access import Actor
from requests_app.selectors.front_desk import serves_counter
from requests_app.services.entries import ContactEntry, InboundEntry
from requests_app.services.events import record_audit
from requests_app.services.requests import add_contact, log_request


@dataclass(frozen=True, slots=True)
class AtBox:
    """Who listens, in which round, at which counter computer if at one, and when."""

    key: UUID
    device: CounterDevice | None
    actor: Actor
    at: datetime


@transaction.atomic
def log_voicemail(entry: ContactEntry, *, box: AtBox) -> ServiceRequest:
    """Log a message as a new request; its clock starts when it was left. The same message posted again counts once.

    Raises ActionRefused as `log_request` does.
    """
    check = _round(box)
    is_new = not ServiceRequest.objects.filter(submission_key=entry.submission_key).exists()
    service_request = log_request(entry, actor=box.actor, at=box.at)
    return _counted(check, service_request, is_new=is_new)


@transaction.atomic
def add_voicemail(request_id: int, entry: InboundEntry, *, box: AtBox) -> ServiceRequest:
    """Add a message to a request that is open: "calling again". Raises ActionRefused as `add_contact` does."""
    check = _round(box)
    is_new = not Interaction.objects.filter(submission_key=entry.submission_key).exists()
    service_request = add_contact(request_id=request_id, entry=entry, actor=box.actor, at=box.at)
    return _counted(check, service_request, is_new=is_new)


@transaction.atomic
def finish_voicemail_check(messages: int, *, box: AtBox) -> VoicemailCheck:
    """Keep that the box was checked and how many messages it held; finished once, it stays.

    Raises ActionRefused for whoever may not, and for fewer messages than were logged.
    """
    check = _round(box)
    if check.finished_at is not None:
        return check
    if messages < check.logged:
        raise ActionRefused(Refusal.FEWER_MESSAGES, logged=str(check.logged))
    check.finished_at, check.messages = box.at, messages
    check.save(update_fields=["finished_at", "messages"])
    fields = {"messages": messages, "logged": check.logged}
    record_audit("voicemail_box_checked", check, actor=box.actor, at=box.at, fields=fields)
    return check


def _round(box: AtBox) -> VoicemailCheck:
    """Give the round under its lock, so that two messages at once are both counted; the first one begins it."""
    if box.actor.employee is None or not serves_counter(box.actor, device=box.device):
        raise ActionRefused(Refusal.ROLE)
    begun = {"on": timezone.localdate(box.at), "begun_at": box.at, "checked_by": box.actor.employee}
    check, _is_new = VoicemailCheck.objects.select_for_update().get_or_create(key=box.key, defaults=begun)
    if check.checked_by_id != box.actor.employee_id:
        raise ActionRefused(Refusal.ROLE)
    return check


def _counted(check: VoicemailCheck, service_request: ServiceRequest, *, is_new: bool) -> ServiceRequest:
    if is_new:
        check.logged += 1
        if check.messages is not None:  # one more was found after the round was finished
            check.messages = max(check.messages, check.logged)
        check.save(update_fields=["logged", "messages"])
    return service_request
