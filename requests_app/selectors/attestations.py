"""Who has attested and who has not: one roster behind every figure, list and reminder of a round (II, III.e)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, prefetch_related_objects

from requests_app.domain.attestations import AttestationState, CheckQuestion, attest_by, attestation_state
from requests_app.domain.vocabulary import Role
from requests_app.models import Attestation, AttestationRound, Department, Employee
from requests_app.selectors.access import Actor
from requests_app.selectors.trainings import on_roster, on_roster_within, was_on_roster

CITY_WIDE = (Role.HR, Role.CITY_MANAGER)
_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)
ROSTER_READERS = (*CITY_WIDE, *_LEADS)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person of the roster in a round; `attested_on` is None while they have not attested."""

    employee: Employee
    due_on: date
    state: AttestationState
    attested_on: date | None
    is_on_paper: bool


@dataclass(frozen=True, slots=True)
class AttestedShare:
    """How many of a department, or of the city where `department` is None, have attested."""

    department: Department | None
    attested: int
    overdue: int
    n: int


@dataclass(frozen=True, slots=True)
class RosterThen:
    """The roster of the newest round there was on a day, as it stood then, or when the round was closed."""

    round: AttestationRound
    seen_on: date
    lines: list[RosterLine]


def attestation_rounds() -> QuerySet[AttestationRound]:
    """Give the rounds, the newest first."""
    return AttestationRound.objects.select_related("version", "opened_by", "closed_by")


def running_round() -> AttestationRound | None:
    """Give the newest round that is not closed, if any."""
    return attestation_rounds().filter(closed_on__isnull=True).first()


def check_of(found: AttestationRound) -> list[CheckQuestion]:
    """Give the questions a round asks; none where it asks nothing."""
    return [CheckQuestion(row["question"], tuple(row["answers"]), row["right"]) for row in found.check_questions]


def roster_of(
    found: AttestationRound, *, today: date, department_ids: frozenset[int] | None = None
) -> list[RosterLine]:
    """Give everybody on the roster with where they stand, by name (two queries); of a closed round as it ended.

    Employees, contractors and volunteers, with a login or without (II). Whoever has left is no longer counted.
    """
    seen_on = min(today, found.closed_on or today)
    people = on_roster(seen_on).order_by("name", "pk")
    if department_ids is not None:
        people = people.filter(department__in=department_ids)
    attested = {row.employee_id: row for row in Attestation.objects.filter(attestation_round=found)}
    return [_line(found, person, attested.get(person.pk), seen_on) for person in people]


def attested_shares(
    days: Collection[date], *, department_ids: frozenset[int] | None = None
) -> dict[date, AttestedShare | None]:
    """Count the roster of the newest round there was, as it stood at the end of each of some days (three queries).

    None for a day before the first round. Departments are those of today.
    """
    found = _rosters_then(days, department_ids=department_ids)
    return {on: share_of(then.lines) if then else None for on, then in found.items()}


def roster_then(on: date, *, department_ids: frozenset[int] | None = None) -> RosterThen | None:
    """Give the very roster that `attested_shares` counts for a day, by name; None before the first round."""
    then = _rosters_then([on], department_ids=department_ids)[on]
    if then is not None:
        prefetch_related_objects([line.employee for line in then.lines], "department")
    return then


def _rosters_then(days: Collection[date], *, department_ids: frozenset[int] | None) -> dict[date, RosterThen | None]:
    rounds, last_on = list(attestation_rounds()), max(days)
    people = on_roster_within(min(days), last_on).order_by("name", "pk")
    if department_ids is not None:
        people = people.filter(department__in=department_ids)
    signed = Attestation.objects.filter(attested_on__lte=last_on)
    attested = {(row.attestation_round_id, row.employee_id): row for row in signed}
    found = list(people)
    return {on: _roster_then([each for each in rounds if each.opened_on <= on], found, attested, on) for on in days}


def _roster_then(
    rounds: list[AttestationRound], people: list[Employee], attested: Mapping[tuple[int, int], Attestation], on: date
) -> RosterThen | None:
    if not rounds:
        return None
    newest = rounds[0]
    seen_on = min(on, newest.closed_on or on)
    there = [person for person in people if was_on_roster(person, seen_on)]
    rows = ((person, attested.get((newest.pk, person.pk))) for person in there)
    lines = [_line(newest, person, row if row and row.attested_on <= on else None, seen_on) for person, row in rows]
    return RosterThen(newest, seen_on, lines)


def departments_on(lines: Iterable[RosterLine]) -> list[Department]:
    """Give the departments of a roster, by name."""
    return sorted({line.employee.department for line in lines}, key=lambda department: department.name)


def shares_by_department(lines: list[RosterLine]) -> list[AttestedShare]:
    """Count a roster by department, by name."""
    return [
        share_of([line for line in lines if line.employee.department_id == department.pk], department)
        for department in departments_on(lines)
    ]


def share_of(lines: Iterable[RosterLine], department: Department | None = None) -> AttestedShare:
    """Count a roster."""
    states = [line.state for line in lines]
    return AttestedShare(
        department,
        attested=states.count(AttestationState.ATTESTED),
        overdue=states.count(AttestationState.OVERDUE),
        n=len(states),
    )


def departments_of_roster(actor: Actor) -> frozenset[int] | None:
    """Give the departments whose roster an actor reads: None for the whole city."""
    return None if actor.holds(*CITY_WIDE) else actor.departments_as(*_LEADS)


def waits_for(employee: Employee, *, today: date) -> RosterLine | None:
    """Give where somebody stands in the running round; None where none runs. Two queries."""
    found = running_round()
    if found is None:
        return None
    return _line(found, employee, Attestation.objects.filter(attestation_round=found, employee=employee).first(), today)


def _line(found: AttestationRound, person: Employee, row: Attestation | None, today: date) -> RosterLine:
    due_on = attest_by(found.due_on, hired_on=person.hired_on)
    attested_on = row.attested_on if row else None
    state = attestation_state(attested_on, due_on=due_on, today=today)
    return RosterLine(person, due_on, state, attested_on, is_on_paper=bool(row and row.is_on_paper))
