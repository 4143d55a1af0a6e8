"""What a roster file would do: each row against the people there are, nothing written."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from requests_app.domain.roles import CITY_WIDE, SECOND_FACTOR
from requests_app.domain.roster_files import RosterLine
from requests_app.domain.roster_rows import BadRosterRow, RosterRow, read_roster_row
from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee
from requests_app.selectors.access import Actor

# Columns that a row may change, by the name of the value in the row.
_FACTS = ("name", "email", "title", "extension", "employment", "hired_on", "languages")


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would change; an empty `before` is one that was not known."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file and what it would do; `is_guess` for a person found by name, which wants a tick."""

    line: int
    outcome: Outcome
    cells: dict[str, str]
    row: RosterRow | None = None
    employee: Employee | None = None
    department: Department | None = None
    changes: tuple[Change, ...] = ()
    new_roles: tuple[tuple[Role, Department], ...] = ()
    is_guess: bool = False
    code: str = ""
    value: str = ""


@dataclass(slots=True)
class RosterPreview:
    """What a whole file would do."""

    rows: list[PreviewRow] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[PreviewRow]:
        """Give the rows with one outcome, in the order of the file."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def new(self) -> list[PreviewRow]:
        """Give the rows that add somebody."""
        return self.of(Outcome.NEW)

    @property
    def changed(self) -> list[PreviewRow]:
        """Give the rows that change somebody."""
        return self.of(Outcome.CHANGED)

    @property
    def rejected(self) -> list[PreviewRow]:
        """Give the rows that cannot be used."""
        return self.of(Outcome.REJECTED)

    @property
    def unchanged(self) -> list[PreviewRow]:
        """Give the rows that say what is known already."""
        return self.of(Outcome.UNCHANGED)

    @property
    def digest(self) -> str:
        """Give a fingerprint of file and state: what is applied is what was shown, or nothing."""
        shown = [
            (
                row.line,
                row.outcome.value,
                row.row,
                (row.employee.pk, row.employee.version) if row.employee else None,
                [(role.value, department.pk) for role, department in row.new_roles],
                row.code,
            )
            for row in self.rows
        ]
        return hashlib.sha256(repr(shown).encode(errors="surrogatepass")).hexdigest()


def roster_preview(lines: list[RosterLine], *, actor: Actor) -> RosterPreview:
    """Work out what the rows of a file would do, each as if it stood alone (three queries)."""
    directory = _Directory(actor)
    repeated = Counter(_identity(line.cells) for line in lines)
    preview = RosterPreview()
    for line in lines:
        try:
            if repeated[_identity(line.cells)] > 1:
                raise BadRosterRow("twice_in_file")
            preview.rows.append(directory.row(line))
        except BadRosterRow as bad:
            rejected = PreviewRow(line.line, Outcome.REJECTED, line.cells, code=bad.code, value=bad.value)
            preview.rows.append(rejected)
    return preview


def _identity(cells: dict[str, str]) -> tuple[str, ...]:
    email = normalise_text(cells.get("e-mail", ""))
    return (email,) if email else (normalise_text(cells.get("name", "")), normalise_text(cells.get("department", "")))


class _Directory:
    """The people and departments as they are now, read once for a file."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._by_email: dict[str, list[Employee]] = defaultdict(list)
        self._by_name: dict[tuple[str, int], list[Employee]] = defaultdict(list)
        self._departments: dict[str, list[Department]] = defaultdict(list)
        people = Employee.objects.select_related("department").prefetch_related("role_assignments")
        for person in people.order_by("pk"):
            if person.email:
                self._by_email[person.email.casefold()].append(person)
            self._by_name[person.name_normalised, person.department_id].append(person)
        for department in Department.objects.filter(is_active=True).order_by("pk"):
            for name in {department.slug, normalise_text(department.name)}:
                self._departments[name].append(department)
            if department.parent_id is None:
                self._city = department

    def row(self, line: RosterLine) -> PreviewRow:
        """Say what one row would do. Raises BadRosterRow."""
        row = read_roster_row(line.cells)
        department = self._department(row.department) if row.department else None
        employee, is_guess = self._find(row, department)
        if employee is None:
            return self._new(line, row, department)
        if not employee.is_active:
            raise BadRosterRow("has_left", employee.name)
        roles = self._new_roles(row, department or employee.department, employee)
        changes = _changes(employee, row, department)
        return PreviewRow(
            line.line,
            Outcome.CHANGED if changes or roles else Outcome.UNCHANGED,
            line.cells,
            row=row,
            employee=employee,
            department=department or employee.department,
            changes=changes,
            new_roles=roles,
            is_guess=is_guess and bool(changes or roles),
        )

    def _new(self, line: RosterLine, row: RosterRow, department: Department | None) -> PreviewRow:
        if not row.name:
            raise BadRosterRow("no_name")
        if department is None:
            raise BadRosterRow("no_department")
        roles = self._new_roles(row, department, None)
        return PreviewRow(line.line, Outcome.NEW, line.cells, row=row, department=department, new_roles=roles)

    def _find(self, row: RosterRow, department: Department | None) -> tuple[Employee | None, bool]:
        """Find whom a row means: by e-mail beyond doubt, by name and department as a guess."""
        found = self._by_email.get(row.email.casefold(), []) if row.email else []
        if not found and row.name and department:
            same = self._by_name.get((normalise_text(row.name), department.pk), [])
            found = [person for person in same if person.is_active and not (row.email and person.email)]
            if len(found) == 1:
                return found[0], True
        if len(found) > 1:
            raise BadRosterRow("several_people", row.email or row.name)
        return (found[0], False) if found else (None, False)

    def _department(self, name: str) -> Department:
        found = self._departments.get(normalise_text(name), [])
        if not found:
            raise BadRosterRow("unknown_department", name)
        if len({department.pk for department in found}) > 1:
            raise BadRosterRow("several_departments", name)
        return found[0]

    def _new_roles(
        self, row: RosterRow, own: Department, employee: Employee | None
    ) -> tuple[tuple[Role, Department], ...]:
        held = {(each.role, each.department_id) for each in employee.role_assignments.all()} if employee else set()
        wanted = [
            (role, self._city if role in CITY_WIDE else self._department(where) if where else own)
            for role, where in row.roles
        ]
        new = tuple((role, department) for role, department in wanted if (role.value, department.pk) not in held)
        if any(role in SECOND_FACTOR for role, _ in new):
            raise BadRosterRow("role_by_hand")
        if new and employee and employee.pk == self._actor.employee_id:
            raise BadRosterRow("own_roles")
        return new


def _changes(employee: Employee, row: RosterRow, department: Department | None) -> tuple[Change, ...]:
    found = []
    for fact in _FACTS:
        after, before = getattr(row, fact), getattr(employee, fact)
        if fact == "languages":
            after, before = sorted(after), sorted(before)
        if fact == "email" and after.casefold() == before.casefold():
            continue
        if after and after != before:
            found.append(Change(fact, _shown(before), _shown(after)))
    if department and department.pk != employee.department_id:
        found.append(Change("department", employee.department.name, department.name))
    return tuple(found)


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def rows_to_apply(preview: RosterPreview, ticked: frozenset[int]) -> list[PreviewRow]:
    """Give the rows to apply: all that change something, those found by name only where they were ticked."""
    rows = [*preview.new, *preview.changed]
    return [row for row in rows if not row.is_guess or row.line in ticked]
