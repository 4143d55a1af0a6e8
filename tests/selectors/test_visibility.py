"""Who may see what: one scope, a miss is a miss everywhere."""

from datetime import datetime

import pytest

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import ServiceRequest
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.visibility import requests_visible_to, visible_clocks
from tests.cast import Cast
from tests.factories import NOW, ServiceRequestFactory, concern, give_role, start_clock_row

ORDINARY, CONFIDENTIAL = Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL
IMPROPER, POLICE = Confidentiality.IMPROPER_ACTIVITY, Confidentiality.POLICE_STUB

# Hand-written from DOMAIN 4: a request of streets that nobody in the row owns.
SEEN = {
    "alice": {ORDINARY},
    "bob": {ORDINARY},
    "sam": {ORDINARY, CONFIDENTIAL},
    "dora": {ORDINARY, CONFIDENTIAL},
    "max": {ORDINARY, CONFIDENTIAL},
    "hana": {ORDINARY, CONFIDENTIAL, IMPROPER, POLICE},
    "fay": {ORDINARY},
    "ada": set(),
    "charlie": set(),
}


def sees(cast: Cast, who: str, found: ServiceRequest) -> bool:
    return requests_visible_to(actor_for_employee(getattr(cast, who))).filter(pk=found.pk).exists()


@pytest.mark.parametrize("level", list(Confidentiality))
@pytest.mark.parametrize("who", sorted(SEEN))
def test_each_role_sees_its_levels(cast: Cast, who: str, level: Confidentiality) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=level)

    assert sees(cast, who, found) is (level in SEEN[who])


@pytest.mark.parametrize("who", sorted(SEEN))
@pytest.mark.parametrize("level", list(Confidentiality))
def test_a_person_concerned_sees_nothing_whatever_the_roles(cast: Cast, who: str, level: Confidentiality) -> None:
    person = getattr(cast, who)
    for role in Role:
        if role not in (Role.OWNER,) and not person.role_assignments.filter(role=role).exists():
            give_role(person, role)
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=level, owner=person)
    concern(found, person)

    assert not sees(cast, who, found)


def test_an_owner_sees_a_confidential_request_of_their_own(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=CONFIDENTIAL, owner=cast.alice)

    assert sees(cast, "alice", found)
    assert not sees(cast, "bob", found)


def test_being_asked_for_by_name_opens_an_ordinary_request_only(cast: Cast) -> None:
    ordinary = ServiceRequestFactory.create(department=cast.streets, for_employee=cast.charlie)
    confidential = ServiceRequestFactory.create(
        department=cast.streets, for_employee=cast.charlie, confidentiality=CONFIDENTIAL
    )

    assert sees(cast, "charlie", ordinary)
    assert not sees(cast, "charlie", confidential)


def test_a_head_sees_the_divisions_below_and_a_supervisor_not_those_above(cast: Cast) -> None:
    above = ServiceRequestFactory.create(department=cast.public_works)

    assert sees(cast, "dora", above)
    assert not sees(cast, "sam", above)


def test_somebody_who_has_left_sees_nothing(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    cast.alice.is_active = False
    cast.alice.save()

    assert not sees(cast, "alice", found)


def test_clocks_follow_their_requests(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    start_clock_row(found, due_at=NOW)

    assert visible_clocks(actor_for_employee(cast.alice)).count() == 1
    assert visible_clocks(actor_for_employee(cast.charlie)).count() == 0
