"""How another system kept its own targets: reported apart, never in a rate of ours."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from requests_app.domain.metrics import ImportedClass
from requests_app.selectors.reports.cells import Key
from requests_app.selectors.reports.facts import by_month
from requests_app.selectors.reports.first_contact import received_requests
from requests_app.selectors.reports.past_facts import path_then
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

DIMENSIONS = ("imported_case__source", "imported_case__agency")


def imported_cases(scope: ReportScope, query: ReportQuery) -> QuerySet[Any]:
    """Give the imported requests opened in the period and by `as_of`, each with its class as `imported_class`.

    They belong to no department of ours, so a report on one has none of them.
    """
    opened = {f"{path_then('received_at', query)}__lte": query.as_of}
    rows = received_requests(scope, query).filter(imported_case__isnull=False, **opened)
    return rows.annotate(imported_class=_imported_class(query))


def imported_targets(scope: ReportScope, query: ReportQuery) -> dict[Key, Counter[ImportedClass]]:
    """Count imported cases by (source, agency, month opened); one query."""
    month = by_month(path_then("received_at", query), query.period)
    rows: QuerySet[Any] = imported_cases(scope, query).annotate(month=month)
    paths = [path_then(name, query) for name in DIMENSIONS]
    found: dict[Key, Counter[ImportedClass]] = defaultdict(Counter)
    for *key, kind, number in (
        rows.order_by().values_list(*paths, "month", "imported_class").annotate(number=Count("pk"))
    ):
        found[tuple(key)][ImportedClass(kind)] += number
    return dict(found)


def _imported_class(query: ReportQuery) -> Case:
    """Say metrics.classify_imported in SQL."""
    target, closed_at = path_then("imported_case__imported_due_at", query), path_then("closed_at", query)
    is_closed = Q(**{f"{closed_at}__isnull": False, f"{closed_at}__lte": query.as_of})
    return Case(
        When(**{f"{target}__isnull": True}, then=Value(ImportedClass.NO_TARGET.value)),
        When(is_closed & Q(**{f"{closed_at}__lte": F(target)}), then=Value(ImportedClass.ON_TIME.value)),
        When(is_closed, then=Value(ImportedClass.LATE.value)),
        When(**{f"{target}__lt": query.as_of}, then=Value(ImportedClass.OVERDUE.value)),
        default=Value(ImportedClass.OPEN.value),
        output_field=CharField(),
    )
