"""Contacts answered on the spot, of those logged (III.b.iii.2)."""

from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from requests_app.domain.vocabulary import Milestone
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.reports.cells import Key
from requests_app.selectors.reports.facts import by_month, facts_at
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

CONTACT_PARTS = {
    "contacts": Q(),
    "resolved": Q(is_resolved=True),
    "no_reply": ~Q(no_reply="") & Q(is_resolved=False),
}


def logged_contacts(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests logged, not imported, by when they reached the city, with `is_resolved`: on the spot."""
    rows = received_requests(scope, query).filter(is_imported=False)
    if query.is_past:
        rows = rows.filter(recorded_at__lte=query.as_of)
    facts = facts_at(ResponseClock.objects.all(), as_of=query.as_of, is_past=query.is_past)
    on_the_spot = facts.rows.filter(**{facts.path("milestone"): Milestone.RESPONSE, "is_answered_on_the_spot": True})
    is_resolved = Q(pk__in=on_the_spot.order_by().values(facts.path("service_request")))
    return rows.annotate(is_resolved=ExpressionWrapper(is_resolved, output_field=BooleanField()))


def received_requests(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests of a report's period, departments and channel; no standard narrows them."""
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    wanted = Q(received_at__gte=starts_at, received_at__lt=ends_at)
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            wanted &= Q(department__in=department_ids)
    if query.channel:
        wanted &= Q(channel=query.channel)
    return scope.requests.filter(wanted)


def first_contact(scope: ReportScope, query: ReportQuery, by: tuple[str, ...]) -> dict[Key, dict[str, int]]:
    """Count contacts, those answered on the spot and those nobody waits for; one query."""
    rows: QuerySet[Any] = logged_contacts(scope, query)
    if "month" in by:
        rows = rows.annotate(month=by_month("received_at", query.period))
    counts = {part: Count("pk", filter=wanted) if wanted else Count("pk") for part, wanted in CONTACT_PARTS.items()}
    return {
        tuple(row[name] for name in by): {part: row[part] for part in CONTACT_PARTS}
        for row in rows.order_by().values(*by).annotate(**counts)
    }
