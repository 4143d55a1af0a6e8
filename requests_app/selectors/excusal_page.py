"""The page of excuses: what waits for somebody's decision, what they proposed, what was decided (III.d.i)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from requests_app.domain.verdicts import is_overdue
from requests_app.domain.vocabulary import Role, Verdict
from requests_app.models import Absence, Employee, ExcusalProposal, ServiceRequest
from requests_app.selectors.absences import led_by
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.excusal_deciders import DeciderRoster
from requests_app.selectors.excusal_words import ExcusalWords
from requests_app.selectors.excusals import CoverRule, proposals, undecided
from requests_app.selectors.visibility import is_masked, visible_clocks

DECIDERS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
MOST_ROWS = 100
_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
_CITY_WIDE = (Role.CITY_MANAGER, Role.HR)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal: the request it is about, how late the answer is, and why it is covered."""

    proposal: ExcusalProposal
    due: DueView
    is_late: bool
    why: list[str]
    waits_for: str

    @property
    def service_request(self) -> ServiceRequest:
        """Give the request."""
        return self.proposal.clock.service_request


@dataclass(frozen=True, slots=True)
class AbsenceGroup:
    """The proposals out of one absence; `reason` is empty for whoever may not know why somebody is away."""

    absence: Absence
    away: str
    reason: str
    rows: list[ProposalRow]

    @property
    def name(self) -> str:
        """Give the absent person's name."""
        return self.absence.employee.name


@dataclass(frozen=True, slots=True)
class ExcusalPage:
    """What waits for the reader, what they may decide though somebody nearer is asked, and what is their own."""

    asked: list[AbsenceGroup]
    able: list[AbsenceGroup]
    own: list[AbsenceGroup]

    @property
    def count_asked(self) -> int:
        """Count what waits for the reader."""
        return sum(len(group.rows) for group in self.asked)

    @property
    def may_decide(self) -> bool:
        """Say whether there is anything to decide on."""
        return bool(self.asked or self.able)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A proposal that waits no more: what came of it, by whom and why; a name only for who leads that person."""

    proposal: ExcusalProposal
    title: str
    due: DueView
    name: str
    state: str
    tag: str
    reason: str


def excusal_page(actor: Actor, *, now: datetime) -> ExcusalPage:
    """Gather what waits; what the actor may decide is asked of the one rule (`DeciderRoster`)."""
    rows = list(_in_reach(actor))
    roster = DeciderRoster(rows, now=now)
    able = [row for row in rows if actor.employee_id in roster.of(row).able]
    asked = [row for row in able if actor.employee_id in roster.of(row).asked]
    own = [row for row in rows if row.absence.employee_id == actor.employee_id]
    writer = _Writer(actor, roster, now=now, people={row.absence.employee for row in able})
    beside = [row for row in able if row not in asked]
    return ExcusalPage(writer.groups(asked), writer.groups(beside), writer.groups(own))


def count_to_decide(actor: Actor, *, now: datetime) -> int:
    """Count the proposals that wait for a lead; no query for anybody else."""
    return count_asked(actor, now=now) if actor.holds(*_LEADS) else 0


def count_asked(actor: Actor, *, now: datetime) -> int:
    """Count the proposals that wait for an actor."""
    rows = list(_in_reach(actor))
    roster = DeciderRoster(rows, now=now)
    return sum(actor.employee_id in roster.of(row).asked for row in rows)


def decided_rows(actor: Actor, *, now: datetime) -> list[DecidedRow]:
    """Give the newest decisions the actor may know of: their own, their departments', all of them for HR."""
    rows = list(_decided(actor).order_by("-proposed_at", "-pk")[:MOST_ROWS])
    wording = DueWording(now=now)
    named = led_by(actor, {row.absence.employee for row in rows})
    return [_decided_row(row, actor, wording, named=named) for row in rows]


class _Writer:
    """Writes the rows of the page, with calendar, choices and ranks read once."""

    def __init__(self, actor: Actor, roster: DeciderRoster, *, now: datetime, people: Iterable[Employee]) -> None:
        self._actor = actor
        self._roster = roster
        self._now = now
        self._due = DueWording(now=now)
        self._words = ExcusalWords(CoverRule(now=now))
        self._led = led_by(actor, people)

    def groups(self, rows: Iterable[ExcusalProposal]) -> list[AbsenceGroup]:
        """Put rows in the order of their absences together."""
        return [self._group(absence, list(theirs)) for absence, theirs in groupby(rows, key=lambda row: row.absence)]

    def _group(self, absence: Absence, rows: list[ExcusalProposal]) -> AbsenceGroup:
        person = absence.employee_id
        may_know = person == self._actor.employee_id or person in self._led or self._actor.holds(Role.HR)
        reason = absence.get_reason_display() if may_know else ""
        return AbsenceGroup(absence, self._words.away(absence), reason, [self._row(row) for row in rows])

    def _row(self, row: ExcusalProposal) -> ProposalRow:
        clock = row.clock
        return ProposalRow(
            proposal=row,
            due=self._due.of_clock(clock),
            is_late=clock.verdict == Verdict.LATE
            or is_overdue(verdict=clock.verdict, due_at=clock.due_at, now=self._now),
            why=list(self._words.why(row)),
            waits_for=", ".join(person.name for person in self._roster.asked(row)),
        )


def _in_reach(actor: Actor) -> QuerySet[ExcusalProposal]:
    """Narrow what waits to what the actor sees and might decide, or owes; the rule is asked row by row."""
    rows = undecided().filter(clock__in=visible_clocks(actor)).order_by("absence", "clock__due_at", "pk")
    if actor.holds(*_CITY_WIDE):
        return rows
    led = Q(clock__department__in=actor.departments_as(*_LEADS))
    return rows.filter(led | Q(absence__employee=actor.employee_id))


def _decided(actor: Actor) -> QuerySet[ExcusalProposal]:
    rows = proposals().filter(decided_at__isnull=False, clock__in=visible_clocks(actor)).select_related("decided_by")
    if actor.holds(Role.HR, Role.AUDITOR):
        return rows
    led = Q(clock__department__in=actor.departments_as(*_LEADS))
    own = Q(absence__employee=actor.employee_id) | Q(decided_by=actor.employee_id)
    return rows.filter(led | own)


def _decided_row(row: ExcusalProposal, actor: Actor, wording: DueWording, *, named: frozenset[int]) -> DecidedRow:
    found = row.clock.service_request
    masked = is_masked(actor, found)
    person = row.absence.employee
    may_know = person.pk == actor.employee_id or person.pk in named or actor.holds(Role.HR)
    state, tag = _state(row)
    return DecidedRow(
        proposal=row,
        title=gettext("Title withheld") if masked else found.title,
        due=wording.of_clock(row.clock),
        name=person.name if may_know else "",
        state=state,
        tag=tag,
        reason="" if masked else row.decision_reason,
    )


def _state(row: ExcusalProposal) -> tuple[str, str]:
    if row.is_granted and row.withdrawn_at is not None:
        return gettext("excused, then revoked"), "soon"
    return (gettext("excused"), "beside") if row.is_granted else (gettext("not excused"), "")
