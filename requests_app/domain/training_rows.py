"""A file of training records: which columns there are, what people call them, and what each may hold (III.c.i)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.domain.csv_cells import unguarded
from requests_app.domain.text import normalise_text
from requests_app.domain.typed_days import parse_day

COLUMNS = ("e-mail", "name", "course", "taken_on")
NEEDED = ("e-mail", "name")
MOST_ROWS = 5_000
_SYNONYMS = {
    "e-mail": ("email", "emailaddress", "mail", "useremail", "learneremail"),
    "name": ("name", "fullname", "employee", "employeename", "person", "learner", "participant"),
    "course": ("course", "coursename", "coursetitle", "training", "class", "module"),
    "taken_on": ("takenon", "taken", "date", "on", "completed", "completedon", "completiondate", "datecompleted"),
}
_COLUMN_OF = {spelling: column for column, spellings in _SYNONYMS.items() for spelling in spellings}
_LONGEST = {"e-mail": 254, "name": 120, "course": 120}
_YEARS = range(1990, 2191)


class BadTrainingRow(ValueError):
    """A row that cannot be used; `code` says why, `value` what was found."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value[:80]


@dataclass(frozen=True, slots=True)
class FileTraining:
    """What a row says: who, what, when."""

    email: str
    name: str
    course: str
    on: date


def column_of(heading: str) -> str | None:
    """Name the column a heading means, however it is spelled; None for one we do not know."""
    return _COLUMN_OF.get(re.sub(r"[^a-z]", "", normalise_text(heading)))


def read_training_row(cells: Mapping[str, str], *, today: date) -> FileTraining:
    """Read the cells of a row by their column. Raises BadTrainingRow for the first that cannot be."""
    values = {column: " ".join(unguarded(cell).split()) for column, cell in cells.items()}
    for column, longest in _LONGEST.items():
        if len(values.get(column, "")) > longest:
            raise BadTrainingRow("too_long", column)
    email, name, course = values.get("e-mail", "").casefold(), values.get("name", ""), values.get("course", "")
    if not email and not name:
        raise BadTrainingRow("nobody")
    if not course:
        raise BadTrainingRow("no_course")
    if not values.get("taken_on"):
        raise BadTrainingRow("no_date")
    on = parse_day(values["taken_on"].partition(" ")[0])  # a learning system adds the time of day
    if on is None or on.year not in _YEARS:
        raise BadTrainingRow("date", values["taken_on"])
    if on > today:
        raise BadTrainingRow("future", values["taken_on"])
    return FileTraining(email, name, course, on)
