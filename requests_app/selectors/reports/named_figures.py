"""The figures of the report with their names: what each column counts, from the one table of definitions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from requests_app.domain.metrics import IMPORTED_PARTS
from requests_app.models.labels import MILESTONES
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.compliance import CLOCK_COUNTS, Row, clock_figures
from requests_app.selectors.reports.definitions import DEFINITIONS, defined
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, choices_of

_OF_PART = {part: definition.code for definition in DEFINITIONS for part in definition.parts}
_RATED = {
    "n": _OF_PART["n"],
    "on_time_rate": "on_time",
    "waited_n": _OF_PART["waited_n"],
    "waited_on_time_rate": "on_time",
    "median_business_minutes": "median",
    "p90_business_minutes": "p90",
}
# The code of the definition of each column that is counted, table by table.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "clocks": {**{name: _OF_PART[name] for name in CLOCK_COUNTS}, **_RATED},
    "first_contact": {"contacts": "contacts", "resolved": _OF_PART["resolved"], "rate": _OF_PART["resolved"]},
    "imported_targets": dict.fromkeys([*IMPORTED_PARTS, "on_time_rate"], "imported"),
}
_CODES = tuple(dict.fromkeys(code for columns in COLUMNS.values() for code in columns.values()))


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """One kind of obligation with all its figures, by column."""

    title: str
    n: int
    figures: Mapping[str, object]


def column_words(query: ReportQuery) -> Row:
    """Say of each column by which definition it counts, and what the definitions say."""
    definitions = {each.code: asdict(each) for each in defined(*_CODES, choices=choices_of(query))}
    return {"columns": {table: dict(columns) for table, columns in COLUMNS.items()}, "definitions": definitions}


def named_figures(scope: ReportScope, query: ReportQuery) -> list[NamedFigures]:
    """Give the figures of each kind of obligation over all that is asked for, first responses first."""
    small_number = choices_of(query).small_number
    found = {
        milestone: tally
        for (milestone,), tally in tallies(clock_facts(scope, query), ("milestone",), period=query.period).items()
    }
    return [
        NamedFigures(str(title), found[code].count("n"), clock_figures(found[code], small_number=small_number))
        for code, title in MILESTONES.items()
        if code in found
    ]
