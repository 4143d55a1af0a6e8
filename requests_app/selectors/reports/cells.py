"""Clocks counted by what they are grouped by, in two queries whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from requests_app.domain.metrics import ClockClass, Tally, Traits
from requests_app.domain.periods import Period
from requests_app.selectors.reports.facts import Facts, by_month

Key = tuple[Any, ...]
_MARKS = ("is_answered_on_the_spot", "is_holding_only", "is_recorded_late", "is_corrected")


def tallies(facts: Facts, by: Sequence[str], *, period: Period, is_timed: bool = True) -> dict[Key, Tally]:
    """Count clocks by facts such as "department_id", or "month" of the start; two queries, one if not timed.

    Percentiles need every value, so minutes come as frequencies and are exact in any sum of cells.
    """
    facts = facts.telling(by)
    rows = facts.rows.annotate(month=by_month("started_at", period)) if "month" in by else facts.rows
    timed = facts.over(rows).part("timed")
    paths = [facts.path(name) for name in by]
    found: dict[Key, Tally] = defaultdict(Tally)
    for *key, kind, spot, holding, recorded_late, corrected, number in (
        rows.order_by().values_list(*paths, "kind", *_MARKS).annotate(number=Count("pk"))
    ):
        traits = Traits(ClockClass(kind), spot, holding, recorded_late, corrected)
        found[tuple(key)].clocks[traits] += number
    if is_timed:
        for *key, minutes, number in (
            timed.order_by().values_list(*paths, "business_minutes").annotate(number=Count("pk"))
        ):
            found[tuple(key)].minutes[minutes] += number
    return dict(found)
