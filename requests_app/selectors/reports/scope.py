"""Whose matters a report counts, and which of them: one scope feeds every figure and every list (III.b.i.4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from requests_app.domain.choices import LocalChoices
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Department, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.choices import choices_at, current_choices
from requests_app.selectors.visibility import levels_counted_for, requests_visible_to, visible_clocks

_CITY_WIDE = (Role.HR, Role.CITY_MANAGER)
_READERS = (*_CITY_WIDE, Role.AUDITOR)
_OWN_DEPARTMENTS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)


@dataclass(frozen=True, slots=True)
class ReportScope:
    """The clocks and requests a reader's figures are made of; `department_ids` is None for the whole city.

    `is_masked` keeps what people typed out of the lists behind them (DOMAIN 4, auditor). `levels` are the levels of
    confidentiality that a past report of this reader counted, beside those that are as they were; None for any.
    """

    clocks: QuerySet[ResponseClock]
    requests: QuerySet[ServiceRequest]
    department_ids: frozenset[int] | None = None
    is_masked: bool = False
    levels: frozenset[Confidentiality] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What leads from a report to the list behind one figure of it; None or an empty text narrows nothing.

    Weekdays are ISO's, Monday 1, and hours local. `moves` and `gives` are transfers before the answer: to another
    department, and from one person or queue to another; the last number of them stands for that many and more.
    """

    language: str = ""
    weekday: int | None = None
    hour: int | None = None
    time_bin: str = ""
    moves: int | None = None
    gives: int | None = None
    is_typed_in_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """What a report is asked for.

    `is_past` counts from what was known at `as_of` rather than from the rows of today; a department comes with its
    divisions already in `department_ids`, and an empty text narrows nothing. `choices` are the city's of that instant;
    None has them read.
    """

    period: Period
    as_of: datetime
    is_past: bool = False
    department_ids: frozenset[int] | None = None
    channel: str = ""
    standard: str = ""
    milestone: str = ""
    kind: str = ""
    narrowing: Narrowing = Narrowing()
    choices: LocalChoices | None = None


def choices_of(query: ReportQuery) -> LocalChoices:
    """Give what the city had chosen at a report's instant."""
    return query.choices or (choices_at(query.as_of) if query.is_past else current_choices())


def of_now(query: ReportQuery, *, now: datetime) -> ReportQuery:
    """Ask for what is known now, where no past day is offered."""
    return replace(query, as_of=now, is_past=False, choices=None if query.is_past else query.choices)


def may_read_reports(actor: Actor) -> bool:
    """Say whether an actor reads compliance figures at all."""
    return actor.holds(*_READERS, *_OWN_DEPARTMENTS)


def report_scope(actor: Actor) -> ReportScope:
    """Give what an actor's figures are made of: the city's for HR, city manager and auditor, else the departments'."""
    department_ids = None if actor.holds(*_READERS) else actor.departments_as(*_OWN_DEPARTMENTS)
    is_masked = actor.holds(Role.AUDITOR) and not actor.holds(*_CITY_WIDE)
    levels = levels_counted_for(actor)
    return ReportScope(visible_clocks(actor), requests_visible_to(actor), department_ids, is_masked, levels)


def whole_city() -> ReportScope:
    """Give everything, confidential matters included: for the command line, whose reader has the database anyway."""
    return ReportScope(ResponseClock.objects.all(), ServiceRequest.objects.all())


def department_with_divisions(slug: str) -> frozenset[int]:
    """Give a department and everything below it. Raises Department.DoesNotExist."""
    return divisions_of([Department.objects.get(slug=slug).pk], parents_of_departments())
