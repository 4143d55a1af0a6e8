"""The page of a complaint says what is owed to whom it is about, to whoever may read it and nobody else."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Complaint, FairnessStep, ServiceRequest
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, concern

pytestmark = pytest.mark.django_db
STATEMENT = "I was polite to everybody that day."


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def complaint(cast: Cast) -> ServiceRequest:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.sam, kind="complaint", status="open", confidentiality="confidential"
    )
    Complaint.objects.create(service_request=found)
    concern(found, cast.bob)
    return found


def typed(cast: Cast, **facts: object) -> dict[str, object]:
    return {"person": cast.bob.pk, "kind": "statement", "on": "2026-11-23", "by": "", "text": STATEMENT, **facts}


def test_a_step_is_recorded_and_the_rest_stays_listed_as_owed(
    client: Client, cast: Cast, complaint: ServiceRequest
) -> None:
    client.force_login(login_of(cast.sam))
    url = reverse("request_keep_fair", args=[complaint.number])
    for _ in range(2):
        assert client.post(url, typed(cast)).status_code == 302

    page = client.get(complaint.get_absolute_url()).content.decode()
    assert page.count(STATEMENT) == 1
    assert page.count("still owed</span>") == 3
    assert FairnessStep.objects.get().by == cast.sam


def test_a_statement_without_words_is_asked_for_and_what_was_typed_is_kept(
    client: Client, cast: Cast, complaint: ServiceRequest
) -> None:
    client.force_login(login_of(cast.sam))
    answer = client.post(reverse("request_keep_fair", args=[complaint.number]), typed(cast, text=""))
    assert answer.status_code == 422
    assert "Write what the person said" in answer.content.decode()
    assert 'value="2026-11-23"' in answer.content.decode()
    assert not FairnessStep.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("sam", 302), ("dora", 302), ("max", 302), ("hana", 302), ("bob", 404), ("alice", 404), ("fay", 404)],
)
def test_who_records_a_step(client: Client, cast: Cast, complaint: ServiceRequest, who: str, status: int) -> None:
    client.force_login(login_of(getattr(cast, who)))
    assert client.post(reverse("request_keep_fair", args=[complaint.number]), typed(cast)).status_code == status


def test_an_ordinary_request_offers_no_such_step(client: Client, cast: Cast) -> None:
    pothole = ServiceRequestFactory.create(department=cast.streets, owner=cast.sam)
    client.force_login(login_of(cast.sam))
    assert "keep-fair" not in client.get(pothole.get_absolute_url()).content.decode()
