"""On time by month: twelve months to the end of a report's period, as a table and as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from requests_app.domain.metrics import Tally
from requests_app.domain.periods import Month, Period
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.views.report_drawings import Lines, draw_lines
from requests_app.views.report_figures import Figure, Links, share_words, tenths

_MONTHS = 12
_STEP = 4  # per cent between the lines of the scale


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One month of the trend; `tenths` is None where the number is too small for a percentage."""

    month: Month
    label: str
    short_label: str
    share: str
    tenths: int | None
    n: Figure


def trend(scope: ReportScope, query: ReportQuery, links: Links) -> list[MonthFigure]:
    """Count the twelve months that end with the period's last; one query."""
    last = Month.of(query.period.to_on)
    period = Period(last.plus(1 - _MONTHS).first_on, last.last_on)
    facts = clock_facts(scope, replace(query, period=period))
    found = tallies(facts, ("month",), period=period, is_timed=False)
    today = timezone.localdate(query.as_of)
    return [
        _month_figure(month, found.get((str(month),), Tally()), links, is_part=month.last_on >= today)
        for month in period.months()
    ]


def _month_figure(month: Month, tally: Tally, links: Links, *, is_part: bool) -> MonthFigure:
    met, whole = tally.count("waited_met"), tally.count("waited_n")
    label = date_format(month.first_on, "M Y")
    dates = {"from": month.first_on.isoformat(), "to": month.last_on.isoformat()}
    return MonthFigure(
        month=month,
        label=gettext("%(month)s so far") % {"month": label} if is_part else label,
        short_label=date_format(month.first_on, "M"),
        share=share_words(met, whole, small_number=links.small_number),
        tenths=tenths(met, whole) if whole >= links.small_number else None,
        n=links.clocks("waited_n", tally, **dates),
    )


def scale_start(months: Sequence[MonthFigure], target: Decimal) -> int:
    """Give the per cent the scale begins at: a step below the lowest value shown."""
    lowest = min([int(target * 1000), *(month.tenths for month in months if month.tenths is not None)])
    return max(0, (lowest // 10 - 1) // _STEP * _STEP)


def draw_trend(months: Sequence[MonthFigure], target: Decimal, *, look: str, size: str) -> bytes:
    """Draw the trend: the rate solid with dots, the target dashed."""
    lines = Lines(
        labels=[month.short_label for month in months],
        solid=[None if month.tenths is None else month.tenths / 10 for month in months],
        dashed=[float(target * 100)] * len(months),
        scale=range(scale_start(months, target), 101, _STEP),
    )
    return draw_lines(lines, look=look, size=size)
