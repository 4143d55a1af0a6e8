"""The tables of the compliance page: by standard, department and source."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from requests_app.domain.metrics import ImportedClass, Tally, total
from requests_app.domain.vocabulary import StandardSource
from requests_app.models import ServiceStandard
from requests_app.models.labels import CHANNELS
from requests_app.selectors.reports.choices import DepartmentChoice
from requests_app.selectors.reports.compliance import imported_figures
from requests_app.selectors.standard_words import asked_words
from requests_app.views.report_figures import Figure, Links, Tag, minutes_words, share_words, target_tag
from requests_app.views.report_grids import departments_shown
from requests_app.views.report_page import CompliancePage

_SHOWN = ("waited_met", "waited_late", "waited_overdue", "waited_n")
_CONTACTS = ("contacts", "resolved")
_IMPORTED = ("received", "no_target", "on_time", "late", "overdue", "open", "n")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One row of a table of clocks; counts are kept, late, overdue and n, of those that had to wait."""

    counts: list[Figure]
    share: str
    median: str
    p90: str
    tag: Tag
    name: str
    depth: int = 0
    clause: str = ""
    asked: str = ""
    is_local_choice: bool = False


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row of a table of shares."""

    name: str
    counts: list[Figure]
    share: str


def standard_rows(page: CompliancePage) -> list[FigureRow]:
    """Give one row for each standard asked for, those without data too."""
    wanted = page.address.cleaned.get("standard") or ""
    tallies: dict[str, list[Tally]] = {}
    for (standard_id, *_rest), tally in page.cells.items():
        tallies.setdefault(page.address.choices.codes[standard_id], []).append(tally)
    return [
        _standard_row(standard, total(tallies.get(standard.code, [])), page.links)
        for standard in page.address.choices.standards
        if wanted in ("", standard.code)
    ]


def _standard_row(standard: ServiceStandard, tally: Tally, links: Links) -> FigureRow:
    return FigureRow(
        counts=[links.clocks(part, tally, standard=standard.code) for part in _SHOWN],
        share=share_words(tally.count("waited_met"), tally.count("waited_n"), small_number=links.small_number),
        median=minutes_words(tally.within(50)),
        p90=minutes_words(tally.within(90)),
        tag=target_tag(tally, standard.target_rate, small_number=links.small_number),
        name=standard.name,
        clause=standard.clause,
        asked=asked_words(standard),
        is_local_choice=standard.source == StandardSource.LOCAL_CHOICE,
    )


def department_rows(page: CompliancePage) -> list[FigureRow]:
    """Give one row for each department with its divisions, and the whole city last where the reader sees it.

    A division without data has no row.
    """
    rows: list[FigureRow] = []
    for choice, depth in departments_shown(page.address):
        tally = total(value for key, value in page.headline_cells.items() if key[2] in choice.with_divisions)
        if not depth or tally.clocks:
            rows.append(_department_row(choice, tally, page.links, depth=depth, target=page.target))
    return rows


def _department_row(choice: DepartmentChoice, tally: Tally, links: Links, *, depth: int, target: Decimal) -> FigureRow:
    return FigureRow(
        counts=[links.clocks(part, tally, department=choice.slug) for part in _SHOWN],
        share=share_words(tally.count("waited_met"), tally.count("waited_n"), small_number=links.small_number),
        median=minutes_words(tally.within(50)),
        p90=minutes_words(tally.within(90)),
        tag=target_tag(tally, target, small_number=links.small_number),
        name=choice.name if choice.depth else gettext("All departments"),
        depth=depth,
    )


def channel_rows(page: CompliancePage) -> list[ShareRow]:
    """Give the share answered on the spot by channel."""
    rows = []
    for channel, label in CHANNELS.items():
        row = page.contacts.get((channel.value,))
        if row:
            counts = [page.links.contacts(part, row[part], channel=channel.value) for part in _CONTACTS]
            rows.append(ShareRow(str(label), counts, page.share(row["resolved"], row["contacts"])))
    return rows


def imported_rows(page: CompliancePage) -> list[ShareRow]:
    """Give how other systems kept their own targets, by source."""
    sources: dict[str, Counter[ImportedClass]] = {}
    for (source, *_rest), kinds in page.imported_cases.items():
        sources.setdefault(source, Counter()).update(kinds)
    rows = []
    for source, kinds in sorted(sources.items()):
        row = imported_figures(kinds, small_number=page.small_number)
        counts = [page.links.imported(part, row[part], source=source) for part in _IMPORTED]
        rows.append(ShareRow(source, counts, page.share(row["on_time"], row["n"])))
    return rows
