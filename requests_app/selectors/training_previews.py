"""What a file of training records would do: each row against the register as it is, nothing written (III.c.i)."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roster_files import RosterLine
from requests_app.domain.text import normalise_text
from requests_app.domain.training_rows import BadTrainingRow, FileTraining, read_training_row
from requests_app.models import Employee, TrainingCourse
from requests_app.selectors.trainings import courses_to_record, standing_records

_WORDS: Mapping[str, str | Promise] = {
    "too_long": _("%(value)s: too long"),
    "nobody": _("neither an e-mail address nor a name"),
    "no_course": _("no course: add a column, or choose one for the whole file"),
    "no_date": _("no day on which it was taken"),
    "date": _("%(value)s is not a date like 2026-11-24 or 11/24/2026"),
    "future": _("%(value)s is still to come"),
    "unknown": _("nobody on the roster is known as %(value)s"),
    "several": _("several people are called %(value)s: write the e-mail address"),
    "course": _("no course in use is called %(value)s"),
    "known": _("recorded already"),
    "twice": _("the same as a row above"),
}


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TrainingPreviewRow:
    """One row and what it would do."""

    line: int
    outcome: Outcome
    cells: dict[str, str]
    employee: Employee | None = None
    course: TrainingCourse | None = None
    on: date | None = None
    code: str = ""
    value: str = ""

    @property
    def words(self) -> str:
        """Say why the row cannot be used, or changes nothing; nothing for one that would be recorded."""
        return str(_WORDS[self.code]) % {"value": self.value} if self.code else ""

    @property
    def shown(self) -> str:
        """Give what the row holds, on one line."""
        return " · ".join(cell for cell in self.cells.values() if cell)[:200]


@dataclass(slots=True)
class TrainingPreview:
    """What a whole file would do."""

    rows: list[TrainingPreviewRow] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[TrainingPreviewRow]:
        """Give the rows with an outcome, in the order of the file."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def digest(self) -> str:
        """Give a fingerprint of file and state: what is applied is what was shown, or nothing."""
        shown = [
            (row.line, row.outcome.value, row.code, row.employee and row.employee.pk, row.course and row.course.pk)
            for row in self.rows
        ]
        return hashlib.sha256(repr(shown).encode(errors="surrogatepass")).hexdigest()


def training_preview(lines: list[RosterLine], *, today: date) -> TrainingPreview:
    """Work out what the rows of a file would do, in three queries however many there are."""
    register = _Register()
    preview = TrainingPreview()
    for line in lines:
        try:
            preview.rows.append(register.row(line, read_training_row(line.cells, today=today)))
        except BadTrainingRow as bad:
            rejected = TrainingPreviewRow(line.line, Outcome.REJECTED, line.cells, code=bad.code, value=bad.value)
            preview.rows.append(rejected)
    return preview


class _Register:
    """The people, courses and records as they are now, read once for a file. Who has left may have taken one, too."""

    def __init__(self) -> None:
        self._by_email: dict[str, list[Employee]] = defaultdict(list)
        self._by_name: dict[str, list[Employee]] = defaultdict(list)
        for person in Employee.objects.select_related("department").order_by("pk"):
            if person.email:
                self._by_email[person.email.casefold()].append(person)
            self._by_name[person.name_normalised].append(person)
        self._courses = {normalise_text(course.name): course for course in courses_to_record()}
        self._known = set(standing_records().order_by().values_list("employee_id", "course_id", "on"))
        self._seen: set[tuple[int, int, date]] = set()

    def row(self, line: RosterLine, read: FileTraining) -> TrainingPreviewRow:
        """Say what one row would do. Raises BadTrainingRow."""
        employee, course = self._find(read), self._courses.get(normalise_text(read.course))
        if course is None:
            raise BadTrainingRow("course", read.course)
        mark = (employee.pk, course.pk, read.on)
        code = "known" if mark in self._known else "twice" if mark in self._seen else ""
        self._seen.add(mark)
        outcome = Outcome.SAME if code else Outcome.NEW
        return TrainingPreviewRow(line.line, outcome, line.cells, employee, course, read.on, code)

    def _find(self, read: FileTraining) -> Employee:
        found = self._by_email[read.email] if read.email else self._by_name[normalise_text(read.name)]
        if not found:
            raise BadTrainingRow("unknown", read.email or read.name)
        if len(found) > 1:
            raise BadTrainingRow("several", read.email or read.name)
        return found[0]
