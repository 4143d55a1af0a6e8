"""Escalations as rules: the ladder, where one begins, and what may become of it (III.b.v.2)."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from requests_app.domain.vocabulary import Role


class Level(IntEnum):
    """The rungs of the ladder, lowest first; the independent recipient is no employee and stands outside."""

    SUPERVISOR = 1
    DEPARTMENT_HEAD = 2
    CITY_MANAGER = 3
    HUMAN_RESOURCES = 4
    INDEPENDENT = 5


class State(StrEnum):
    """What has become of one step of the chain."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    CLIMBED = "climbed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done to a step: by who received it, or by the system."""

    ACCEPT = "accept"
    SEND_BACK = "send_back"
    ANSWER = "answer"
    CLIMB = "climb"
    MOVE_ON = "move_on"
    WITHDRAW = "withdraw"


ROLE_AT: Mapping[Level, Role] = {
    Level.SUPERVISOR: Role.SUPERVISOR,
    Level.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
    Level.CITY_MANAGER: Role.CITY_MANAGER,
    Level.HUMAN_RESOURCES: Role.HR,
}
# Who records what the independent recipient says, and is never asked about a complaint against themselves.
SPEAK_FOR_INDEPENDENT = frozenset({Role.HR, Role.CITY_MANAGER})
RUNNING_STATES = frozenset({State.WAITING, State.ACCEPTED})

_POSSIBLE: Mapping[State, frozenset[Act]] = {
    State.WAITING: frozenset({Act.ACCEPT, Act.SEND_BACK, Act.CLIMB, Act.MOVE_ON, Act.WITHDRAW}),
    State.ACCEPTED: frozenset({Act.ANSWER, Act.MOVE_ON, Act.WITHDRAW}),
}


def state_of(*, accepted: bool, sent_back: bool, climbed: bool, answered: bool, withdrawn: bool) -> State:
    """Say how far a step has come, from which of its instants are there; an end counts before the acceptance."""
    ends = {
        State.ANSWERED: answered,
        State.SENT_BACK: sent_back,
        State.CLIMBED: climbed,
        State.WITHDRAWN: withdrawn,
        State.ACCEPTED: accepted,
    }
    return next((state for state, is_so in ends.items() if is_so), State.WAITING)


def may_follow(state: State, act: Act, *, is_outside: bool = False) -> bool:
    """Say whether an act is possible in a state.

    The independent recipient has nobody above, so nothing climbs from there; and what they answer may be the first
    that is heard of them.
    """
    if is_outside and act in (Act.CLIMB, Act.MOVE_ON):
        return False
    if is_outside and act is Act.ANSWER and state is State.WAITING:
        return True
    return act in _POSSIBLE.get(state, frozenset())


def first_level(roles: frozenset[Role], *, sent_back_from: int | None = None) -> Level:
    """Say where the ladder begins for a sender: above the roles they hold, and above who sent it back to them.

    Human Resources, who stand beside the departments, turn to the city manager; the manager turns to them.
    """
    start = Level.SUPERVISOR
    if Role.CITY_MANAGER in roles:
        start = Level.HUMAN_RESOURCES
    elif roles & {Role.DEPARTMENT_HEAD, Role.HR}:
        start = Level.CITY_MANAGER
    elif Role.SUPERVISOR in roles:
        start = Level.DEPARTMENT_HEAD
    return max(start, next_level(sent_back_from)) if sent_back_from else start


def next_level(level: int) -> Level:
    """Say which rung follows; above the independent recipient there is none, so it stays there."""
    return Level(min(level + 1, Level.INDEPENDENT))


def levels_from(level: int) -> list[Level]:
    """List the rungs to try, from one of them up to the last employee."""
    return [rung for rung in ROLE_AT if rung >= level]


def level_of(roles: frozenset[Role]) -> Level:
    """Say on which rung somebody stands who was chosen by name; a colleague without a lead's role on the lowest."""
    return max((level for level, role in ROLE_AT.items() if role in roles), default=Level.SUPERVISOR)
