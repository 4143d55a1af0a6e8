"""Which pages of running the service desk are whose: the one table behind the overview and its line in the rail."""

from dataclasses import dataclass

from django.utils.functional import Promise

from requests_app.domain.vocabulary import Role
from requests_app.selectors.access import Actor


@dataclass(frozen=True, slots=True)
class Duty:
    """One page that somebody keeps in order; `url` is the name of its address."""

    url: str
    label: str | Promise
    text: str | Promise
    icon: str
    roles: frozenset[Role]


DUTIES: tuple[Duty, ...] = ()


def duties_of(actor: Actor) -> list[Duty]:
    """List the duties of an actor, in the order of the table."""
    return [duty for duty in DUTIES if actor.holds(*duty.roles)]
