"""The tally in figures: by day, hour, counter and subject, each with the taps behind it (III.b.iii.1).

A tap is no logged contact; none of this enters a rate of logged requests, and nobody who tapped is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate

from requests_app.domain.counter_taps import Greeted
from requests_app.domain.periods import Period
from requests_app.models import CounterTap
from requests_app.selectors.counter_taps import tapped_in
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

_ANSWERED = Q(is_answered=True)
_DAY, _HOUR = TruncDate("tapped_at"), ExtractHour("tapped_at")  # both in the city's time


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What leads from the figures to the taps behind one of them; None narrows nothing, and 0 stands for "none"."""

    on: date | None = None
    hour: int | None = None
    device_id: int | None = None
    category_id: int | None = None
    only_answered: bool = False


@dataclass(frozen=True, slots=True)
class CounterFigures:
    """Everybody greeted in a period, in all and by day, local hour, counter and subject; ids are None for "none"."""

    total: Greeted
    days: Mapping[date, Greeted]
    hours: Mapping[int, Greeted]
    devices: Mapping[tuple[int | None, str | None], Greeted]
    categories: Mapping[tuple[int | None, str | None], Greeted]


def taps_read(scope: ReportScope, query: ReportQuery) -> QuerySet[CounterTap]:
    """Give the taps of a period that a reader's figures are made of."""
    rows = tapped_in(query.period)
    for ids in (scope.department_ids, query.department_ids):
        rows = rows if ids is None else rows.filter(department__in=ids)
    return rows


def counter_figures(rows: QuerySet[CounterTap]) -> CounterFigures:
    """Count taps (five queries, however many)."""
    found = rows.aggregate(greeted=Count("pk"), answered=Count("pk", filter=_ANSWERED))
    return CounterFigures(
        Greeted(**found),
        dict(sorted(_by(rows, one=_DAY).items(), reverse=True)),
        dict(sorted(_by(rows, one=_HOUR).items())),
        _largest_first(_by(rows, one=F("device_id"), two=F("device__name"))),
        _largest_first(_by(rows.filter(_ANSWERED), one=F("category_id"), two=F("category__name"))),
    )


def narrowed(rows: QuerySet[CounterTap], narrow: Narrow) -> QuerySet[CounterTap]:
    """Give the taps behind one figure, the newest first."""
    if narrow.on is not None:
        rows = rows.filter(pk__in=tapped_in(Period(narrow.on, narrow.on)).values("pk"))
    if narrow.hour is not None:
        rows = rows.annotate(local_hour=_HOUR).filter(local_hour=narrow.hour)
    if narrow.device_id is not None:
        rows = rows.filter(device=narrow.device_id or None)
    if narrow.category_id is not None:
        rows = rows.filter(_ANSWERED, category=narrow.category_id or None)
    if narrow.only_answered:
        rows = rows.filter(_ANSWERED)
    return rows.select_related("category", "device", "department")


def _by(rows: QuerySet[CounterTap], **of: Any) -> dict[Any, Greeted]:
    names = list(of)
    counted = (
        rows.annotate(**of)
        .order_by()
        .values_list(*names)
        .annotate(greeted=Count("pk"), answered=Count("pk", filter=_ANSWERED))
    )
    return {row[0] if len(names) == 1 else tuple(row[:-2]): Greeted(*row[-2:]) for row in counted}


def _largest_first(found: dict[Any, Greeted]) -> dict[Any, Greeted]:
    return dict(sorted(found.items(), key=lambda each: (-each[1].greeted, str(each[0]))))
