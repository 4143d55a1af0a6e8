"""Who decides on an excuse: nearest lead first, never the absent person, nobody beside or below them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.excusals import CHAIN, Link, deciders
from requests_app.domain.vocabulary import Role

ALICE, SAM, SUE, DORA, MAX, HANA = range(1, 7)
NAMES = {"alice": ALICE, "sam": SAM, "sue": SUE, "dora": DORA, "max": MAX, "hana": HANA}
LINKS = [
    Link(Role.SUPERVISOR, [SAM, SUE]),
    Link(Role.DEPARTMENT_HEAD, [DORA]),
    Link(Role.CITY_MANAGER, [MAX]),
    Link(Role.HR, [HANA]),
]


def ids(names: str) -> set[int]:
    return {NAMES[name] for name in names.split()}


@pytest.mark.parametrize(
    ("absent", "barred", "away", "asked", "able"),
    [
        ("alice", "", "", "sam sue", "sam sue dora"),
        ("alice", "sam", "", "sue", "sue dora"),
        ("alice", "", "sam", "sue", "sam sue dora"),
        ("alice", "", "sam sue", "dora", "sam sue dora"),
        ("alice", "sam sue", "", "dora", "dora"),
        ("alice", "sam sue", "dora", "max", "dora max"),
        ("alice", "sam sue dora", "", "max", "max"),
        ("alice", "sam sue dora max", "", "hana", "hana"),
        ("sam", "", "", "dora", "dora"),  # a supervisor beside them decides nothing
        ("dora", "", "", "max", "max"),
        ("max", "", "", "hana", "hana"),
        ("hana", "", "", "sam sue", "sam sue dora"),
        ("alice", "", "sam sue dora max hana", "sam sue", "sam sue dora"),  # everybody away: the nearest all the same
        ("max", "hana", "", "", ""),
    ],
)
def test_who_decides(absent: str, barred: str, away: str, asked: str, able: str) -> None:
    found = deciders(LINKS, absent=NAMES[absent], barred=ids(barred), is_there=lambda person: person not in ids(away))
    assert set(found.asked) == ids(asked)
    assert set(found.able) == ids(able)


PEOPLE = st.integers(1, 6)
CHAINS = st.lists(st.builds(Link, st.sampled_from(CHAIN), st.lists(PEOPLE, max_size=4, unique=True)), max_size=7).map(
    lambda links: sorted(links, key=lambda link: CHAIN.index(link.role))
)


@given(CHAINS, PEOPLE, st.sets(PEOPLE), st.sets(PEOPLE))
def test_nobody_decides_on_their_own_absence_or_answer_whatever_roles_they_hold(
    links: list[Link], absent: int, barred: set[int], away: set[int]
) -> None:
    found = deciders(links, absent=absent, barred=barred, is_there=lambda person: person not in away)

    assert not {absent, *barred} & {*found.able, *found.asked}
    assert set(found.asked) <= set(found.able)
    for person, role in found.able.items():
        assert any(link.role is role and person in link.people for link in links)


@given(CHAINS, PEOPLE, st.sets(PEOPLE), st.sets(PEOPLE))
def test_whoever_may_decide_is_never_beside_or_below_the_absent_person(
    links: list[Link], absent: int, barred: set[int], away: set[int]
) -> None:
    found = deciders(links, absent=absent, barred=barred, is_there=lambda person: person not in away)

    own = [CHAIN.index(link.role) for link in links if absent in link.people and link.role is not Role.HR]
    assert all(CHAIN.index(role) > max(own, default=-1) for role in found.able.values())


@given(CHAINS, PEOPLE, st.sets(PEOPLE), st.sets(PEOPLE))
def test_a_proposal_waits_for_somebody_wherever_somebody_may_decide(
    links: list[Link], absent: int, barred: set[int], away: set[int]
) -> None:
    found = deciders(links, absent=absent, barred=barred, is_there=lambda person: person not in away)

    assert bool(found.asked) == bool(found.able)
