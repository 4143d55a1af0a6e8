"""Rates per person, while Human Resources have them on: whose a reader sees, and what they are (DOMAIN 4, III.d.i).

Excused answers are left out and never told; below the small number nothing is told at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from requests_app.domain.metrics import Tally, total
from requests_app.domain.person_rates import REACH_OF, PersonReach, is_total
from requests_app.domain.suppression import shown_rows
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, PersonRatesSwitch
from requests_app.selectors.absences import led_by
from requests_app.selectors.access import Actor
from requests_app.selectors.owners_then import owner_then
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.choices import DepartmentChoice
from requests_app.selectors.reports.facts import Facts, clock_facts
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.visibility import requests_visible_to, visible_clocks

_WHOLE, _KEPT = "waited_n", "waited_met"
PERSON_PARTS = (_KEPT, _WHOLE)
_By = Mapping[tuple[int, int], Tally]


@dataclass(frozen=True, slots=True)
class PersonRate:
    """One person's answers after a wait; None where there are too few to tell anything."""

    employee: Employee
    counts: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class TotalRate:
    """The answers of a department's people together; None where they, or what they leave beside others, are few."""

    department: DepartmentChoice
    people: int
    counts: Mapping[str, int] | None


def standing_switch() -> PersonRatesSwitch | None:
    """Give what switched rates per person on; None while they are off."""
    return PersonRatesSwitch.objects.filter(switched_off_at__isnull=True).select_related("switched_on_by").first()


def past_switches() -> QuerySet[PersonRatesSwitch]:
    """Give the times rates per person were on before, the latest first."""
    past = PersonRatesSwitch.objects.filter(switched_off_at__isnull=False)
    return past.select_related("switched_on_by", "switched_off_by")


def reaches_of(actor: Actor) -> frozenset[PersonReach]:
    """Give whose rates an actor sees while they are on."""
    return frozenset(reach for role, reach in REACH_OF.items() if actor.holds(role))


def may_open_person_rates(actor: Actor) -> bool:
    """Say whether there is a page of rates for an actor: while they are on, and for Human Resources always."""
    if actor.employee is None or not reaches_of(actor):
        return False
    return actor.holds(Role.HR) or standing_switch() is not None


def sees_own_rate(actor: Actor) -> bool:
    """Say whether an actor finds the own rate on its page."""
    return actor.employee is not None and PersonReach.OWN in reaches_of(actor) and standing_switch() is not None


def person_scope(actor: Actor) -> ReportScope:
    """Give what rates per person are made of: what the reader may see, of whatever department."""
    return ReportScope(visible_clocks(actor), requests_visible_to(actor))


def people_counted(switch: PersonRatesSwitch) -> QuerySet[Employee]:
    """Give everybody a rate may be told of, by name: who works here, sworn staff only if it was decided so."""
    people = Employee.objects.filter(is_active=True).select_related("department").order_by("name_normalised", "pk")
    return people if switch.includes_sworn else people.filter(is_sworn=False)


def people_seen(actor: Actor, switch: PersonRatesSwitch) -> list[Employee]:
    """Give whose rates a reader sees: everybody's, the team's, the own; two queries."""
    people, reaches = list(people_counted(switch)), reaches_of(actor)
    if PersonReach.EVERYBODY in reaches:
        return people
    seen = {actor.employee_id} if PersonReach.OWN in reaches else set()
    if PersonReach.TEAM in reaches:
        team = actor.departments_as(Role.SUPERVISOR)
        seen |= led_by(actor, [person for person in people if person.department_id in team])
    return [person for person in people if person.pk in seen]


def departments_totalled(actor: Actor, choices: Iterable[DepartmentChoice]) -> list[DepartmentChoice]:
    """Give the departments whose totals a reader sees, the whole city left out: it has a page of its own."""
    below = [choice for choice in choices if choice.depth]
    if actor.holds(Role.HR, Role.CITY_MANAGER):
        return below
    headed = actor.departments_as(Role.DEPARTMENT_HEAD)
    return [choice for choice in below if choice.pk in headed]


def tallies_by_owner(scope: ReportScope, query: ReportQuery) -> dict[tuple[int, int], Tally]:
    """Count clocks by (owner at the verdict, department); while undecided, the owner now. One query."""
    facts = with_owner(clock_facts(scope, query), query)
    found: dict[tuple[int, int], Tally] = defaultdict(Tally)
    cells = tallies(facts, ("owner_then", "department_id"), period=query.period, is_timed=False)
    for (owner, department), tally in cells.items():
        if str(owner or "").isdecimal():
            found[(int(owner), department)] += tally
    return dict(found)


def with_owner(facts: Facts, query: ReportQuery) -> Facts:
    """Say of each clock, as `owner_then`, whose it was at its verdict, or at the report's instant."""
    until = Least(Coalesce(OuterRef(facts.path("verdict_recorded_at")), Value(query.as_of)), Value(query.as_of))
    then = owner_then(facts.path("service_request"), until=until)
    return facts.over(facts.rows.annotate(owner_then=then))


def person_rates(people: Iterable[Employee], found: _By, *, small_number: int) -> list[PersonRate]:
    """Give each person's answers, in the order given: nobody is ranked."""
    by_owner: dict[int, list[Tally]] = defaultdict(list)
    for (owner, _department), tally in found.items():
        by_owner[owner].append(tally)
    return [PersonRate(each, _told(total(by_owner[each.pk]), small_number=small_number)) for each in people]


def total_rates(
    departments: Sequence[DepartmentChoice],
    people: Iterable[int],
    found: _By,
    *,
    small_number: int,
    told: Collection[int] = (),
) -> list[TotalRate]:
    """Give the answers of the people counted, department by department with its divisions.

    Whatever two lines leave when one is subtracted from the other is of as many as a total needs; `told` are the people
    whose own lines stand beside them.
    """
    counted, wholes = frozenset(people), {key: tally.count(_WHOLE) for key, tally in found.items()}
    answered = {key: number for key, number in wholes.items() if number and key[0] in counted}
    groups = [{key: n for key, n in answered.items() if key[1] in each.with_divisions} for each in departments]
    persons = [{key: n for key, n in answered.items() if key[0] == person} for person in told]
    shown = shown_rows(groups, is_enough=partial(is_total, small_number=small_number), told=persons)
    rates = []
    for place, (choice, group) in enumerate(zip(departments, groups, strict=True)):
        counts = _told(total(found[key] for key in group), small_number=small_number) if place in shown else None
        rates.append(TotalRate(choice, len({owner for owner, _department in group}), counts))
    return rates


def _told(tally: Tally, *, small_number: int) -> dict[str, int] | None:
    if tally.count(_WHOLE) < max(1, small_number):
        return None
    return {part: tally.count(part) for part in PERSON_PARTS}
