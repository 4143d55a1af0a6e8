"""Whose matters a report counts, and which of them: one scope feeds every figure and every list (III.b.i.4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Role
from requests_app.models import Department, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.visibility import requests_visible_to, visible_clocks

_CITY_WIDE = (Role.HR, Role.CITY_MANAGER)
_READERS = (*_CITY_WIDE, Role.AUDITOR)
_OWN_DEPARTMENTS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)


@dataclass(frozen=True, slots=True)
class ReportScope:
    """The clocks and requests a reader's figures are made of; `department_ids` is None for the whole city.

    `is_masked` keeps what people typed out of the lists behind them (DOMAIN 4, auditor).
    """

    clocks: QuerySet[ResponseClock]
    requests: QuerySet[ServiceRequest]
    department_ids: frozenset[int] | None = None
    is_masked: bool = False


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
    divisions already in `department_ids`, and an empty text narrows nothing.
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


def may_read_reports(actor: Actor) -> bool:
    """Say whether an actor reads compliance figures at all."""
    return actor.holds(*_READERS, *_OWN_DEPARTMENTS)


def report_scope(actor: Actor) -> ReportScope:
    """Give what an actor's figures are made of: the city's for HR, city manager and auditor, else the departments'."""
    department_ids = None if actor.holds(*_READERS) else actor.departments_as(*_OWN_DEPARTMENTS)
    is_masked = actor.holds(Role.AUDITOR) and not actor.holds(*_CITY_WIDE)
    return ReportScope(visible_clocks(actor), requests_visible_to(actor), department_ids, is_masked)


def whole_city() -> ReportScope:
    """Give everything, confidential matters included: for the command line, whose reader has the database anyway."""
    return ReportScope(ResponseClock.objects.all(), ServiceRequest.objects.all())


def department_with_divisions(slug: str) -> frozenset[int]:
    """Give a department and everything below it. Raises Department.DoesNotExist."""
    return divisions_of([Department.objects.get(slug=slug).pk], parents_of_departments())
