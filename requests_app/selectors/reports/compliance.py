"""The compliance report as data: the rows of its JSON and CSV."""

from collections import Counter, defaultdict
from typing import Any

from requests_app.domain.metrics import IMPORTED_PARTS, ImportedClass, Tally, share, total
from requests_app.models import Department, ServiceStandard
from requests_app.selectors.reports.cells import Key, tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import first_contact
from requests_app.selectors.reports.imported_targets import imported_targets
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, choices_of

Row = dict[str, Any]
_KEYS = ("standard", "milestone", "clause", "department", "channel", "month")
CLOCK_COUNTS = (
    "received", "met", "late", "overdue", "open", "excused", "merged", "cancelled",
    "answered_on_the_spot", "holding_only", "recorded_late", "corrected",
)  # fmt: skip
CLOCK_COLUMNS = (
    *_KEYS, *CLOCK_COUNTS, "n", "on_time_rate", "waited_n", "waited_on_time_rate",
    "median_business_minutes", "p90_business_minutes",
)  # fmt: skip


def compliance_report(scope: ReportScope, query: ReportQuery) -> Row:
    """Give the whole report in the shape of its JSON; ten queries."""
    slugs = dict(Department.objects.values_list("pk", "slug"))
    return {
        "from": query.period.from_on.isoformat(),
        "to": query.period.to_on.isoformat(),
        "as_of": query.as_of.isoformat(),
        "clocks": clock_rows(scope, query, slugs=slugs),
        "first_contact": _first_contact_rows(scope, query, slugs),
        "imported_targets": _imported_rows(scope, query),
    }


def clock_rows(scope: ReportScope, query: ReportQuery, *, slugs: dict[int, str]) -> list[Row]:
    """Give one row for each standard, department, channel and month, sorted; versions of a standard are one."""
    codes = dict(ServiceStandard.objects.values_list("pk", "code"))
    by = ("standard_id", "milestone", "clause", "department_id", "channel", "month")
    cells: dict[Key, list[Tally]] = defaultdict(list)
    for (standard, milestone, clause, department, *rest), tally in tallies(
        clock_facts(scope, query), by, period=query.period
    ).items():
        cells[(codes[standard], milestone, clause, slugs[department], *rest)].append(tally)
    small_number = choices_of(query).small_number
    return [clock_row(key, total(parts), small_number=small_number) for key, parts in sorted(cells.items())]


def clock_row(key: Key, tally: Tally, *, small_number: int) -> Row:
    """Give one row of the clocks, in the order of CLOCK_COLUMNS."""
    return {**dict(zip(_KEYS, key, strict=True)), **clock_figures(tally, small_number=small_number)}


def clock_figures(tally: Tally, *, small_number: int) -> Row:
    """Give what a row counts."""
    return {
        **{name: tally.count(name) for name in CLOCK_COUNTS},
        "n": tally.count("n"),
        "on_time_rate": tally.rate(small_number=small_number),
        "waited_n": tally.count("waited_n"),
        "waited_on_time_rate": tally.waited_rate(small_number=small_number),
        "median_business_minutes": tally.within(50),
        "p90_business_minutes": tally.within(90),
    }


def _first_contact_rows(scope: ReportScope, query: ReportQuery, slugs: dict[int, str]) -> list[Row]:
    small_number = choices_of(query).small_number
    cells = first_contact(scope, query, ("department_id", "channel", "month"))
    rows = [
        {
            "department": slugs[department],
            "channel": channel,
            "month": month,
            "contacts": counts["contacts"],
            "resolved": counts["resolved"],
            "rate": share(counts["resolved"], counts["contacts"], small_number=small_number),
        }
        for (department, channel, month), counts in cells.items()
    ]
    return sorted(rows, key=lambda row: (row["department"], row["channel"], row["month"]))


def _imported_rows(scope: ReportScope, query: ReportQuery) -> list[Row]:
    small_number = choices_of(query).small_number
    cells = sorted(imported_targets(scope, query).items())
    return [
        {"source": source, "department": agency, "month": month, **imported_figures(kinds, small_number=small_number)}
        for (source, agency, month), kinds in cells
    ]


def imported_figures(kinds: Counter[ImportedClass], *, small_number: int) -> Row:
    """Give the counts and the rate of imported cases."""
    counts = {part: sum(kinds[kind] for kind in members) for part, members in IMPORTED_PARTS.items()}
    return {**counts, "on_time_rate": share(counts["on_time"], counts["n"], small_number=small_number)}
