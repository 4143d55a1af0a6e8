"""Confirm what a calendar says, and let the open clocks follow (III.b.ii.3, III.b.ii.4)."""

from datetime import date, datetime

from django.db import transaction

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendar_schema import parse_calendar, parse_date
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.holidays import closures_for_year
from requests_app.domain.verdicts import moved_due_at
from requests_app.domain.vocabulary import RevisionReason, Verdict
from requests_app.models import Calendar, CalendarVersion, Closure, ResponseClock
from requests_app.selectors.access import Actor
from requests_app.selectors.calendars import definition_of
from requests_app.selectors.clocks import last_fired_at, recomputable_clocks
from requests_app.selectors.due_dates import due_again
from requests_app.services.clocks import (
    lock_request_of,
    refresh_answer_by,
    reschedule_stages,
    revise_clock,
    schedule_stages,
    set_due,
)
from requests_app.services.events import record_audit, record_event
from requests_app.services.jobs import Report

_REPORT_EVERY = 25


@transaction.atomic
def confirm_calendar(*, calendar_id: int, actor: Actor, at: datetime) -> CalendarVersion:
    """Confirm a calendar as it stands: a new immutable version, or the present one when nothing differs.

    Raises InvalidCalendar naming the field when it contradicts itself. Open clocks follow by `recompute_open_clocks`.
    """
    calendar = Calendar.objects.select_for_update().get(pk=calendar_id)
    definition = definition_of(calendar)
    parse_calendar(definition)
    calendar.closures.filter(confirmed_at__isnull=True).update(confirmed_at=at)
    newest = calendar.versions.order_by("-number").first()
    if newest and newest.definition == definition:
        return newest
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        confirmed_at=at,
        confirmed_by=actor.employee,
    )
    record_audit("calendar_confirmed", version, actor=actor, at=at, fields={"number": version.number})
    return version


@transaction.atomic
def confirm_year(*, calendar_id: int, year: int, actor: Actor, at: datetime) -> CalendarVersion:
    """Add the city's holidays of a year to a calendar, and confirm it through the end of that year.

    Raises InvalidCalendar for a year that would leave a gap after the last known date.
    """
    add_year(calendar_id=calendar_id, year=year, actor=actor, at=at)
    return confirm_calendar(calendar_id=calendar_id, actor=actor, at=at)


@transaction.atomic
def add_year(*, calendar_id: int, year: int, actor: Actor, at: datetime) -> int:
    """Add the city's holidays of a year to a calendar's draft, to be looked at and confirmed; count them.

    A date that has a closure already keeps it, so what an administrator moved stays moved. Raises InvalidCalendar
    for a year that would leave a gap after the last known date.
    """
    calendar = Calendar.objects.select_for_update().get(pk=calendar_id)
    known_through = parse_date("known_through", calendar.settings["known_through"])
    if year > known_through.year + 1:
        raise InvalidCalendar("year", f"{known_through.year + 1} has to be confirmed before {year}.")
    edited = set(calendar.closures.filter(on__year=year).values_list("on", flat=True))
    added = Closure.objects.bulk_create(
        Closure(calendar=calendar, on=closure.on, name=closure.name)
        for closure in closures_for_year(year)
        if closure.on not in edited
    )
    last_on = max(known_through, date(year, 12, 31))
    if added or last_on != known_through:
        calendar.settings = {**calendar.settings, "known_through": last_on.isoformat()}
        calendar.save(update_fields=["settings"])
        record_audit("holidays_added", calendar, actor=actor, at=at, fields={"year": year, "n": len(added)})
    return len(added)


def recompute_open_clocks(*, calendar_id: int, actor: Actor, at: datetime, report: Report | None = None) -> int:
    """Work out again the clocks that are open and not yet due; count those that moved. Running it twice moves none.

    A due instant moves later, never earlier than already given; overdue clocks stay as they are. `report` is told how
    many of how many are done.
    """
    clock_ids = list(recomputable_clocks(calendar_id, at=at).values_list("pk", flat=True))
    moved = 0
    for done, clock_id in enumerate(clock_ids, start=1):
        with transaction.atomic():
            moved += _recompute(clock_id, actor=actor, at=at)
        if report and (done % _REPORT_EVERY == 0 or done == len(clock_ids)):
            report(done, len(clock_ids))
    if moved:
        record_audit("clocks_recomputed", ResponseClock, actor=actor, at=at, count=moved)
    return moved


def _recompute(clock_id: int, *, actor: Actor, at: datetime) -> int:
    lock_request_of(clock_id)
    clock = (
        ResponseClock.objects.select_for_update(of=("self",))
        .select_related("standard", "service_request", "calendar_version")
        .get(pk=clock_id)
    )
    if clock.verdict != Verdict.OPEN or clock.due_at is None or clock.due_at < at:
        return 0
    due = due_again(clock)
    if moved_due_at(given_at=clock.due_at, worked_out_at=due.due_at) is None:
        reschedule_stages(clock)
        return 0
    set_due(clock, due)
    schedule_stages(clock, after=last_fired_at(clock))
    clock.save()
    revise_clock(clock, reason=RevisionReason.CALENDAR_CHANGED, actor=actor, at=at, trace=due.trace)
    refresh_answer_by(clock.service_request)
    record_event(clock.service_request, EventKind.CLOCK_MOVED, actor=actor, at=at, fields={"due_at": clock.due_at})
    return 1
