"""Whose rate somebody sees while rates per person are switched on (DOMAIN 4); off by default."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from requests_app.domain.vocabulary import Role


class PersonReach(StrEnum):
    """Whose rates a role sees; totals are of departments and name nobody."""

    OWN = "own"
    TEAM = "team"
    TOTALS = "totals"
    EVERYBODY = "everybody"


# Who has none of these roles sees no rate of anybody.
REACH_OF: Mapping[Role, PersonReach] = {
    Role.STAFF: PersonReach.OWN,
    Role.SUPERVISOR: PersonReach.TEAM,
    Role.DEPARTMENT_HEAD: PersonReach.TOTALS,
    Role.CITY_MANAGER: PersonReach.TOTALS,
    Role.HR: PersonReach.EVERYBODY,
}
# The share of one person is that person's: a total needs at least so many people behind it.
LEAST_PEOPLE_OF_A_TOTAL = 2


def is_total(group: Mapping[tuple[int, int], int], *, small_number: int) -> bool:
    """Say whether the answers of a group, by person and department, may be told together."""
    people = {person for person, _department in group}
    return len(people) >= LEAST_PEOPLE_OF_A_TOTAL and sum(group.values()) >= max(1, small_number)


class PersonRatesRefusal(StrEnum):
    """Why rates per person were not switched on."""

    NOT_TOLD_YET = "not_told_yet"
    NO_NOTE = "no_note"


class PersonRatesRefused(Exception):
    """Rates per person stay off."""

    def __init__(self, refusal: PersonRatesRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def switch_refusal(*, unions_notified_on: date, note: str, today: date) -> PersonRatesRefusal | None:
    """Say why rates may not be switched on; None where they may."""
    if unions_notified_on > today:
        return PersonRatesRefusal.NOT_TOLD_YET
    return None if note.strip() else PersonRatesRefusal.NO_NOTE
