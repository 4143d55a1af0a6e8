"""Put reminders off, with a reason: the owner's own, before the answer is due, and never lateness (III.d.i)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.snoozes import ends_at
from requests_app.domain.wording import Style, format_instant
from requests_app.domain.workflow import Action
from requests_app.models import ResponseClock, Snooze
from requests_app.selectors.access import Actor
from requests_app.selectors.snoozes import may_be_snoozed
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.events import record_event
from requests_app.services.transitions import request_for_action, touch


@transaction.atomic
def snooze_reminders(*, clock_id: int, until_at: datetime, reason: str, actor: Actor, at: datetime) -> Snooze:
    """Put the owner's reminders of one obligation off until an instant, or the next opening after it.

    What would have come meanwhile comes then, once. Raises ActionRefused for an instant that is past, and for one
    after which the answer would be late; asking for the same again changes nothing.
    """
    request_id = ResponseClock.objects.values_list("service_request_id", flat=True).get(pk=clock_id)
    service_request, _to = request_for_action(request_id, Action.SNOOZE, actor=actor)
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    clock = ResponseClock.objects.select_for_update(of=("self",)).get(pk=clock_id)
    ends = _end_of(clock, until_at, at=at)
    owner = service_request.owner
    in_place_of = owner if owner is not None and owner.pk != actor.employee_id else None
    known = Snooze.objects.filter(clock=clock).first()
    if known is not None and (known.employee_id, known.until_at, known.reason) == (actor.employee_id, ends, reason):
        return known
    snooze = Snooze.objects.create(
        clock=clock, employee=actor.employee, in_place_of=in_place_of, reason=reason, until_at=ends, created_at=at
    )
    until = _("until %(at)s") % {"at": _words(ends, at=at)}
    fields = {"clock": clock.pk, "until_at": ends, "to": until}
    record_event(service_request, EventKind.SNOOZED, actor=actor, at=at, text=f"{until}. {reason}", fields=fields)
    touch(service_request, at)
    return snooze


def _end_of(clock: ResponseClock, until_at: datetime, *, at: datetime) -> datetime:
    if clock.due_at is None or not may_be_snoozed(clock):
        raise ActionRefused(Refusal.NOT_OPEN)
    if until_at <= at:
        raise ActionRefused(Refusal.SNOOZE_PAST)
    version = response_calendar_version()
    try:
        ends = ends_at(until_at, version.business_calendar()) if version else until_at
    except CalendarError:
        ends = until_at
    if ends > clock.due_at:
        raise ActionRefused(Refusal.SNOOZE_TOO_LONG)
    return ends


def _words(until_at: datetime, *, at: datetime) -> str:
    zone = timezone.get_default_timezone()
    return format_instant(until_at, time_zone=zone, today=timezone.localdate(at), style=Style.SHORT)
