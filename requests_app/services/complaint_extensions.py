"""Put the written answer to a complaint off: once, in time, and told with its reason (III.b.v.1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import AnswerKind, Channel, Milestone
from requests_app.domain.workflow import Action
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.services.answers import is_recorded, record_answer
from requests_app.services.complaints import require_complaint
from requests_app.services.entries import AnswerEntry
from requests_app.services.extensions import Extension, extend_clock, extendable_clock
from requests_app.services.transitions import lock_request, request_for_action


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffEntry:
    """To which day the answer is put off, why, and how the complainant was told."""

    extended_to: date
    reason: str
    channel: Channel
    told_at: datetime
    submission_key: UUID | None = None


@transaction.atomic
def extend_complaint_answer(*, request_id: int, entry: PutOffEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Put the written answer off, once, to a later business day, with the reason the complainant was told.

    Raises ActionRefused where no answer is open or it was put off before, for a day too far or closed, and where they
    were told when the answer was late already: an extension never hides lateness.
    """
    found = lock_request(request_id)
    if is_recorded(entry.submission_key):
        return found
    service_request, _ = request_for_action(request_id, Action.EXTEND, actor=actor)
    require_complaint(service_request)
    clock, due_at = extendable_clock(service_request, Milestone.COMPLAINT_ANSWER)
    if entry.told_at > due_at:
        raise ActionRefused(Refusal.EXTENSION_TOO_LATE)
    _check_length(clock, due_at, entry.extended_to)
    told = AnswerEntry(
        channel=entry.channel,
        text=entry.reason,
        occurred_at=entry.told_at,
        answer=AnswerKind.HOLDING,
        tells_extension=True,
        submission_key=entry.submission_key,
    )
    record_answer(service_request, told, actor=actor, at=at)
    extension = Extension(extended_to=entry.extended_to, reason=entry.reason)
    extend_clock(clock, service_request=service_request, extension=extension, actor=actor, at=at)
    return service_request


def _check_length(clock: ResponseClock, due_at: datetime, extended_to: date) -> None:
    """Hold an extension to so many business days beyond the day the answer is due (III.b.v.1, a local choice)."""
    limit = current_choices().complaint_extension_limit_business_days
    too_long = ActionRefused(Refusal.EXTENSION_TOO_LONG_IN_DAYS, limit=str(limit))
    due_on = timezone.localdate(due_at)
    if extended_to <= due_on or clock.calendar_version is None:
        raise too_long
    try:
        if extended_to > nth_business_day_after(clock.calendar_version.business_calendar(), due_on, limit):
            raise too_long
    except CalendarError as error:
        raise too_long from error
