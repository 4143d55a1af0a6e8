"""Who decides on an excuse: a lead of the person, never that person, nor whoever answered (III.d.i)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from requests_app.domain.vocabulary import Role

# Nearest first; where all of a link are barred or away, the next is asked.
CHAIN = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
# Who leads the department decides whether asked or not; whoever is city-wide only where the chain came to them.
_LEADS = frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD})


class Link(NamedTuple):
    """The holders of one role in one department, in the order in which they are asked."""

    role: Role
    people: Sequence[int]


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides: `asked` are those it waits for, `able` maps everybody who may to the role they do it in."""

    asked: tuple[int, ...]
    able: dict[int, Role]


def deciders(links: Iterable[Link], *, absent: int, barred: Iterable[int], is_there: Callable[[int], bool]) -> Deciders:
    """Say who decides on an excuse out of somebody's absence (III.d.i).

    Nobody beside or below the absent person does: for a supervisor it is the head, for a head the city manager, for
    the city manager Human Resources. Whoever is away is passed over, unless everybody is.
    """
    found = [Link(role, tuple(people)) for role, people in links]
    own_rank = max(
        (CHAIN.index(role) for role, people in found if absent in people and role is not Role.HR), default=-1
    )
    shut_out = {absent, *barred}
    above = [
        Link(role, tuple(person for person in people if person not in shut_out))
        for role, people in found
        if CHAIN.index(role) > own_rank
    ]
    reached, asked = _first_reached(above, is_there)
    able: dict[int, Role] = {}
    for place, (role, people) in enumerate(above):
        if role in _LEADS or place <= reached:
            able.update({person: role for person in people if person not in able})
    return Deciders(asked, able)


def _first_reached(links: Sequence[Link], is_there: Callable[[int], bool]) -> tuple[int, tuple[int, ...]]:
    for may_be_away in (False, True):
        for place, link in enumerate(links):
            people = tuple(person for person in link.people if may_be_away or is_there(person))
            if people:
                return place, people
    return -1, ()
