"""Who may see what: one scope, a miss is a miss everywhere."""

from datetime import datetime

import pytest

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Consultation, Department, RecordsLink, ServiceRequest
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.search import matching
from requests_app.selectors.visibility import (
    is_masked,
    requests_stubbed_for,
    requests_visible_to,
    visible_clocks,
    visible_interactions,
)
from requests_app.services.answers import add_note
from requests_app.services.choices import change_choice
from tests.cast import Cast, actor
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, concern, give_role, start_clock_row

ORDINARY, CONFIDENTIAL = Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL
IMPROPER, POLICE = Confidentiality.IMPROPER_ACTIVITY, Confidentiality.POLICE_STUB

# Hand-written from DOMAIN 4: a request of streets that nobody in the row owns.
SEEN = {
    "alice": {ORDINARY},
    "bob": {ORDINARY},
    "sam": {ORDINARY, CONFIDENTIAL},
    "dora": {ORDINARY, CONFIDENTIAL},
    "max": {ORDINARY, CONFIDENTIAL, IMPROPER},
    "hana": {ORDINARY, CONFIDENTIAL, IMPROPER, POLICE},
    "fay": {ORDINARY},
    "ada": set(),
    "charlie": set(),
    "cleo": {ORDINARY},
    "otto": {ORDINARY},  # masked
    "lena": set(),
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
        if role not in (Role.OWNER, Role.CONSULTED) and not person.role_assignments.filter(role=role).exists():
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


def test_the_police_command_reads_what_was_handed_over_to_it(cast: Cast) -> None:
    police = Department.objects.get(slug="police")
    chief = EmployeeFactory.create(name="Chief", department=police)
    give_role(chief, Role.DEPARTMENT_HEAD, police)
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=POLICE)

    assert requests_visible_to(actor(chief)).filter(pk=found.pk).exists()
    assert not sees(cast, "dora", found)


@pytest.mark.parametrize("level", list(Confidentiality))
def test_being_asked_opens_a_request_until_the_asking_ends(cast: Cast, now: datetime, level: Confidentiality) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=level)
    asked = Consultation.objects.create(service_request=found, employee=cast.lena, asked_by=cast.hana, at=now)

    assert sees(cast, "lena", found)
    concern(found, cast.lena)
    assert not sees(cast, "lena", found)
    found.subjects.all().delete()
    asked.ended_at = now
    asked.save()
    assert not sees(cast, "lena", found)


@pytest.mark.parametrize("level", list(Confidentiality))
def test_an_open_records_request_opens_what_is_linked_to_it_to_the_clerk(
    cast: Cast, now: datetime, level: Confidentiality
) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=level)
    records = ServiceRequestFactory.create(department=cast.streets, kind="records")
    RecordsLink.objects.create(records_request=records, service_request=found, linked_by=cast.hana, at=now)

    assert sees(cast, "cleo", found) is (level in (ORDINARY, CONFIDENTIAL))
    assert sees(cast, "bob", found) is (level == ORDINARY)
    records.status, records.closed_at, records.disposition = "closed", now, "done"
    records.save()
    assert sees(cast, "cleo", found) is (level == ORDINARY)


def test_the_city_may_let_its_staff_read_every_department_without_its_notes(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    add_note(request_id=found.pk, text="Among us", actor=actor(cast.alice), at=now)
    assert not sees(cast, "charlie", found)

    change_choice("staff_reads_city_wide", value=True, actor=actor(cast.ada), at=now)

    assert sees(cast, "charlie", found)
    assert not visible_interactions(actor(cast.charlie), found).exists()
    assert visible_interactions(actor(cast.bob), found).exists()
    restricted = ServiceRequestFactory.create(department=cast.streets, confidentiality=CONFIDENTIAL)
    assert not sees(cast, "charlie", restricted)


def test_the_administrators_role_opens_no_note_to_a_front_desk(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    add_note(request_id=found.pk, text="Among us", actor=actor(cast.alice), at=now)
    give_role(cast.fay, Role.ADMINISTRATOR)

    assert not visible_interactions(actor(cast.fay), found).exists()


def test_an_auditor_sees_an_ordinary_request_masked_unless_another_role_reads_it(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, search_text="pothole pear street")
    otto = actor(cast.otto)
    assert is_masked(otto, found)
    assert not requests_visible_to(otto).filter(matching("pear street", actor=otto)).exists()
    assert requests_visible_to(otto).filter(matching(found.number, actor=otto)).exists()

    give_role(cast.otto, Role.STAFF, cast.streets)

    assert not is_masked(actor(cast.otto), found)
    assert requests_visible_to(otto).filter(matching("pear street", actor=actor(cast.otto))).exists()


STUBBED = {"fay": {CONFIDENTIAL, IMPROPER, POLICE}, "max": {POLICE}}


@pytest.mark.parametrize("level", list(Confidentiality))
@pytest.mark.parametrize("who", sorted(SEEN))
def test_only_the_front_desk_gets_a_stub_and_the_city_manager_of_a_police_complaint(
    cast: Cast, who: str, level: Confidentiality
) -> None:
    person = getattr(cast, who)
    found = ServiceRequestFactory.create(department=cast.streets, confidentiality=level)

    assert requests_stubbed_for(actor(person)).filter(pk=found.pk).exists() is (level in STUBBED.get(who, set()))
    concern(found, person)
    assert not requests_stubbed_for(actor(person)).exists()
