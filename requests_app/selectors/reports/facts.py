"""The facts of clocks at an instant, each with its class: from the rows of today, or from what was known then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from requests_app.domain.metrics import PARTS, ClockClass
from requests_app.domain.periods import Period, midnight
from requests_app.domain.vocabulary import Verdict
from requests_app.models import ClockRevision, Excusal, ResponseClock
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

_KEPT_ON_THE_CLOCK = frozenset({"milestone", "clause", "service_request", "verdict_recorded_at", "given_on"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One row for each clock, with its class as `kind`; rows are clocks, or the revisions that held at an instant."""

    rows: QuerySet[Any]
    are_revisions: bool

    def path(self, name: str) -> str:
        """Give the lookup of a fact, which for a revision may stand on its clock."""
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
    facts = facts_at(scope.clocks, as_of=query.as_of, is_past=query.is_past)
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    wanted = Q(started_at__gte=starts_at, started_at__lt=ends_at)
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            wanted &= Q(department__in=department_ids)
    narrowing = {
        "channel": query.channel,
        "standard__code": query.standard,
        facts.path("milestone"): query.milestone,
        facts.path("service_request__kind"): query.kind,
        facts.path("service_request__language"): query.narrowing.language,
    }
    wanted &= Q(**{path: value for path, value in narrowing.items() if value})
    return Facts(facts.rows.filter(wanted), facts.are_revisions)


def facts_at(clocks: QuerySet[ResponseClock], *, as_of: datetime, is_past: bool) -> Facts:
    """Give the facts of clocks at an instant; with `is_past` those recorded by then, a clock unknown then left out."""
    if not is_past:
        return Facts(clocks.annotate(kind=_kind("pk", as_of)), are_revisions=False)
    known = ClockRevision.objects.filter(recorded_at__lte=as_of)
    later = known.filter(clock=OuterRef("clock"), number__gt=OuterRef("number"))
    revisions = known.filter(clock__in=clocks).exclude(Exists(later))
    return Facts(revisions.annotate(kind=_kind("clock", as_of)), are_revisions=True)


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
