"""How much of what machines counted was logged, and days with improbably few (III.d.i).

What nobody logged is in no other figure.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from requests_app.domain.counted_contacts import (
    COUNTABLE,
    is_improbably_few,
    missing,
    nearest_counted,
    usual_by_weekday,
)
from requests_app.domain.periods import Month, Period
from requests_app.domain.vocabulary import Direction
from requests_app.models import ContactCount, Department, Interaction
from requests_app.selectors.access import parents_of_departments
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.lists import CellList, MatterLine
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.standards import response_calendar

_WEEKS = timedelta(weeks=8)  # what is usual is learned from these weeks before the period, and from the period


@dataclass(slots=True)
class CoverageCell:
    """Counted and logged in one department on one channel, on the days that were counted."""

    department_id: int
    channel: str
    days: int = 0
    counted: int = 0
    logged: int = 0
    missing: int = 0

    def add(self, counted: int, logged: int) -> None:
        """Add one day."""
        self.days += 1
        self.counted += counted
        self.logged += logged
        self.missing += missing(counted, logged)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of one cell; logged may be more than was counted."""

    on: date
    department_id: int
    channel: str
    counted: int
    logged: int


@dataclass(frozen=True, slots=True)
class FewDay:
    """A business day on which a department logged improbably few contacts, on whatever channel."""

    on: date
    department_id: int
    logged: int
    usual: float


@dataclass(slots=True)
class LoggingCoverage:
    """All of it; `names` are those of the departments."""

    days: list[CountedDay]
    few: list[FewDay]
    names: Mapping[int, tuple[str, str]]
    per_cent: int
    cells: list[CoverageCell] = field(default_factory=list)

    @property
    def counted(self) -> int:
        """Give how many were counted."""
        return sum(cell.counted for cell in self.cells)

    @property
    def found(self) -> int:
        """Give how many of those were logged, at most."""
        return self.counted - sum(cell.missing for cell in self.cells)


def logging_coverage(scope: ReportScope, query: ReportQuery) -> LoggingCoverage:
    """Compare counts with what was logged on the same days; a fixed number of queries."""
    days = counted_days(scope, query)
    cells: dict[tuple[int, str], CoverageCell] = {}
    for day in days:
        cell = cells.setdefault((day.department_id, day.channel), CoverageCell(day.department_id, day.channel))
        cell.add(day.counted, day.logged)
    rows = Department.objects.values_list("pk", "name", "slug")
    names = {pk: (name, slug) for pk, name, slug in rows}
    found = sorted(cells.values(), key=lambda cell: (names[cell.department_id][0], cell.channel))
    return LoggingCoverage(days, few_days(scope, query), names, current_choices().few_logged_per_cent, found)


def coverage_line(scope: ReportScope, query: ReportQuery) -> tuple[int, int]:
    """Give how many of the counted were logged, and how many were counted; nought of nought where nobody counted."""
    days = counted_days(scope, query)
    counted = sum(day.counted for day in days)
    return counted - sum(missing(day.counted, day.logged) for day in days), counted


def counted_days(scope: ReportScope, query: ReportQuery) -> list[CountedDay]:
    """Give every counted day, the newest first, each with what was logged on it."""
    counts = _of_departments(ContactCount.objects.all(), "department", scope, query).filter(
        on__gte=query.period.from_on, on__lte=query.period.to_on
    )
    known = {(row.on, row.department_id, row.channel): row.count for row in counts}
    if not known:
        return []
    # Only what was logged on those days is asked for: somebody may have counted a week of a year.
    counted_on = [on for on, _department, _channel in known]
    asked = replace(query, period=Period(min(counted_on), max(counted_on)))
    logged = _logged_by_cell(scope, asked, frozenset(department for _on, department, _channel in known))
    return [CountedDay(*key, number, logged.get(key, 0)) for key, number in sorted(known.items(), reverse=True)]


def logged_list(
    scope: ReportScope, query: ReportQuery, *, department_id: int, channel: str, on: date | None
) -> CellList[MatterLine]:
    """List the contacts logged in one cell, on one day or on all its counted days."""
    days = counted_days(scope, query)
    counted_by = frozenset(day.department_id for day in days)
    of_cell = {day.on for day in days if (day.department_id, day.channel) == (department_id, channel)}
    wanted = of_cell if on is None else of_cell & {on}
    parents = parents_of_departments()
    below = [pk for pk in parents if nearest_counted(pk, parents, counted_by) == department_id]
    rows = (
        logged_contacts_of(scope, query)
        .annotate(day=TruncDate("occurred_at", tzinfo=timezone.get_default_timezone()))
        .filter(channel=channel, service_request__department__in=below, day__in=wanted)
        .annotate(is_part=Q(pk__isnull=False))
    )
    fields = (
        "occurred_at", "pk", "service_request__number", "service_request__title",
        "service_request__department__name", "is_part",
    )  # fmt: skip
    return CellList(rows, MatterLine, fields, scope.is_masked)


