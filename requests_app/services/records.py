"""Extend the determination of a records request, once and in writing (Cal. Gov. Code 7922.535)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.vocabulary import EventKind, Milestone, RevisionReason
from requests_app.domain.workflow import Action, ActionRefused, Refusal
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import last_fired_at, open_clocks, unanswered
from requests_app.selectors.due_dates import due_by_promise
from requests_app.services.clocks import refresh_answer_by, revise_clock, schedule_stages, set_due
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@transaction.atomic
def extend_determination(
    *, request_id: int, extended_to: date, reason: str, actor: Actor, at: datetime
) -> ServiceRequest:
    """Move the determination to a later business day, at most 14 calendar days on, with its legal reason.

    Raises ActionRefused where no determination is open, for a second extension, and for a date too far or closed.
    """
    service_request, _ = request_for_action(request_id, Action.EXTEND, actor=actor)
    clock = next(iter(unanswered(open_clocks(service_request, [Milestone.RECORDS_DETERMINATION]))), None)
    if clock is None or clock.due_at is None:
        raise ActionRefused(Refusal.NOT_OPEN)
    if clock.revisions.filter(reason=RevisionReason.EXTENDED).exists():
        raise ActionRefused(Refusal.EXTENDED_ALREADY)
    limit = DEFAULT_CHOICES.records_extension_limit_calendar_days
    due_on = timezone.localdate(clock.due_at)
    if not due_on < extended_to <= due_on + timedelta(days=limit):
        raise ActionRefused(Refusal.EXTENSION_TOO_LONG, limit=str(limit))
    due = due_by_promise(clock.standard, promised_on=extended_to)
    if due.due_at is None:
        raise ActionRefused(Refusal.PROMISE_NOT_BUSINESS_DAY)
    set_due(clock, due)
    clock.given_on = extended_to
    schedule_stages(clock, after=last_fired_at(clock))
    clock.save()
    revise_clock(clock, reason=RevisionReason.EXTENDED, actor=actor, at=at, trace=due.trace, note=reason)
    touch(service_request, at)
    refresh_answer_by(service_request)
    record_event(service_request, EventKind.EXTENDED, actor=actor, at=at, text=reason, fields={"due_at": clock.due_at})
    return service_request
