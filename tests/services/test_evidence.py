"""What leaves evidence besides changes, and on whose behalf somebody acted."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.behalf import acts_for
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import AuditEntry, Event, RoleAssignment, ServiceRequest
from requests_app.services.events import birth_hmac
from requests_app.services.roles import give_role, take_role
from tests.cast import Cast, actor, login_of
from tests.factories import PASSWORD, ServiceRequestFactory

LOGIN = "/accounts/login/"


@pytest.fixture
def secret(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, confidentiality=Confidentiality.CONFIDENTIAL, title="A secret"
    )


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(login_of(getattr(cast, who)))
    return client


def told(*actions: str) -> list[tuple[str, int | None, int | None]]:
    rows = AuditEntry.objects.filter(action__in=actions)
    return [(row.action, row.actor_id, row.object_id) for row in rows]


def test_every_reading_of_a_restricted_request_is_recorded(cast: Cast, secret: ServiceRequest) -> None:
    sam, stranger = browser(cast, "sam"), browser(cast, "charlie")
    for _ in range(2):
        assert sam.get(secret.get_absolute_url()).status_code == 200
    assert stranger.get(secret.get_absolute_url()).status_code == 404
    assert told("restricted_read") == [("restricted_read", cast.sam.pk, secret.pk)] * 2


def test_a_refused_form_on_a_restricted_request_shows_it_and_is_recorded(cast: Cast, secret: ServiceRequest) -> None:
    answer = browser(cast, "sam").post(reverse("request_note", args=[secret.number]), {})
    assert answer.status_code == 422
    assert told("restricted_read") == [("restricted_read", cast.sam.pk, secret.pk)]


def test_reading_an_ordinary_request_leaves_no_trace(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    browser(cast, "sam").get(found.get_absolute_url())
    assert told("restricted_read") == []


@pytest.mark.parametrize("name", ["request_list", "compliance_contacts"])
def test_each_restricted_request_in_a_file_is_recorded(cast: Cast, secret: ServiceRequest, name: str) -> None:
    ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    hana = browser(cast, "hana")
    hana.get(reverse(name), {"format": "csv", "from": "2026-11-01", "to": "2026-11-30"})
    assert told("restricted_exported") == [("restricted_exported", cast.hana.pk, secret.pk)]
    assert AuditEntry.objects.get(action="exported").count == 2


def test_signing_in_and_out_is_recorded(cast: Cast) -> None:
    client = Client()
    client.post(LOGIN, {"login": cast.alice.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    login = login_of(cast.alice)
    assert told("signed_in", "signed_out") == [
        ("signed_in", cast.alice.pk, login.pk),
        ("signed_out", cast.alice.pk, login.pk),
    ]


@pytest.mark.parametrize("typed", ["alice@pinole.example", "Alice@Pinole.example", "nobody@pinole.example"])
def test_a_failed_sign_in_is_recorded_without_what_was_typed(cast: Cast, typed: str) -> None:
    Client().post(LOGIN, {"login": typed, "password": "a-wrong-password-of-hers"})
    entry = AuditEntry.objects.get(action="sign_in_failed")
    is_hers = typed.lower() == cast.alice.email
    assert (entry.actor_id, entry.object_id) == (None, login_of(cast.alice).pk if is_hers else None)
    assert set(entry.fields) == {"email"}
    kept = str(AuditEntry.objects.filter(pk=entry.pk).values().get())
    assert [word for word in ("wrong-password", "pinole.example") if word in kept] == []


def test_a_login_that_cannot_be_typed_is_recorded_too(cast: Cast) -> None:
    for typed in ("a\0@pinole.example", ""):
        Client().post(LOGIN, {"login": typed, "password": "x"})
    assert {object_id for _, _, object_id in told("sign_in_failed")} <= {None}


def test_a_role_given_and_taken_leaves_evidence_once(cast: Cast, now: datetime) -> None:
    ada = actor(cast.ada)
    for _ in range(2):
        assignment = give_role(
            employee_id=cast.bob.pk, role=Role.SUPERVISOR, department_id=cast.streets.pk, actor=ada, at=now
        )
    for _ in range(2):
        take_role(assignment_id=assignment.pk, actor=ada, at=now)
    assert told("role_given", "role_taken") == [
        ("role_given", cast.ada.pk, cast.bob.pk),
        ("role_taken", cast.ada.pk, cast.bob.pk),
    ]
    assert not RoleAssignment.objects.filter(pk=assignment.pk).exists()


@pytest.mark.parametrize(("who", "for_owner"), [("fay", True), ("sam", True), ("bob", True), ("alice", False)])
def test_who_does_the_owners_work_acts_on_the_owners_behalf(cast: Cast, who: str, for_owner: bool) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    client = browser(cast, who)
    form = {"channel": "phone", "text": "On Friday.", "outcome": "no_answer", "submission_key": str(uuid4())}
    client.post(reverse("request_attempt", args=[found.number]), form)
    client.post(reverse("request_note", args=[found.number]), {"text": "Mine", "submission_key": str(uuid4())})

    owner = cast.alice.pk if for_owner else None
    attempted, noted = Event.objects.get(kind="attempted"), Event.objects.get(kind="noted")
    assert (attempted.actor, attempted.on_behalf_of_id) == (getattr(cast, who), owner)
    assert noted.on_behalf_of_id is None
    entry = AuditEntry.objects.get(action="attempted")
    assert entry.on_behalf_of_id == owner
    assert entry.birth_hmac == birth_hmac(entry)
    said = "for Alice Owner" in client.get(found.get_absolute_url()).content.decode()
    assert said is for_owner


def test_nobody_acts_for_an_owner_there_is_not_nor_does_the_system() -> None:
    assert acts_for(EventKind.ANSWERED, actor_id=1, owner_id=None) is None
    assert acts_for(EventKind.ANSWERED, actor_id=None, owner_id=2) is None
    assert acts_for(EventKind.EXCUSED, actor_id=1, owner_id=2) is None
