"""How contacts were handled: transfers before the answer, what was recorded long after, what was opened again."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from requests_app.domain.metrics import MOST_TRANSFERS, Tally, total
from requests_app.selectors.reports.choices import DepartmentChoice
from requests_app.selectors.reports.first_contact import handling_by
from requests_app.selectors.reports.handling import tallies_by_gifts, tallies_by_moves, typed_in_by_department
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import Figure, Links, share_words
from requests_app.views.report_grids import Cell, Grid, GridRow, departments_shown, on_time_cells
from requests_app.views.report_rows import transfer_words

_Counts = Mapping[int, Counter[str]]


def handling_grids(reading: Reading, links: Links) -> list[Grid]:
    """Give the tables; four queries, and those of the city's choices."""
    query, headline = reading.address.query(), reading.address.query_of_headline()
    contacts = handling_by(reading.scope, query, "department_id")
    answers = typed_in_by_department(reading.scope, headline)
    departments = departments_shown(reading.address)
    tables = (
        (_logged_late(), contacts, links.contacts),
        (_typed_in_late(), answers, links.answered),
        (_reopened(), contacts, links.contacts),
    )
    return [
        _moves(tallies_by_moves(reading.scope, headline), links),
        _gifts(tallies_by_gifts(reading.scope, headline), links),
        *(_by_department(table, departments, found, link, small=links.small_number) for table, found, link in tables),
    ]


def _moves(found: Mapping[int, Tally], links: Links) -> Grid:
    title = gettext("Moved to another department before the answer")
    note = gettext("How often a clock went to another department; the clock runs on. “Not ours” counts.")
    return _transfers("moves", title, note, found=found, links=links)


def _gifts(found: Mapping[int, Tally], links: Links) -> Grid:
    title = gettext("Given on before the answer")
    note = gettext("How often a request was given to somebody or to a queue, or sent back. Taking it is no transfer.")
    return _transfers("gives", title, note, found=found, links=links)


def _transfers(code: str, title: str, note: str, *, found: Mapping[int, Tally], links: Links) -> Grid:
    whole = total(found.values()).count("waited_n")
    rows = []
    for transfers in range(MOST_TRANSFERS + 1):
        tally = found.get(transfers, Tally())
        share = share_words(tally.count("waited_n"), whole, small_number=links.small_number)
        kept, n, on_time = on_time_cells(tally, links, **{code: str(transfers)})
        rows.append(GridRow(transfer_words(transfers), [n, share, kept, on_time]))
    return Grid(
        code=code,
        title=title,
        note=note,
        first_head=gettext("Transfers"),
        heads=["n", gettext("Share"), gettext("Kept"), gettext("On time")],
        rows=rows,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table by department: how many, those of them that are told of, and the share; perhaps a third number."""

    code: str
    title: str
    note: str
    heads: list[str]
    parts: tuple[str, ...]


def _by_department(
    table: _Table,
    departments: Iterable[tuple[DepartmentChoice, int]],
    found: _Counts,
    link: Callable[..., Figure],
    *,
    small: int,
) -> Grid:
    """Give a row for each department with anything to count, and the whole city's; the second part is shared."""
    whole, told, *others = table.parts
    rows = []
    for choice, depth in departments:
        counts = _sum(found, choice)
        if counts[whole] or not choice.depth:
            figures = {part: link(part, counts[part], department=choice.slug) for part in table.parts}
            share = share_words(counts[told], counts[whole], small_number=small)
            cells: list[Cell] = [figures[whole], figures[told], share, *(figures[part] for part in others)]
            rows.append(GridRow(_name(choice), cells, depth))
    return Grid(table.code, table.title, table.note, gettext("Department"), table.heads, rows)


def _sum(found: _Counts, choice: DepartmentChoice) -> Counter[str]:
    whole: Counter[str] = Counter()
    for pk, counts in found.items():
        if pk in choice.with_divisions:
            whole.update(counts)
    return whole


def _logged_late() -> _Table:
    return _Table(
        "logged-late",
        gettext("Contacts recorded long after they came in"),
        gettext("A voicemail or a letter often is."),
        [gettext("Logged"), gettext("Long after"), gettext("Share"), gettext("Flagged as back-dated")],
        ("contacts", "logged_late", "backdated"),
    )


def _typed_in_late() -> _Table:
    return _Table(
        "typed-in-late",
        gettext("Answers typed in long after they were given"),
        gettext("Of answers after a wait."),
        [gettext("Answers"), gettext("Long after"), gettext("Share")],
        ("answered", "typed_in_late"),
    )


def _reopened() -> _Table:
    return _Table(
        "reopened",
        gettext("Opened again"),
        gettext("Logged contacts that were closed at least once, and those of them opened again."),
        [gettext("Closed"), gettext("Opened again"), gettext("Share")],
        ("ended", "reopened"),
    )


def _name(choice: DepartmentChoice) -> str:
    return choice.name if choice.depth else gettext("All departments")
