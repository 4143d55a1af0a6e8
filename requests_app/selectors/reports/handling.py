"""How contacts were handled: transfers before the answer, and answers typed in long after they were given."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet

from requests_app.domain.metrics import Tally
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.facts import Facts, clock_facts
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.reports.transfers import long_after, typed_in_after, with_gifts, with_moves


def tallies_by_moves(scope: ReportScope, query: ReportQuery) -> dict[int, Tally]:
    """Count clocks by how often they went to another department before the answer; one query."""
    return _by_transfers(scope, query, with_moves)


def tallies_by_gifts(scope: ReportScope, query: ReportQuery) -> dict[int, Tally]:
    """Count clocks by how often their request was given on or sent back before the answer; one query."""
    return _by_transfers(scope, query, with_gifts)


def typed_in_by_department(scope: ReportScope, query: ReportQuery) -> dict[int, Counter[str]]:
    """Count answers given after a wait, and those typed in long after they were given, by department; one query."""
    rows: QuerySet[Any] = typed_in_after(clock_facts(scope, query)).part("waited_answered")
    late = Count("pk", filter=Q(typed_in_after__gt=long_after(query)))
    groups = rows.order_by().values_list("department_id").annotate(answered=Count("pk"), typed_in_late=late)
    return {pk: Counter(answered=answered, typed_in_late=late) for pk, answered, late in groups}


def _by_transfers(scope: ReportScope, query: ReportQuery, count: Callable[..., Facts]) -> dict[int, Tally]:
    facts = count(clock_facts(scope, query), as_of=query.as_of)
    found = tallies(facts, ("transfers",), period=query.period, is_timed=False)
    return {transfers: tally for (transfers,), tally in found.items()}
