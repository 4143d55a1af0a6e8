"""Contacts answered on the spot, of those logged (III.b.iii.2)."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
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
    if not query.is_past:
        return rows.annotate(is_resolved=Exists(on_the_spot.filter(service_request=OuterRef("pk"))))
    # What was known then is found for all at once: request by request it would be sought in vain each time.
    is_resolved = Q(pk__in=on_the_spot.order_by().values("clock__service_request"))
    return rows.annotate(is_resolved=ExpressionWrapper(is_resolved, output_field=BooleanField()))


def received_requests(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests of a report's period, departments, channel and kind; no standard narrows them."""
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    wanted = Q(received_at__gte=starts_at, received_at__lt=ends_at)
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            wanted &= Q(department__in=department_ids)
    narrowing = {"channel": query.channel, "kind": query.kind}
    wanted &= Q(**{name: value for name, value in narrowing.items() if value})
    return scope.requests.filter(wanted)


def first_contact(scope: ReportScope, query: ReportQuery, by: tuple[str, ...]) -> dict[Key, Counter[str]]:
    """Count contacts, those answered on the spot and those nobody waits for; one query."""
    rows: QuerySet[Any] = logged_contacts(scope, query)
    if "month" in by:
        rows = rows.annotate(month=by_month("received_at", query.period))
    groups = rows.order_by().values_list(*by, "is_resolved", "no_reply").annotate(number=Count("pk"))
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for *key, is_resolved, no_reply, number in groups:
        counts = found[tuple(key)]
        counts["contacts"] += number
        if is_resolved:
            counts["resolved"] += number
        elif no_reply:
            counts["no_reply"] += number
    return dict(found)
