"""Put an answer off, once and in writing: a determination (Cal. Gov. Code 7922.535), a complaint's (III.b.v.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Milestone, RevisionReason
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import last_fired_at, open_clocks, unanswered
from requests_app.selectors.due_dates import due_by_promise
from requests_app.services.clocks import refresh_answer_by, revise_clock, schedule_stages, set_due
from requests_app.services.events import record_event
from requests_app.services.transitions import touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """To which day an answer is put off, and why, as told to whoever waits for it."""

    extended_to: date
    reason: str


def extendable_clock(service_request: ServiceRequest, milestone: Milestone) -> tuple[ResponseClock, datetime]:
    """Give the open clock of a milestone that may still be extended, locked, with its due instant.

    Raises ActionRefused where none is open, and for a second extension.
    """
    clock = next(iter(unanswered(open_clocks(service_request, [milestone]))), None)
    if clock is None or clock.due_at is None:
        raise ActionRefused(Refusal.NOT_OPEN)
    if clock.revisions.filter(reason=RevisionReason.EXTENDED).exists():
        raise ActionRefused(Refusal.EXTENDED_ALREADY)
    return clock, clock.due_at


def extend_clock(
    clock: ResponseClock, *, service_request: ServiceRequest, extension: Extension, actor: Actor, at: datetime
) -> None:
    """Move a clock to close of business on a later day. Raises ActionRefused for a day the city is closed."""
    due = due_by_promise(clock.standard, promised_on=extension.extended_to)
    if due.due_at is None:
        raise ActionRefused(Refusal.PROMISE_NOT_BUSINESS_DAY)
    set_due(clock, due)
    clock.given_on = extension.extended_to
    schedule_stages(clock, after=last_fired_at(clock))
    clock.save()
    revise_clock(clock, reason=RevisionReason.EXTENDED, actor=actor, at=at, trace=due.trace, note=extension.reason)
    touch(service_request, at)
    refresh_answer_by(service_request)
    record_event(
        service_request,
        EventKind.EXTENDED,
        actor=actor,
        at=at,
        text=extension.reason,
        fields={"due_at": clock.due_at},
    )
