"""Contacts answered on the spot, of those logged (III.b.iii.2)."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Milestone
from requests_app.models import Event, ResponseClock, ServiceRequest
from requests_app.selectors.reports.cells import Key
from requests_app.selectors.reports.facts import by_month, facts_at
from requests_app.selectors.reports.past_facts import path_then, received_within, requests_then, with_facts_then
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, choices_of

CONTACT_PARTS = {
    "contacts": Q(),
    "resolved": Q(is_resolved=True),
    "no_reply": ~Q(no_reply="") & Q(is_resolved=False),
    "logged_late": Q(is_logged_late=True),
    "backdated": Q(is_backdated=True),
    "ended": Q(is_ended=True),
    "reopened": Q(is_ended=True, is_reopened=True),
}

_TO_THE_HOUR = len("2026-11-23 14")
_HANDLING = ("logged_late", "backdated", "ended", "reopened")


def logged_contacts(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests logged, not imported, by when they reached the city, with what a part asks of each.

    `is_resolved`: on the spot; the others are told by the story on the request.
    """
    rows = _with_story(received_requests(scope, query).filter(is_imported=False), query)
    on_the_spot, request_path = _answered_on_the_spot(query)
    return rows.annotate(is_resolved=Exists(on_the_spot.filter(**{request_path: OuterRef("pk")})))


def _answered_on_the_spot(query: ReportQuery) -> tuple[QuerySet[Any], str]:
    """Give the first responses given on the spot, as known at the report's instant, and the path to their request."""
    facts = facts_at(ResponseClock.objects.all(), as_of=query.as_of, is_past=query.is_past)
    answered = {facts.path("milestone"): Milestone.RESPONSE, "is_answered_on_the_spot": True}
    return facts.rows.filter(**answered).order_by(), facts.path("service_request")


def _with_story(rows: QuerySet[ServiceRequest], query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Say of each request what its story tells by the report's instant; what no part asks for costs nothing."""
    told = Event.objects.filter(service_request=OuterRef("pk"), at__lte=query.as_of)
    late_after = timedelta(minutes=choices_of(query).backdated_after_minutes)
    is_logged_late = Q(recorded_at__gt=F(path_then("received_at", query)) + late_after)
    return rows.annotate(
        is_logged_late=ExpressionWrapper(is_logged_late, output_field=BooleanField()),
        is_backdated=Exists(told.filter(kind=EventKind.BACKDATED)),
        is_ended=Exists(told.filter(kind=EventKind.CLOSED)),
        is_reopened=Exists(told.filter(kind=EventKind.REOPENED)),
    )


def received_requests(scope: ReportScope, query: ReportQuery) -> QuerySet[ServiceRequest]:
    """Give the requests of a report's period, departments, channel and kind; no standard narrows them.

    What was not recorded by a past instant is not in a report of it. Facts go by the names of `path_then`.
    """
    rows = received_within(with_facts_then(requests_then(scope, query), query), query)
    wanted = Q(recorded_at__lte=query.as_of) if query.is_past else Q()
    for department_ids in (scope.department_ids, query.department_ids):
        if department_ids is not None:
            wanted &= Q(**{f"{path_then('department_id', query)}__in": department_ids})
    asked, received_at = query.narrowing, path_then("received_at", query)
    narrowing = {
        path_then("channel", query): query.channel,
        path_then("kind", query): query.kind,
        path_then("language", query): asked.language,
        f"{received_at}__iso_week_day": asked.weekday,
        f"{received_at}__hour": asked.hour,
    }
    wanted &= Q(**{name: value for name, value in narrowing.items() if value not in ("", None)})
    return rows.filter(wanted)


def first_contact(scope: ReportScope, query: ReportQuery, by: tuple[str, ...]) -> dict[Key, Counter[str]]:
    """Count contacts, those answered on the spot and those nobody waits for; two queries.

    What was answered on the spot is found for all requests at once: asked request by request, a year of a large city
    takes minutes where the whole does not fit the memory of one step.
    """
    rows: QuerySet[Any] = logged_contacts(scope, query)
    if "month" in by:
        rows = rows.annotate(month=by_month(path_then("received_at", query), query.period))
    paths = [path_then(name, query) for name in by]
    on_the_spot, request_path = _answered_on_the_spot(query)
    resolved = rows.filter(pk__in=on_the_spot.values(request_path))
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for part, sign, counted in (("contacts", 1, rows), ("resolved", -1, resolved)):
        for *key, no_reply, number in counted.order_by().values_list(*paths, "no_reply").annotate(number=Count("pk")):
            found[tuple(key)][part] += number
            if no_reply:
                found[tuple(key)]["no_reply"] += sign * number
    return dict(found)


def load_by_hour(scope: ReportScope, query: ReportQuery) -> dict[tuple[int, int], int]:
    """Count logged contacts by ISO weekday and local hour in which they reached the city; one query.

    The database counts by the hour of UTC it keeps, and each such hour is one local hour: the city's zone is whole
    hours away from it. Asking SQLite for local hours row by row takes twenty times as long.
    """
    hour = Substr(Cast(path_then("received_at", query), TextField()), 1, _TO_THE_HOUR)
    rows = logged_contacts(scope, query).annotate(utc_hour=hour)
    found: Counter[tuple[int, int]] = Counter()
    for utc_hour, number in rows.order_by().values_list("utc_hour").annotate(number=Count("pk")):
        local = timezone.localtime(datetime.fromisoformat(f"{utc_hour}:00+00:00"), timezone.get_default_timezone())
        found[(local.isoweekday(), local.hour)] += number
    return dict(found)


def handling_by(scope: ReportScope, query: ReportQuery, by: str) -> dict[Any, Counter[str]]:
    """Count how contacts were recorded and whether they stayed closed, by a fact such as "department_id"; one query."""
    parts = {part: Count("pk", filter=CONTACT_PARTS[part]) for part in _HANDLING}
    rows: QuerySet[Any] = logged_contacts(scope, query)
    groups = rows.order_by().values_list(path_then(by, query)).annotate(contacts=Count("pk"), **parts)
    return {key: Counter(dict(zip(("contacts", *_HANDLING), numbers, strict=True))) for key, *numbers in groups}
