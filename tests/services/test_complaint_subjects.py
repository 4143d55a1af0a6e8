"""Whom a complaint is about: out of it at once, and it goes to somebody it is not about (DOMAIN 3, DOMAIN 4)."""

from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality, Involvement, RequestKind, Status
from requests_app.models import AuditEntry, Employee, Notice, OutgoingMail, ServiceRequest
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.choices import change_choices
from requests_app.services.complaint_subjects import name_at_intake
from requests_app.services.confidentiality import name_person
from requests_app.services.consultations import ask_colleague
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern

pytestmark = pytest.mark.django_db
CONCERNED, MENTIONED = Involvement.CONCERNED, Involvement.MENTIONED


@pytest.fixture
def complaint(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, kind=RequestKind.COMPLAINT, status=Status.OPEN
    )


def intake(
    found: ServiceRequest, people: list[Employee], by: Employee, at: datetime, how: Involvement = CONCERNED
) -> ServiceRequest:
    ids = [person.pk for person in people]
    return name_at_intake(request_id=found.pk, employee_ids=ids, involvement=how, actor=actor(by), at=at)


def sees(who: Employee, found: ServiceRequest) -> bool:
    return requests_visible_to(actor(who)).filter(pk=found.pk).exists()


def test_the_front_desk_names_people_and_it_is_confidential_from_then_on(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    for _ in range(2):
        named = intake(complaint, [cast.bob, cast.charlie], cast.fay, now)

    assert named.confidentiality == Confidentiality.CONFIDENTIAL
    assert [subject.employee for subject in complaint.subjects.order_by("employee__name")] == [cast.bob, cast.charlie]
    assert complaint.events.filter(kind="person_named").count() == 2
    assert complaint.events.get(kind="restricted").text == "Confidential. It is about somebody."
    assert AuditEntry.objects.filter(action="person_named", object_id=complaint.pk, actor=cast.fay).count() == 2
    assert [sees(who, complaint) for who in (cast.bob, cast.charlie, cast.fay)] == [False] * 3
    assert sees(cast.alice, complaint)  # it is hers, and not about her


def test_a_mention_changes_nothing_else(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    named = intake(complaint, [cast.alice], cast.fay, now, MENTIONED)

    assert (named.owner, named.confidentiality) == (cast.alice, Confidentiality.ORDINARY)
    assert complaint.subjects.get().involvement == MENTIONED
    assert sees(cast.alice, complaint)


def test_it_only_adds_and_human_resources_corrects(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    intake(complaint, [cast.sam], cast.fay, now, MENTIONED)
    intake(complaint, [cast.sam], cast.alice, now)
    intake(complaint, [cast.sam], cast.alice, now, MENTIONED)
    assert complaint.subjects.get().involvement == CONCERNED

    name_person(
        request_id=complaint.pk, employee_id=cast.sam.pk, involvement=MENTIONED, reason="The other Sam was meant",
        actor=actor(cast.hana), at=now,
    )  # fmt: skip

    assert sees(cast.sam, complaint)
    assert AuditEntry.objects.filter(action="person_named", object_id=complaint.pk).count() == 3


def test_the_owner_it_is_about_hands_it_to_the_supervisor_who_is_told(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    named = intake(complaint, [cast.alice], cast.fay, now)

    assert named.owner == cast.sam
    assert complaint.events.get(kind="given").actor is None
    assert Notice.objects.get(recipient=cast.sam, kind="assigned").service_request == complaint
    neutral = Notice.objects.get(recipient=cast.alice)
    assert (neutral.kind, neutral.service_request) == ("relieved", None)
    assert neutral.text == f"{complaint.number} is with somebody else now. You need not do anything."
    assert not sees(cast.alice, complaint)


@pytest.mark.parametrize(
    ("owner", "others", "expected"),
    [
        ("alice", ["sam"], "dora"),
        ("alice", ["sam", "dora"], "hana"),
        ("sam", [], "dora"),
        ("dora", [], "hana"),  # nobody is put over their own head of department
        ("dora", ["max"], "hana"),
        ("hana", [], "max"),
        ("max", [], "hana"),
        ("alice", ["hana"], "max"),
        ("hana", ["max"], None),
        ("alice", ["hana", "max"], None),
    ],
)
def test_it_goes_to_the_nearest_who_is_not_concerned(
    cast: Cast, complaint: ServiceRequest, now: datetime, owner: str, others: list[str], expected: str | None
) -> None:
    ServiceRequest.objects.filter(pk=complaint.pk).update(owner=getattr(cast, owner))

    named = intake(complaint, [getattr(cast, who) for who in [owner, *others]], cast.fay, now)

    assert named.owner == (getattr(cast, expected) if expected else None)
    assert named.department == cast.streets
    if named.owner:
        assert sees(named.owner, named)


def test_improper_activity_of_human_resources_goes_to_the_city_manager(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    ServiceRequest.objects.filter(pk=complaint.pk).update(confidentiality=Confidentiality.IMPROPER_ACTIVITY, owner=None)

    assert intake(complaint, [cast.hana], cast.fay, now).owner == cast.max


def test_what_nobody_inside_may_decide_is_told_outside_by_number_only(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    typed = {"independent_recipient_name": "The mayor", "independent_recipient_email": "mayor@pinole.example"}
    change_choices(typed, actor=actor(cast.ada), at=now)
    ServiceRequest.objects.filter(pk=complaint.pk).update(owner=cast.hana)

    intake(complaint, [cast.hana, cast.max], cast.fay, now)

    mail = OutgoingMail.objects.get(to_address="mayor@pinole.example")
    assert complaint.number in mail.subject
    assert complaint.title not in mail.subject + mail.body
    assert "Please call City Clerk" in mail.body
    findings = [finding for finding in watchdog_findings(now) if "nobody inside the City may decide" in finding]
    assert findings == ["Requests that nobody inside the City may decide; ask the independent recipient: 1"]


def test_whoever_was_asked_is_no_longer(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    ask_colleague(request_id=complaint.pk, employee_id=cast.charlie.pk, question="?", actor=actor(cast.alice), at=now)

    intake(complaint, [cast.charlie], cast.alice, now)

    assert not complaint.consultations.filter(ended_at__isnull=True).exists()
    assert not Notice.objects.filter(recipient=cast.charlie).exists()


def test_who_it_is_about_names_nobody_and_what_is_no_complaint_names_nobody(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    concern(complaint, cast.alice)
    pothole = ServiceRequestFactory.create(department=cast.streets)
    for found, by, refusal in (
        (complaint, cast.alice, Refusal.ROLE),
        (complaint, cast.charlie, Refusal.ROLE),
        (pothole, cast.fay, Refusal.NOT_A_COMPLAINT),
    ):
        with pytest.raises(ActionRefused) as refused:
            intake(found, [cast.bob], by, now)
        assert refused.value.refusal is refusal
    assert complaint.subjects.count() == 1
