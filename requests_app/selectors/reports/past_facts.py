"""What a request was counted as at an instant: as it is now, unless it was changed since (III.d.i).

One join against the few rows of what was changed; a request that never was costs a look at an index.
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.utils import timezone

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import PastFacts, ResponseClock, ServiceRequest
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

# The lookup of each fact on a request as it is now, and on the row that keeps what it was.
_KEPT = {
    **{name: name for name in ("kind", "channel", "language", "received_at", "closed_at")},
    **{name: name for name in ("department_id", "department__name")},
    "imported_case__imported_due_at": "imported_due_at",
    "imported_case__agency": "agency",
}


def held_at(as_of: datetime) -> QuerySet[PastFacts]:
    """Give the facts that held at an instant and were changed since."""
    return PastFacts.objects.filter(known_from_at__lte=as_of, known_until_at__gt=as_of)


def then_name(name: str) -> str:
    """Give the lookup of a kept fact on rows given by `as_they_were`."""
    return f"{name.replace('__', '_')}_then"


def path_then(name: str, query: ReportQuery) -> str:
    """Give the lookup of a fact of a request as of the report's instant, of rows given by `with_facts_then`."""
    return then_name(name) if query.is_past and name in _KEPT else name


def with_facts_then(rows: QuerySet[ServiceRequest], query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give requests with their facts as of a past instant; a report of now reads their own columns."""
    return as_they_were(rows, query.as_of) if query.is_past else rows


def as_they_were(rows: QuerySet[Any], as_of: datetime, *, way: str = "") -> QuerySet[Any]:
    """Give each row the kept facts of its request at an instant; `way` is the lookup of the request, if it is not it.

    The row that holds is on it as `changed`.
    """
    relation = _on_its_way("past_facts", way)
    held = Q(**{f"{relation}__known_from_at__lte": as_of, f"{relation}__known_until_at__gt": as_of})
    facts = {then_name(name): _fact_then(name, way) for name in _KEPT}
    found: QuerySet[Any] = rows.annotate(changed=FilteredRelation(relation, condition=held)).annotate(**facts)
    return found


def received_within(rows: QuerySet[ServiceRequest], query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Narrow requests to those that reached the city in a report's period, by when that was said to be at its instant.

    The index on `received_at` is asked first, and the few requests of which it is not true any more are named.
    """
    now = Q(**_within("received_at", query))
    if not query.is_past:
        return rows.filter(now)
    moved = held_at(query.as_of).exclude(received_at=F("service_request__received_at"))
    ids = list(moved.filter(**_within("received_at", query)).order_by().values_list("service_request", flat=True))
    return rows.filter(now | Q(pk__in=ids), **_within(path_then("received_at", query), query))


def requests_then(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests of a scope, without those its reader's figures did not count at a past instant.

    What became restricted since is not among them already: what a reader sees follows the access of today.
    """
    hidden = _hidden_then(scope, query)
    return scope.requests if hidden is None else scope.requests.exclude(pk__in=hidden)


def clocks_then(scope: ReportScope, query: ReportQuery) -> QuerySet[ResponseClock]:
    """Give the clocks of a scope, as `requests_then` gives its requests."""
    hidden = _hidden_then(scope, query)
    return scope.clocks if hidden is None else scope.clocks.exclude(service_request__in=hidden)


def ordinary_at(as_of: datetime) -> QuerySet[ServiceRequest]:
    """Give the requests that were ordinary matters at an instant, whatever they have become."""
    ordinary = Q(confidentiality=Confidentiality.ORDINARY)
    changed = held_at(as_of)
    was, was_not = changed.filter(ordinary), changed.exclude(ordinary)
    still = ordinary & ~Q(pk__in=was_not.order_by().values("service_request"))
    return ServiceRequest.objects.filter(still | Q(pk__in=was.order_by().values("service_request")))


def _hidden_then(scope: ReportScope, query: ReportQuery) -> QuerySet[Any, Any] | None:
    if not query.is_past or scope.levels is None:
        return None
    changed = held_at(query.as_of).exclude(confidentiality=F("service_request__confidentiality"))
    return changed.exclude(confidentiality__in=scope.levels).order_by().values("service_request")


def _fact_then(name: str, way: str) -> Case:
    then = F(f"changed__{_KEPT[name]}")
    return Case(When(changed__isnull=False, then=then), default=F(_on_its_way(name, way)))


def _on_its_way(name: str, way: str) -> str:
    return f"{way}__{name}" if way else name


def _within(name: str, query: ReportQuery) -> dict[str, datetime]:
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    return {f"{name}__gte": starts_at, f"{name}__lt": ends_at}
