"""A roster file: which columns there are, what people call them, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from requests_app.domain.csv_cells import unguarded
from requests_app.domain.text import normalise_text
from requests_app.domain.typed_days import parse_day
from requests_app.domain.vocabulary import Role

COLUMNS = ("name", "e-mail", "title", "extension", "department", "employment", "hired_on", "languages", "roles")
_SYNONYMS = {
    "name": ("name", "fullname", "employee", "employeename", "person"),
    "e-mail": ("email", "emailaddress", "mail"),
    "title": ("title", "jobtitle", "position"),
    "extension": ("extension", "ext", "phoneextension", "phoneext"),
    "department": ("department", "dept", "division", "departmentname"),
    "employment": ("employment", "employmenttype", "type"),
    "hired_on": ("hiredon", "hired", "hiredate", "datehired", "startdate"),
    "languages": ("languages", "language"),
    "roles": ("roles", "role"),
}
_COLUMN_OF = {spelling: column for column, spellings in _SYNONYMS.items() for spelling in spellings}
_EMPLOYMENTS = {
    "employee": "employee", "staff": "employee", "contractor": "contractor", "consultant": "contractor",
    "volunteer": "volunteer",
}  # fmt: skip
_LANGUAGES = {
    "en": "", "english": "", "es": "es", "spanish": "es", "espanol": "es", "zh": "zh", "chinese": "zh",
    "mandarin": "zh", "cantonese": "zh", "tl": "tl", "tagalog": "tl", "filipino": "tl", "pa": "pa", "punjabi": "pa",
    "other": "other",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST = {"name": 120, "title": 120, "e-mail": 254, "extension": 12}


class BadRosterRow(ValueError):
    """A row that cannot be used; `code` says why, `value` what was found."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class RosterRow:
    """What a row says of one person; what it does not say stays as it is, so nothing is ever emptied."""

    name: str = ""
    email: str = ""
    title: str = ""
    extension: str = ""
    department: str = ""
    employment: str = ""
    hired_on: date | None = None
    languages: tuple[str, ...] = ()
    roles: tuple[tuple[Role, str], ...] = field(default=())


def column_of(heading: str) -> str | None:
    """Name the column a heading means, however it is spelled; None for one we do not know."""
    return _COLUMN_OF.get(re.sub(r"[^a-z]", "", normalise_text(heading)))


def role_code(role: Role | str, department: str) -> str:
    """Write a role and where it is held: "supervisor@finance"."""
    return f"{role}@{department}"


def read_roster_row(cells: Mapping[str, str]) -> RosterRow:
    """Read the cells of a row by their column. Raises BadRosterRow for the first that cannot be."""
    values = {column: " ".join(unguarded(cell).split()) for column, cell in cells.items()}
    for column, longest in _LONGEST.items():
        if len(values.get(column, "")) > longest:
            raise BadRosterRow("too_long", column)
    row = RosterRow(
        name=values.get("name", ""),
        email=_checked(values.get("e-mail", ""), _EMAIL.fullmatch, "email"),
        title=values.get("title", ""),
        extension=_checked(values.get("extension", ""), _is_number, "extension"),
        department=values.get("department", ""),
        employment=_employment(values.get("employment", "")),
        hired_on=_date(values.get("hired_on", "")),
        languages=_languages(values.get("languages", "")),
        roles=_roles(values.get("roles", "")),
    )
    if not row.name and not row.email:
        raise BadRosterRow("nobody")
    return row


def _checked(value: str, check: Callable[[str], object], code: str) -> str:
    if value and not check(value):
        raise BadRosterRow(code, value)
    return value


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit()


def _employment(value: str) -> str:
    if not value:
        return ""
    if normalise_text(value) not in _EMPLOYMENTS:
        raise BadRosterRow("employment", value)
    return _EMPLOYMENTS[normalise_text(value)]


def _date(value: str) -> date | None:
    if not value:
        return None
    on = parse_day(value)
    if on is not None and 1900 <= on.year <= 2190:
        return on
    raise BadRosterRow("date", value)


def _languages(value: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in re.split(r"[;,/]| and ", value):
        word = normalise_text(part)
        if word and word not in _LANGUAGES:
            raise BadRosterRow("language", part.strip())
        if word and _LANGUAGES[word]:
            found[_LANGUAGES[word]] = None
    return tuple(found)


def _roles(value: str) -> tuple[tuple[Role, str], ...]:
    found: dict[tuple[Role, str], None] = {}
    for part in value.split(";"):
        code, _, department = (piece.strip() for piece in part.partition("@"))
        if code:
            found[_role(code), department] = None
    return tuple(found)


def _role(text: str) -> Role:
    code = normalise_text(text).replace(" ", "_").replace("-", "_")
    if code not in set(Role) - {Role.OWNER}:
        raise BadRosterRow("role", text)
    return Role(code)
