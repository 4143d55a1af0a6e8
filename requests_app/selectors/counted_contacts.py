"""What a file of counted contacts would do: each row against what is known, nothing written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.counted_contacts import COLUMNS, BadCountRow, CountRow, column_of, read_count_row
from requests_app.domain.roster_files import RosterFile, RosterLine, read_table
from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Role
from requests_app.models import ContactCount, Department
from requests_app.selectors.access import Actor

MOST_ROWS = 5_000
_ROW_WORDS: Mapping[str, str | Promise] = {
    "day": _("%(value)s is not a day like 2026-12-01 or 12/01/2026"),
    "future": _("%(value)s has not come yet"),
    "no_department": _("it names no department"),
    "department": _("no department is called %(value)s"),
    "channel": _("%(value)s is none of: phone, voicemail, e-mail"),
    "count": _("%(value)s is not a whole number from 0 to 100,000"),
    "twice": _("day, department and channel stand in line %(value)s already"),
}


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row and what it would do; `before` is what was known."""

    line: int
    outcome: Outcome
    cells: dict[str, str]
    row: CountRow | None = None
    department: Department | None = None
    before: int | None = None
    reason: str = ""


@dataclass(slots=True)
class CountPreview:
    """What a whole file would do."""

    rows: list[PreviewRow] = field(default_factory=list)

    def of(self, *outcomes: Outcome) -> list[PreviewRow]:
        """Give the rows with some outcomes, in the order of the file."""
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def to_apply(self) -> list[PreviewRow]:
        """Give the rows that would change something."""
        return self.of(Outcome.NEW, Outcome.CHANGED)

    @property
    def digest(self) -> str:
        """Give a fingerprint of file and state: what is applied is what was shown, or nothing."""
        shown = [(row.line, row.outcome.value, row.row, row.before) for row in self.rows]
        return hashlib.sha256(repr(shown).encode(errors="surrogatepass")).hexdigest()


def may_count(actor: Actor) -> bool:
    """Say whether somebody types or imports what machines counted."""
    return actor.holds(Role.HR)


def read_count_file(data: bytes) -> RosterFile:
    """Read a table into rows. Raises UnusableRoster."""
    return read_table(data, column_of=column_of, needed=COLUMNS, most_rows=MOST_ROWS)


def count_preview(lines: list[RosterLine], *, today: date) -> CountPreview:
    """Work out what the rows of a file would do; two queries, whatever their number."""
    departments: dict[str, Department] = {}
    for each in Department.objects.all():
        departments[normalise_text(each.name)] = departments[each.slug] = each
    read = [(line, _read(line, today=today)) for line in lines]
    known = _known_on([row.on for _line, row in read if isinstance(row, CountRow)])
    preview = CountPreview()
    seen: dict[tuple[date, int, str], int] = {}
    for line, row in read:
        try:
            if isinstance(row, BadCountRow):
                raise row
            department = departments.get(normalise_text(row.department)) or departments.get(row.department)
            if department is None:
                raise BadCountRow("department", row.department)  # told like every other fault of a row
            key = (row.on, department.pk, row.channel.value)
            if key in seen:
                raise BadCountRow("twice", str(seen[key]))  # as above
        except BadCountRow as bad:
            reason = str(_ROW_WORDS[bad.code]) % {"value": bad.value}
            preview.rows.append(PreviewRow(line.line, Outcome.REJECTED, line.cells, reason=reason))
            continue
        seen[key] = line.line
        preview.rows.append(_judged(line, row, department, known.get(key)))
    return preview


def _read(line: RosterLine, *, today: date) -> CountRow | BadCountRow:
    try:
        return read_count_row(line.cells, today=today)
    except BadCountRow as bad:
        return bad


def _known_on(days: list[date]) -> dict[tuple[date, int, str], int]:
    """Give what is known from the first of some days to the last: the register is years long, a file weeks."""
    if not days:
        return {}
    counts = ContactCount.objects.filter(on__range=(min(days), max(days)))
    return {(row.on, row.department_id, row.channel): row.count for row in counts}


def _judged(line: RosterLine, row: CountRow, department: Department, before: int | None) -> PreviewRow:
    outcome = Outcome.NEW if before is None else Outcome.SAME if before == row.count else Outcome.CHANGED
    return PreviewRow(line.line, outcome, line.cells, row, department, before)