def logged_contacts_of(scope: ReportScope, query: ReportQuery) -> QuerySet[Interaction]:
    """Give the calls, voicemail and mails that came in and were logged, each contact of a request for itself."""
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    return Interaction.objects.filter(
        direction=Direction.INBOUND,
        channel__in=[channel.value for channel in COUNTABLE],
        occurred_at__gte=starts_at,
        occurred_at__lt=ends_at,
        service_request__in=scope.requests.filter(is_imported=False).order_by().values("pk"),
    )


def few_days(scope: ReportScope, query: ReportQuery) -> list[FewDay]:
    """Give the past business days on which a department logged fewer than is usual on that weekday, newest first."""
    calendar, choices = response_calendar(), current_choices()
    last_on = min(query.period.to_on, timezone.localdate(query.as_of) - timedelta(days=1))
    learned = Period(query.period.from_on - _WEEKS, last_on)
    if calendar is None or learned.from_on > last_on:
        return []
    span = (learned.from_on + timedelta(days=number) for number in range((last_on - learned.from_on).days + 1))
    days = [on for on in span if calendar.knows(on) and calendar.is_business_day(on)]
    found = []
    for department_id, logged in _logged_by_department(scope, replace(query, period=learned)).items():
        first_on = min(logged)
        own = [on for on in days if on >= first_on]
        usual = usual_by_weekday(logged, own)
        found += [
            FewDay(on, department_id, logged.get(on, 0), usual[on.weekday()])
            for on in own
            if on >= query.period.from_on
            and is_improbably_few(
                logged.get(on, 0),
                usual=usual[on.weekday()],
                per_cent=choices.few_logged_per_cent,
                small_number=choices.small_number,
            )
        ]
    return sorted(found, key=lambda day: (day.on, day.department_id), reverse=True)


def months_without_count(scope: ReportScope, query: ReportQuery) -> list[Month]:
    """Give the whole months of a period that are over and of which nobody typed a count, the newest first.

    From the month of the first contact that was logged; before it there was nothing to count (two queries).
    """
    logged = scope.requests.filter(is_imported=False).order_by("received_at").values_list("received_at", flat=True)
    first_at = logged.first()
    counts = _of_departments(ContactCount.objects.all(), "department", scope, query)
    days = counts.filter(on__gte=query.period.from_on, on__lte=query.period.to_on).values_list("on", flat=True)
    counted = {Month.of(on) for on in days.distinct().order_by()}
    if first_at is None:
        return []
    first, today = Month.of(timezone.localdate(first_at)), timezone.localdate(query.as_of)
    whole = [
        month
        for month in query.period.months()
        if month >= first and month.first_on >= query.period.from_on and month.last_on < today
    ]
    return [month for month in reversed(whole) if month not in counted and month.last_on <= query.period.to_on]


def _logged_by_department(scope: ReportScope, query: ReportQuery) -> dict[int, dict[date, int]]:
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    rows = _of_departments(scope.requests, "department", scope, query).filter(
        is_imported=False, department__isnull=False, received_at__gte=starts_at, received_at__lt=ends_at
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    day = TruncDate("received_at", tzinfo=timezone.get_default_timezone())
    for department_id, on, number in (
        rows.annotate(day=day).order_by().values_list("department_id", "day").annotate(number=Count("pk"))
    ):
        found[department_id][on] = number
    return found


def _logged_by_cell(
    scope: ReportScope, query: ReportQuery, counted_by: frozenset[int]
) -> dict[tuple[date, int, str], int]:
    parents = parents_of_departments()
    day = TruncDate("occurred_at", tzinfo=timezone.get_default_timezone())
    rows: Any = (
        logged_contacts_of(scope, query)
        .annotate(day=day)
        .order_by()
        .values_list("day", "service_request__department_id", "channel")
        .annotate(number=Count("pk"))
    )
    found: dict[tuple[date, int, str], int] = defaultdict(int)
    for on, department_id, channel, number in rows:
        owner = nearest_counted(department_id, parents, counted_by) if department_id else None
        if owner is not None:
            found[(on, owner, channel)] += number
    return found


def _of_departments(rows: QuerySet[Any], path: str, scope: ReportScope, query: ReportQuery) -> QuerySet[Any]:
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            rows = rows.filter(**{f"{path}__in": department_ids})
    return rows
