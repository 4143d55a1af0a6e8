"""What the people of the demo set before they went: mostly in time, sometimes late, now and then not at all."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from requests_app.demo import profile
from requests_app.demo.world import World
from requests_app.domain.absences import AbsenceKind, greeting_due_at, returns_on
from requests_app.domain.greeting_texts import compose
from requests_app.domain.greetings import USUAL_KINDS, Alternative, GreetingFacts
from requests_app.domain.work_patterns import parse_work_pattern
from requests_app.models import Absence, Greeting


def greet(world: World, rng: Random, absence: Absence) -> Iterator[Greeting]:
    """Give the texts of an absence, written when it was told; nothing where no whole day is missed."""
    due_at = greeting_due_at(absence.period, world.calendar)
    if due_at is None:
        return
    set_at = _set_at(rng, absence, due_at)
    facts = _facts(world, absence)
    cleared_at = _cleared_at(world, rng, absence, set_at)
    is_set = set_at is not None and set_at <= world.until_at
    checked_at = set_at + timedelta(hours=3) if set_at and is_set and rng.random() < profile.SPOT_CHECK_SHARE else None
    checker = world.supervisor_of(absence.employee.department_id, other_than=absence.employee)
    is_right = rng.random() < profile.FOUND_RIGHT_SHARE
    for kind in USUAL_KINDS:
        greeting = Greeting(absence=absence, kind=kind.value, language="en", written_at=absence.recorded_at)
        greeting.text = compose(kind, facts, language="en")
        if is_set:
            greeting.set_at, greeting.set_by, greeting.cleared_at = set_at, absence.employee, cleared_at
            greeting.first_set_at, greeting.said_back_on = set_at, facts.returns_on
            greeting.cleared_by = absence.employee if cleared_at else None
        if checked_at and checked_at <= world.until_at:
            greeting.checked_at, greeting.checked_by, greeting.is_right = checked_at, checker, is_right
        yield greeting


def _set_at(rng: Random, absence: Absence, due_at: datetime) -> datetime | None:
    drawn = rng.random()
    if drawn < profile.GREETING_NEVER_SHARE:
        return None
    if drawn < profile.GREETING_NEVER_SHARE + profile.GREETING_LATE_SHARE:
        return due_at + timedelta(minutes=rng.randrange(20, 400))
    if absence.kind == AbsenceKind.PLANNED:
        return due_at - timedelta(minutes=rng.randrange(10, 900))
    return absence.recorded_at + timedelta(minutes=rng.randrange(5, 60))


def _cleared_at(world: World, rng: Random, absence: Absence, set_at: datetime | None) -> datetime | None:
    if set_at is None or absence.ends_at is None or rng.random() < profile.GREETING_LEFT_UP_SHARE:
        return None
    cleared_at = max(absence.ends_at, set_at) + timedelta(minutes=rng.randrange(5, 120))
    return cleared_at if cleared_at <= world.until_at else None


def _facts(world: World, absence: Absence) -> GreetingFacts:
    person, stand_in, alternative = absence.employee, absence.alternate_person, None
    if stand_in is not None:
        alternative = Alternative(stand_in.name, stand_in.department.phone, stand_in.email)
    elif absence.alternate_department is not None:
        alternative = Alternative(absence.alternate_department.name, absence.alternate_department.phone)
    return GreetingFacts(
        name=person.name,
        department=person.department.name,
        returns_on=returns_on(absence.period, world.calendar, parse_work_pattern(person.work_pattern)),
        alternative=alternative,
        no_alternative_reason=absence.no_alternate_reason,
    )
