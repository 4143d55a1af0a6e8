"""When an answer is due: the pure rules, handed the standard and the confirmed calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from requests_app.domain.business_time import business_minutes_between
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.deadlines import (
    Allowance,
    Deadline,
    Rule,
    close_of_business,
    deadline_within,
    given_deadline,
)
from requests_app.domain.trace import to_json
from requests_app.domain.vocabulary import Unit
from requests_app.models import CalendarVersion, ResponseClock, ServiceStandard

NO_CALENDAR = "no_calendar"


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due instant with its trace, or the reason why there is none yet."""

    due_at: datetime | None
    undated_reason: str
    trace: list[dict[str, object]]
    calendar_version: CalendarVersion | None


def due_by_standard(standard: ServiceStandard, *, started_at: datetime) -> DueDate:
    """Work out the due instant of a contact; logging never fails for lack of a calendar."""
    return _dated(standard, lambda calendar: due_by(calendar, standard, started_at=started_at))


def due_by_promise(standard: ServiceStandard, *, promised_on: date) -> DueDate:
    """Work out close of business on the date a named person gave (III.a.iv)."""
    return _dated(standard, lambda calendar: close_of_business(calendar, promised_on))


def due_again(clock: ResponseClock) -> DueDate:
    """Work out a clock's due instant anew; a date a person gave moves on to the next day the city is open."""
    return _dated(clock.standard, _rule_of(clock))


def due_again_by(calendar: BusinessCalendar, clock: ResponseClock) -> datetime | None:
    """Work out a clock's due instant as another calendar would have it; None where that one does not reach."""
    try:
        return _rule_of(clock)(calendar).due_at
    except CalendarError:
        return None


def due_by(calendar: BusinessCalendar, standard: ServiceStandard, *, started_at: datetime) -> Deadline:
    """Apply a standard, stored or not, to a contact by a calendar. Raises CalendarError where there is no date."""
    return deadline_within(calendar, allowance_of(standard), received_at=started_at)


def allowance_of(standard: ServiceStandard) -> Allowance:
    """Give what a standard allows, as the pure rules take it."""
    return Allowance(standard.number, Unit(standard.unit), Rule(standard.rule))


def _rule_of(clock: ResponseClock) -> Callable[[BusinessCalendar], Deadline]:
    given_on = clock.given_on
    if given_on is None:
        return lambda calendar: due_by(calendar, clock.standard, started_at=clock.started_at)
    return lambda calendar: given_deadline(calendar, given_on)


def _dated(standard: ServiceStandard, work_out: Callable[[BusinessCalendar], Deadline]) -> DueDate:
    version = CalendarVersion.objects.filter(calendar=standard.calendar_id).order_by("-number").first()
    if version is None:
        return DueDate(None, NO_CALENDAR, [], None)
    try:
        deadline = work_out(version.business_calendar())
    except CalendarError as error:
        return DueDate(None, error.code, [], version)
    return DueDate(deadline.due_at, "", to_json(deadline.trace), version)


def minutes_to_answer(clock: ResponseClock, met_at: datetime) -> int | None:
    """Count whole business minutes from a clock's start to its answer; None where the calendar does not reach."""
    if clock.calendar_version is None:
        return None
    try:
        return business_minutes_between(clock.calendar_version.business_calendar(), clock.started_at, met_at)
    except CalendarError:
        return None
