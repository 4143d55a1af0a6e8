"""The ladder of escalation and what may become of a step, to exhaustion: no database."""

from itertools import combinations, product

import pytest

from requests_app.domain.escalations import (
    ROLE_AT,
    RUNNING_STATES,
    Act,
    Level,
    State,
    first_level,
    level_of,
    levels_from,
    may_follow,
    next_level,
    state_of,
)
from requests_app.domain.vocabulary import Role

LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
EVERY_SET = [frozenset(chosen) for n in range(len(LEADS) + 1) for chosen in combinations(LEADS, n)]

# Written by hand from III.b.v.2: state, then what may be done with a step inside the city, and with one outside.
POSSIBLE = {
    State.WAITING: ("accept send_back climb move_on withdraw", "accept send_back answer withdraw"),
    State.ACCEPTED: ("answer move_on withdraw", "answer withdraw"),
    State.SENT_BACK: ("", ""),
    State.CLIMBED: ("", ""),
    State.ANSWERED: ("", ""),
    State.WITHDRAWN: ("", ""),
}


@pytest.mark.parametrize(("state", "act", "is_outside"), list(product(State, Act, (False, True))))
def test_what_may_be_done_in_each_state(state: State, act: Act, is_outside: bool) -> None:
    assert may_follow(state, act, is_outside=is_outside) == (act in POSSIBLE[state][is_outside].split())


def test_it_climbs_only_while_nobody_accepted_it() -> None:
    assert [state for state in State if may_follow(state, Act.CLIMB)] == [State.WAITING]


def test_every_combination_of_instants_has_one_state() -> None:
    names = ("accepted", "sent_back", "climbed", "answered", "withdrawn")
    for given in product((False, True), repeat=len(names)):
        facts = dict(zip(names, given, strict=True))
        state = state_of(**facts)
        ended = any(facts[name] for name in names[1:])
        assert (state in RUNNING_STATES) != ended
        assert state is State.WAITING or facts[state.value]


@pytest.mark.parametrize("roles", EVERY_SET, ids=lambda roles: "+".join(sorted(roles)) or "none")
def test_the_ladder_never_begins_at_or_below_the_sender(roles: frozenset[Role]) -> None:
    start = first_level(roles)
    if Role.CITY_MANAGER in roles:
        assert start is Level.HUMAN_RESOURCES
    elif roles & {Role.DEPARTMENT_HEAD, Role.HR}:
        assert start is Level.CITY_MANAGER
    else:
        assert start is (Level.DEPARTMENT_HEAD if Role.SUPERVISOR in roles else Level.SUPERVISOR)


@pytest.mark.parametrize(("roles", "level"), list(product(EVERY_SET, Level)))
def test_what_was_sent_back_goes_above_who_sent_it_back(roles: frozenset[Role], level: Level) -> None:
    start = first_level(roles, sent_back_from=level)
    assert start >= first_level(roles)
    assert start > level or start is Level.INDEPENDENT


def test_each_rung_follows_the_one_below_and_the_last_has_none_above() -> None:
    assert [next_level(level) for level in Level] == [2, 3, 4, 5, 5]


def test_the_rungs_to_try_go_up_to_human_resources() -> None:
    assert levels_from(Level.SUPERVISOR) == list(ROLE_AT) == [1, 2, 3, 4]
    assert levels_from(Level.HUMAN_RESOURCES) == [4]
    assert levels_from(Level.INDEPENDENT) == []


@pytest.mark.parametrize("roles", EVERY_SET, ids=lambda roles: "+".join(sorted(roles)) or "none")
def test_a_chosen_person_stands_on_the_highest_rung_they_hold(roles: frozenset[Role]) -> None:
    assert level_of(roles) == max((level for level, role in ROLE_AT.items() if role in roles), default=1)
    assert level_of(roles | {Role.STAFF, Role.FRONT_DESK, Role.RECORDS_CLERK}) == level_of(roles)
