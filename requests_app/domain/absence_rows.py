"""A file of absences: which columns there are, what people call them, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.csv_cells import unguarded
from requests_app.domain.text import normalise_text
from requests_app.domain.typed_days import parse_day

COLUMNS = ("e-mail", "name", "from", "until", "kind", "reason", "alternate", "why nobody", "id")
NEEDED = ("e-mail", "name")
_SYNONYMS = {
    "e-mail": ("email", "emailaddress", "mail", "who"),
    "name": ("name", "fullname", "employee", "employeename", "person"),
    "from": ("from", "start", "starts", "startdate", "firstday", "awayfrom", "begin"),
    "until": ("until", "to", "end", "ends", "enddate", "lastday", "awayuntil", "through"),
    "kind": ("kind", "type"),
    "reason": ("reason", "class", "why"),
    "alternate": ("alternate", "alternateemail", "standin", "cover", "backup"),
    "why nobody": ("whynobody", "noalternatereason", "noalternate"),
    "id": ("id", "uid", "number"),
}
_COLUMN_OF = {spelling: column for column, spellings in _SYNONYMS.items() for spelling in spellings}
_KINDS = {"": AbsenceKind.PLANNED, "planned": AbsenceKind.PLANNED, "unforeseen": AbsenceKind.UNFORESEEN}
_REASONS = {
    **{reason.value: reason for reason in AbsenceReason},
    "vacation": AbsenceReason.LEAVE, "holiday": AbsenceReason.LEAVE, "sick": AbsenceReason.ILLNESS,
    "civicduty": AbsenceReason.CIVIC, "juryduty": AbsenceReason.CIVIC,
}  # fmt: skip
_TIMES = ("%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%y %H:%M", "%m/%d/%y %I:%M %p")
_LONGEST = {"e-mail": 2000, "name": 120, "alternate": 254, "why nobody": 200, "id": 255}
_YEARS = range(1990, 2191)
_Code = TypeVar("_Code")


class BadAbsenceRow(ValueError):
    """A row that cannot be used; `code` says why, `value` what was found."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value[:80]


@dataclass(frozen=True, slots=True)
class FileAbsence:
    """What a row says. A date is a whole day, `until` the last one; a time without zone is the city's."""

    emails: tuple[str, ...]
    name: str
    starts: date
    until: date
    kind: AbsenceKind
    reason: AbsenceReason
    alternate: str
    why_nobody: str
    uid: str


def column_of(heading: str) -> str | None:
    """Name the column a heading means, however it is spelled; None for one we do not know."""
    return _COLUMN_OF.get(re.sub(r"[^a-z]", "", normalise_text(heading)))


def read_absence_row(cells: Mapping[str, str]) -> FileAbsence:
    """Read the cells of a row by their column. Raises BadAbsenceRow for the first that cannot be."""
    values = {column: " ".join(unguarded(cell).split()) for column, cell in cells.items()}
    for column, longest in _LONGEST.items():
        if len(values.get(column, "")) > longest:
            raise BadAbsenceRow("too_long", column)
    emails = tuple(part.strip().casefold() for part in values.get("e-mail", "").split(";") if part.strip())
    if not emails and not values.get("name"):
        raise BadAbsenceRow("nobody")
    kind = _one_of(_KINDS, values.get("kind", ""), "kind")
    usual = AbsenceReason.LEAVE if kind is AbsenceKind.PLANNED else AbsenceReason.OTHER
    return FileAbsence(
        emails=emails,
        name=values.get("name", ""),
        starts=_moment(values.get("from", ""), "no_from"),
        until=_moment(values.get("until", ""), "no_until"),
        kind=kind,
        reason=_one_of({"": usual, **_REASONS}, values.get("reason", ""), "reason"),
        alternate=values.get("alternate", ""),
        why_nobody=values.get("why nobody", ""),
        uid=values.get("id", ""),
    )


def _one_of(known: Mapping[str, _Code], text: str, code: str) -> _Code:
    found = known.get(re.sub(r"[^a-z]", "", normalise_text(text)))
    if found is None:
        raise BadAbsenceRow(code, text)
    return found


def _moment(text: str, missing: str) -> date:
    """Read a day, or an instant with or without its zone."""
    if not text:
        raise BadAbsenceRow(missing)
    found = parse_day(text) or _time(text)
    if found is None or found.year not in _YEARS:
        raise BadAbsenceRow("date", text)
    return found


def _time(text: str) -> datetime | None:
    for form in _TIMES:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # the city's time, as FileAbsence says
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
