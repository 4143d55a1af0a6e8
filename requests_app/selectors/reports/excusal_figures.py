"""What share of late answers is excused, and what became of proposals: by department and month, never by person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from requests_app.domain.metrics import ClockClass, Tally, share
from requests_app.models import Department, ExcusalProposal, ResponseClock
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.lists import CellList, ClockLine
from requests_app.selectors.reports.scope import ReportQuery, ReportScope

_UNDECIDED = Q(decided_at__isnull=True, withdrawn_at__isnull=True)
_STANDS = Q(withdrawn_at__isnull=True)
# What became of a proposal: each is in exactly one of the first four.
PROPOSAL_PARTS: Mapping[str, Q] = {
    "granted": Q(is_granted=True) & _STANDS,
    "refused": Q(is_granted=False) & _STANDS,
    "withdrawn": Q(withdrawn_at__isnull=False),
    "undecided": _UNDECIDED,
    "proposed": Q(),
    "after_breach": Q(is_after_breach=True),
}
_CLOCK_PARTS: Mapping[str, frozenset[ClockClass]] = {
    "missed": frozenset({ClockClass.LATE, ClockClass.OVERDUE}),
    "excused": frozenset({ClockClass.EXCUSED}),
    "n": frozenset({ClockClass.LATE, ClockClass.OVERDUE, ClockClass.EXCUSED}),
}
PARTS = (*_CLOCK_PARTS, *PROPOSAL_PARTS)
_FIELDS = (
    "started_at", "pk", "service_request__number", "service_request__title", "department__name", "channel",
    "standard__name", "due_at", "met_at", "kind", "business_minutes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExcusalRow:
    """The counts of one department or month; shares are None below the city's small number."""

    name: str
    slug: str
    counts: Mapping[str, int]
    excused_share: float | None
    after_breach_share: float | None


@dataclass(frozen=True, slots=True)
class ExcusalFigures:
    """The figures by department, of all of them, and by month."""

    departments: list[ExcusalRow]
    total: ExcusalRow
    months: list[ExcusalRow]


def excusal_figures(scope: ReportScope, query: ReportQuery) -> ExcusalFigures:
    """Count late, overdue and excused clocks of a period and the proposals on them; seven queries."""
    facts = clock_facts(scope, query)
    by_department = tallies(facts, ["department_id"], period=query.period, is_timed=False)
    by_month = tallies(facts, ["month"], period=query.period, is_timed=False)
    proposed = _proposed_by_department(facts.rows)
    small = current_choices().small_number
    names = {row.pk: row for row in Department.objects.order_by("name")}
    counted = {pk: _counts(by_department.get((pk,), Tally())) | proposed.get(pk, Counter()) for pk in names}
    rows = [
        _row(names[pk].name, names[pk].slug, counts, small=small)
        for pk, counts in counted.items()
        if any(counts.values())
    ]
    whole: Counter[str] = Counter()
    for counts in counted.values():
        whole.update(counts)
    months = [_row(str(month), "", _counts(tally), small=small) for (month,), tally in sorted(by_month.items())]
    return ExcusalFigures(rows, _row("", "", whole, small=small), months)


def excusal_rows(scope: ReportScope, query: ReportQuery, part: str) -> CellList[ClockLine]:
    """List the answers behind one figure: requests, not people. Raises KeyError for a figure there is not."""
    rows = clock_facts(scope, query).rows
    if part in _CLOCK_PARTS:
        rows = rows.filter(kind__in=sorted(_CLOCK_PARTS[part]))
    else:
        found = ExcusalProposal.objects.filter(PROPOSAL_PARTS[part]).order_by()
        rows = rows.filter(pk__in=found.values("clock"))
    return CellList(rows, ClockLine, _FIELDS, scope.is_masked)


def _counts(tally: Tally) -> Counter[str]:
    kinds: Counter[ClockClass] = Counter()
    for traits, number in tally.clocks.items():
        kinds[traits.kind] += number
    return Counter({part: sum(kinds[kind] for kind in members) for part, members in _CLOCK_PARTS.items()})


def _proposed_by_department(clocks: QuerySet[ResponseClock]) -> dict[int, Counter[str]]:
    """Count the answers that were proposed, by what became of it; one proposed twice counts once in each part."""
    counts = {name: Count("clock", filter=rule, distinct=True) for name, rule in PROPOSAL_PARTS.items()}
    rows = ExcusalProposal.objects.filter(clock__in=clocks.order_by().values("pk"))
    found = rows.order_by().values_list("clock__department").annotate(**counts)
    return {pk: Counter(dict(zip(counts, numbers, strict=True))) for pk, *numbers in found}


def _row(name: str, slug: str, counts: Counter[str], *, small: int) -> ExcusalRow:
    return ExcusalRow(
        name=name,
        slug=slug,
        counts={part: counts[part] for part in PARTS},
        excused_share=share(counts["excused"], counts["n"], small_number=small),
        after_breach_share=share(counts["after_breach"], counts["proposed"], small_number=small),
    )
