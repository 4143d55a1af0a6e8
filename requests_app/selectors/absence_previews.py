"""What a file of absences would do: each row against the register as it is, nothing written."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from django.utils import timezone

from requests_app.domain.absence_days import back_after, start_of_day_away
from requests_app.domain.absence_rows import BadAbsenceRow, FileAbsence, read_absence_row
from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.roster_files import RosterLine
from requests_app.domain.text import normalise_text
from requests_app.models import Absence, Alternate, Department, Employee
from requests_app.selectors.absences import people_to_record
from requests_app.selectors.access import Actor
from requests_app.selectors.standards import response_calendar

_OWN_UID = "file:"  # of a row without an id: the same time of the same person is the same absence


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePlan:
    """What a row would record: all that an entry needs, and whose it is."""

    employee: Employee
    kind: AbsenceKind
    reason: AbsenceReason
    starts_at: datetime
    ends_at: datetime
    alternate_person_id: int | None
    alternate_department_id: int | None
    no_alternate_reason: str
    uid: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row and what it would do; `number` counts rows, since what recurs stands on one line."""

    number: int
    line: int
    outcome: Outcome
    cells: dict[str, str]
    plan: AbsencePlan | None = None
    stored: Absence | None = None
    code: str = ""
    value: str = ""

    @property
    def is_ticked(self) -> bool:
        """Say whether the row is applied unless somebody takes its tick away."""
        return self.cells.get("tick", "") != "no"


@dataclass(slots=True)
class AbsencePreview:
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
        shown = [
            (row.number, row.outcome.value, row.code, _mark(row.plan), (row.stored.pk, row.stored.version))
            if row.stored
            else (row.number, row.outcome.value, row.code, _mark(row.plan))
            for row in self.rows
        ]
        return hashlib.sha256(repr(shown).encode(errors="surrogatepass")).hexdigest()


def absence_preview(lines: list[RosterLine], *, person_id: int | None, actor: Actor) -> AbsencePreview:
    """Work out what the rows of a file would do, in a number of queries that does not grow with them.

    `person_id` is whose calendar it is, where the file does not say.
    """
    register = _Register(actor, person_id)
    preview = AbsencePreview()
    for number, line in enumerate(lines, 1):
        try:
            preview.rows.append(register.row(number, line))
        except BadAbsenceRow as bad:
            rejected = PreviewRow(number, line.line, Outcome.REJECTED, line.cells, code=bad.code, value=bad.value)
            preview.rows.append(rejected)
    return preview


def _mark(plan: AbsencePlan | None) -> tuple[object, ...]:
    return (plan.employee.pk, plan.starts_at, plan.ends_at, plan.kind, plan.uid) if plan else ()


