"""Restricting a request, and naming whom it is about, shuts people out in the same step (DOMAIN 4)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality, Involvement
from requests_app.models import AuditEntry, Employee, Notice, OutgoingMail, RecordsLink, ServiceRequest
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.assignments import give_request
from requests_app.services.confidentiality import name_person, set_confidentiality
from requests_app.services.consultations import ask_colleague
from requests_app.services.records_links import link_to_records_request
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, start_clock_row

CONFIDENTIAL, IMPROPER = Confidentiality.CONFIDENTIAL, Confidentiality.IMPROPER_ACTIVITY


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)


def restrict(found: ServiceRequest, level: Confidentiality, by: Employee, at: datetime) -> ServiceRequest:
    return set_confidentiality(request_id=found.pk, level=level, reason="It says so", actor=actor(by), at=at)


def name(found: ServiceRequest, who: Employee, how: Involvement | None, cast: Cast, at: datetime) -> ServiceRequest:
    hana = actor(cast.hana)
    return name_person(
        request_id=found.pk, employee_id=who.pk, involvement=how, reason="She wrote it", actor=hana, at=at
    )


def sees(who: Employee, found: ServiceRequest) -> bool:
    return requests_visible_to(actor(who)).filter(pk=found.pk).exists()


def test_a_supervisor_makes_it_confidential_and_who_was_asked_is_out_of_it(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    ask_colleague(request_id=pothole.pk, employee_id=cast.charlie.pk, question="?", actor=actor(cast.alice), at=now)

    for _ in range(2):
        restrict(pothole, CONFIDENTIAL, cast.sam, now)

    assert [sees(who, pothole) for who in (cast.bob, cast.fay, cast.charlie)] == [False] * 3
    assert sees(cast.alice, pothole)  # she owns it
    assert pothole.events.filter(kind="restricted").get().text == "Confidential. It says so"
    assert AuditEntry.objects.filter(action="restricted", object_id=pothole.pk, actor=cast.sam).count() == 1
    assert not OutgoingMail.objects.filter(recipient=cast.charlie).exists()  # it was not sent yet


@pytest.mark.parametrize(
    ("who", "level"), [("alice", CONFIDENTIAL), ("fay", CONFIDENTIAL), ("sam", IMPROPER), ("max", IMPROPER)]
)
def test_who_may_not_set_a_level(
    cast: Cast, pothole: ServiceRequest, now: datetime, who: str, level: Confidentiality
) -> None:
    with pytest.raises(ActionRefused) as refused:
        restrict(pothole, level, getattr(cast, who), now)

    assert refused.value.refusal is Refusal.ROLE
    pothole.refresh_from_db()
    assert pothole.confidentiality == Confidentiality.ORDINARY


def test_improper_activity_goes_to_human_resources_and_only_they_make_it_less(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    start_clock_row(pothole, due_at=now + timedelta(days=1))

    moved = restrict(pothole, IMPROPER, cast.hana, now)

    assert (moved.owner, moved.department and moved.department.slug) == (None, "human-resources")
    notice = Notice.objects.get(recipient=cast.alice, kind="relieved")
    assert notice.text == f"{pothole.number} is with somebody else now. You need not do anything."
    assert notice.service_request is None
    with pytest.raises(ActionRefused):
        restrict(pothole, Confidentiality.ORDINARY, cast.max, now)
    assert restrict(pothole, Confidentiality.ORDINARY, cast.hana, now).confidentiality == Confidentiality.ORDINARY


def test_improper_activity_is_given_to_nobody_outside_human_resources(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=IMPROPER)

    with pytest.raises(ActionRefused) as refused:
        give_request(
            request_id=pothole.pk, owner_id=cast.bob.pk, department_id=None, note="", actor=actor(cast.sam), at=now
        )

    assert refused.value.refusal is Refusal.PERSON_MAY_NOT_READ


def test_who_is_concerned_loses_it_at_once_and_hears_nothing_of_why(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    other = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    for late in (pothole, other):
        ServiceRequest.objects.filter(pk=late.pk).update(received_at=now - timedelta(days=4))
        start_clock_row(ServiceRequest.objects.get(pk=late.pk), due_at=now - timedelta(days=3))
    fire_due_stages(now=now - timedelta(days=3, hours=6))
    mail = OutgoingMail.objects.get(recipient=cast.alice)
    assert pothole.number in mail.body

    for _ in range(2):
        name(pothole, cast.alice, Involvement.CONCERNED, cast, now)

    pothole.refresh_from_db()
    mail.refresh_from_db()
    assert pothole.owner == cast.sam
    assert not sees(cast.alice, pothole)
    assert pothole.number not in mail.body
    assert other.number in mail.body
    assert not Notice.objects.filter(recipient=cast.alice, service_request=pothole).exists()
    neutral = OutgoingMail.objects.get(recipient=cast.alice, notices__kind="relieved")
    assert "You need not do anything." in neutral.body
    assert "concern" not in neutral.body.lower() + neutral.subject.lower()
    assert pothole.events.filter(kind="person_named").count() == 1


def test_a_wrong_naming_is_taken_back_and_both_stay_on_record(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    name(pothole, cast.bob, Involvement.CONCERNED, cast, now)
    name(pothole, cast.bob, Involvement.MENTIONED, cast, now)
    assert sees(cast.bob, pothole)

    name(pothole, cast.bob, None, cast, now)

    assert not pothole.subjects.exists()
    assert AuditEntry.objects.filter(action="person_named", object_id=pothole.pk).count() == 3


def test_human_resources_opens_a_confidential_request_to_the_clerk_by_linking_it(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    records = ServiceRequestFactory.create(department=cast.streets, kind="records")
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=CONFIDENTIAL)
    asked: dict[str, Any] = {"request_id": records.pk, "number": pothole.number, "at": now}
    with pytest.raises(ActionRefused) as refused:  # to the clerk it is not there
        link_to_records_request(**asked, actor=actor(cast.cleo))
    assert refused.value.refusal is Refusal.MERGE_TARGET_UNKNOWN

    for _ in range(2):
        link_to_records_request(**asked, actor=actor(cast.hana))

    assert sees(cast.cleo, pothole)
    assert RecordsLink.objects.count() == 1
    assert records.events.filter(kind="records_linked").count() == 1
    with pytest.raises(ActionRefused) as refused:
        link_to_records_request(request_id=pothole.pk, number=records.number, actor=actor(cast.hana), at=now)
    assert refused.value.refusal is Refusal.NOT_A_RECORDS_REQUEST
