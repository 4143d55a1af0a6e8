"""The facts of clocks at an instant, each with its class: from the rows of today, or from what was known then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from requests_app.domain.metrics import PARTS, ClockClass
from requests_app.domain.periods import Period, midnight
from requests_app.domain.vocabulary import Verdict
from requests_app.models import ClockRevision, Excusal, ResponseClock
from requests_app.selectors.reports.past_facts import as_they_were, clocks_then, then_name
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

_KEPT_ON_THE_CLOCK = frozenset({"milestone", "service_request", "given_on"})
# Facts of the request, by the lookup of what they were then.
_OF_REQUEST = {f"service_request__{name}": then_name(name) for name in ("kind", "language")}
_ELSEWHERE = {"clause": "standard__clause", **_OF_REQUEST}


@dataclass(frozen=True, slots=True)
class Facts:
    """One row for each clock, with its class as `kind`; rows are clocks, or the revisions that held at an instant."""

    rows: QuerySet[Any]
    are_revisions: bool
    as_of: datetime

    def over(self, rows: QuerySet[Any]) -> "Facts":
        """Give the same facts over other rows, narrowed or annotated."""
        return replace(self, rows=rows)

    def telling(self, names: Iterable[str]) -> "Facts":
        """Give rows that tell these facts, those of a request as they were at the instant included."""
        is_told = not self.are_revisions or "kind_then" in self.rows.query.annotations
        if is_told or _OF_REQUEST.keys().isdisjoint(names):
            return self
        return self.over(as_they_were(self.rows, self.as_of, way="clock__service_request"))

    def path(self, name: str) -> str:
        """Give the lookup of a fact, which for a revision may stand on its clock, its standard or its request."""
        if self.are_revisions and name in _ELSEWHERE:
            return _ELSEWHERE[name]
        on_clock = self.are_revisions and name.split("__", maxsplit=1)[0] in _KEPT_ON_THE_CLOCK
        return f"clock__{name}" if on_clock else name

    def part(self, name: str) -> QuerySet[Any]:
        """Give the clocks behind one figure; KeyError for a name that is none."""
        rule = PARTS[name]
        rows = self.rows.filter(kind__in=sorted(rule.kinds)) if rule.kinds != frozenset(ClockClass) else self.rows
        if rule.waited:
            rows = rows.filter(is_answered_on_the_spot=False)
        if rule.mark:
            rows = rows.filter(**{rule.mark: True})
        return rows.filter(business_minutes__isnull=False) if rule.is_timed else rows


def clock_facts(scope: ReportScope, query: ReportQuery) -> Facts:
    """Give the clocks a report counts: by the local month they started in and the department that answers for them."""
    facts = facts_at(clocks_then(scope, query), as_of=query.as_of, is_past=query.is_past)
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    wanted = Q(started_at__gte=starts_at, started_at__lt=ends_at)
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            wanted &= Q(department__in=department_ids)
    narrowing = {
        "channel": query.channel,
        "standard__code": query.standard,
        "milestone": query.milestone,
        "service_request__kind": query.kind,
        "service_request__language": query.narrowing.language,
    }
    asked = {name: value for name, value in narrowing.items() if value}
    facts = facts.telling(asked)
    return facts.over(facts.rows.filter(wanted, **{facts.path(name): value for name, value in asked.items()}))


def facts_at(clocks: QuerySet[ResponseClock], *, as_of: datetime, is_past: bool) -> Facts:
    """Give the facts of clocks at an instant; with `is_past` those recorded by then, a clock unknown then left out."""
    if not is_past:
        return Facts(clocks.annotate(kind=_kind("pk", as_of)), are_revisions=False, as_of=as_of)
    known = ClockRevision.objects.filter(recorded_at__lte=as_of)
    later = known.filter(clock=OuterRef("clock"), number__gt=OuterRef("number"))
    revisions = known.filter(clock__in=clocks).exclude(Exists(later))
    return Facts(revisions.annotate(kind=_kind("clock", as_of)), are_revisions=True, as_of=as_of)


def by_month(field: str, period: Period) -> Case:
    """Name the local month of an instant within a period; months begin at local midnight, not at UTC's."""
    months = period.months()
    time_zone = timezone.get_default_timezone()
    return Case(
        *(
            When(**{f"{field}__lt": midnight(month.plus(1).first_on, time_zone)}, then=Value(str(month)))
            for month in months[:-1]
        ),
        default=Value(str(months[-1])),
        output_field=CharField(),
    )


def _kind(clock: str, as_of: datetime) -> Case:
    """Say metrics.classify in SQL."""
    standing = Exists(
        Excusal.objects.filter(clock=OuterRef(clock), decided_at__lte=as_of).exclude(revoked_at__lte=as_of)
    )
    is_overdue = Q(verdict=Verdict.OPEN, due_at__lt=as_of)
    return Case(
        # Most clocks are met: asking them first spares them the look at the excusals.
        When(verdict=Verdict.MET, then=Value(ClockClass.MET.value)),
        When((Q(verdict=Verdict.LATE) | is_overdue) & Q(standing), then=Value(ClockClass.EXCUSED.value)),
        When(is_overdue, then=Value(ClockClass.OVERDUE.value)),
        default=F("verdict"),
        output_field=CharField(),
    )