class _Register:
    """The people and absences as they are now, read once for a file."""

    def __init__(self, actor: Actor, person_id: int | None) -> None:
        self._allowed = {person.pk for person in people_to_record(actor)}
        self._calendar = response_calendar()
        self._people = {person.pk: person for person in Employee.objects.select_related("department")}
        self._person = self._people.get(person_id or 0)
        self._by_email: dict[str, list[Employee]] = defaultdict(list)
        self._by_name: dict[str, list[Employee]] = defaultdict(list)
        for person in self._people.values():
            if person.email:
                self._by_email[person.email.casefold()].append(person)
            self._by_name[person.name_normalised].append(person)
        self._departments = {
            name: row.pk
            for row in Department.objects.filter(is_active=True)
            for name in (row.slug, normalise_text(row.name))
        }
        self._alternates = {row.employee_id: row for row in Alternate.objects.order_by("-position", "-pk")}
        self._stored: dict[int, list[Absence]] = defaultdict(list)
        for absence in Absence.objects.filter(employee__in=self._allowed).order_by("-removed_at", "pk"):
            self._stored[absence.employee_id].append(absence)
        self._taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)

    def row(self, number: int, line: RosterLine) -> PreviewRow:
        """Say what one row would do. Raises BadAbsenceRow."""
        if line.cells.get("error"):
            raise BadAbsenceRow(line.cells["error"])
        cells = {**line.cells, "e-mail": self._person.email or "-"} if self._person else line.cells
        if not cells.get("e-mail") and cells.get("organizer"):
            cells = {**cells, "e-mail": cells["organizer"]}
        read = read_absence_row(cells)
        plan = self._plan(read, self._person or self._find(read, cells))
        stored = self._known(plan)
        outcome, code = self._outcome(plan, stored)
        if outcome is not Outcome.SAME:
            self._refuse_taken(plan, stored)
        return PreviewRow(number, line.line, outcome, line.cells, plan, stored, code)

    def _find(self, read: FileAbsence, cells: dict[str, str]) -> Employee:
        found = {person.pk: person for email in read.emails for person in self._by_email.get(email, [])}
        if not found and cells.get("organizer"):
            found = {person.pk: person for person in self._by_email.get(cells["organizer"].casefold(), [])}
        if not found and read.name and not read.emails:
            found = {person.pk: person for person in self._by_name.get(normalise_text(read.name), [])}
        if not found:
            raise BadAbsenceRow("unknown", ", ".join(read.emails) or read.name)
        if len(found) > 1:
            raise BadAbsenceRow("several", ", ".join(person.name for person in found.values()))
        return next(iter(found.values()))

    def _plan(self, read: FileAbsence, employee: Employee) -> AbsencePlan:
        if employee.pk not in self._allowed:
            raise BadAbsenceRow("not_yours" if employee.is_active else "has_left", employee.name)
        starts_at, ends_at = _from(read.starts, self._calendar), _until(read.until, self._calendar)
        if ends_at <= starts_at:
            raise BadAbsenceRow("order")
        person_id, department_id = self._stands_in(read, employee)
        is_declined = not person_id and not department_id
        if is_declined and read.kind is AbsenceKind.PLANNED and not read.why_nobody:
            raise BadAbsenceRow("no_alternate", employee.name)  # III.b.ii.5.c
        return AbsencePlan(
            employee=employee,
            kind=read.kind,
            reason=read.reason,
            starts_at=starts_at,
            ends_at=ends_at,
            alternate_person_id=person_id,
            alternate_department_id=department_id,
            no_alternate_reason=read.why_nobody if is_declined else "",
            uid=read.uid or f"{_OWN_UID}{starts_at.isoformat()}/{ends_at.isoformat()}",
        )

    def _stands_in(self, read: FileAbsence, employee: Employee) -> tuple[int | None, int | None]:
        if not read.alternate:
            usual = None if read.why_nobody else self._alternates.get(employee.pk)
            return (usual.person_id, usual.department_id) if usual else (None, None)
        name = normalise_text(read.alternate)
        people = self._by_email.get(read.alternate.casefold()) or self._by_name.get(name) or []
        if len(people) == 1 and people[0].is_active and people[0].pk != employee.pk:
            return people[0].pk, None
        if not people and (department_id := self._departments.get(read.alternate) or self._departments.get(name)):
            return None, department_id
        raise BadAbsenceRow("alternate", read.alternate)

    def _known(self, plan: AbsencePlan) -> Absence | None:
        """Find the absence an earlier file left, standing ones first; else one of exactly that time."""
        stored = sorted(self._stored[plan.employee.pk], key=lambda absence: absence.removed_at is not None)
        by_uid = next((absence for absence in stored if absence.source_uid == plan.uid), None)
        same = (
            absence
            for absence in stored
            if absence.removed_at is None and (absence.starts_at, absence.ends_at) == (plan.starts_at, plan.ends_at)
        )
        return by_uid or next(same, None)

    def _outcome(self, plan: AbsencePlan, stored: Absence | None) -> tuple[Outcome, str]:
        if stored is None:
            return Outcome.NEW, ""
        if stored.removed_at is not None:
            return Outcome.SAME, "removed"
        if (stored.starts_at, stored.ends_at) == (plan.starts_at, plan.ends_at):
            return Outcome.SAME, "known"
        # What somebody changed here since is not taken back by a file.
        is_ours = stored.version > 1 or plan.uid.startswith(_OWN_UID)
        return (Outcome.SAME, "changed_here") if is_ours else (Outcome.CHANGED, "")

    def _refuse_taken(self, plan: AbsencePlan, stored: Absence | None) -> None:
        own = stored.pk if stored else None
        standing = [
            (absence.starts_at, absence.ends_at)
            for absence in self._stored[plan.employee.pk]
            if absence.removed_at is None and absence.pk != own
        ]
        for starts_at, ends_at in (*standing, *self._taken[plan.employee.pk]):
            if starts_at < plan.ends_at and (ends_at is None or ends_at > plan.starts_at):
                raise BadAbsenceRow("taken", plan.employee.name)
        self._taken[plan.employee.pk].append((plan.starts_at, plan.ends_at))


def _from(at: date, calendar: BusinessCalendar | None) -> datetime:
    if isinstance(at, datetime):
        return _aware(at)
    return start_of_day_away(at, calendar) if calendar else _aware(datetime.combine(at, time.min))


def _until(at: date, calendar: BusinessCalendar | None) -> datetime:
    if isinstance(at, datetime):
        return _aware(at)
    return back_after(at, calendar) if calendar else _aware(datetime.combine(at, time.max))


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else timezone.make_aware(at)
