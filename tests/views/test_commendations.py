"""The second screen of a compliment, and the page of commendations."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import Commendation, Employee, ServiceRequest
from tests.cast import Cast, login_of
from tests.factories import EmployeeFactory, ServiceRequestFactory

pytestmark = pytest.mark.django_db
URL = "/commendations/"


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def as_(person: Employee) -> Client:
    client = Client()
    client.force_login(login_of(person))
    return client


def drafted(cast: Cast, now: datetime, *people: Employee) -> list[Commendation]:
    found = ServiceRequestFactory.create(kind="compliment", title="Thank you all")
    return [
        Commendation.objects.create(
            service_request=found, employee=person, text=f"Thanks to {person.name}", drafted_by=cast.fay, drafted_at=now
        )
        for person in people
    ]


def test_after_a_compliment_the_desk_says_who_is_thanked(cast: Cast) -> None:
    client = as_(cast.fay)
    form = {
        "channel": "counter", "title": "Bob was so kind", "category": "Compliment or thanks",
        "for_whom": "Bob Teammate", "for_whom_id": cast.bob.pk, "submission_key": str(uuid4()),
    }  # fmt: skip
    done = client.post(reverse("log_contact"), form, follow=True)
    page = done.content.decode()
    assert "Who is thanked?" in page
    assert f'<option value="{cast.bob.pk}" selected>' in page

    found = ServiceRequest.objects.get()
    url = reverse("request_thank", args=[found.number])
    for _ in range(2):
        assert client.post(url, {"people": [cast.bob.pk]}).status_code == 302
    assert client.post(url, {}).status_code == 422
    assert Commendation.objects.get().text == "Bob was so kind"


def test_no_other_contact_asks_it(cast: Cast) -> None:
    form = {"channel": "counter", "title": "Pothole", "submission_key": str(uuid4())}
    assert "Who is thanked?" not in as_(cast.fay).post(reverse("log_contact"), form, follow=True).content.decode()


def test_who_sees_which(cast: Cast, now: datetime) -> None:
    drafted(cast, now, cast.bob, cast.charlie)
    seen = {
        who: [name for name in ("Bob Teammate", "Charlie Outsider") if f"Thanks to {name}" in page]
        for who in ("sam", "dora", "hana", "bob", "charlie", "alice", "max")
        for page in [as_(getattr(cast, who)).get(URL).content.decode()]
    }
    assert seen == {
        "sam": ["Bob Teammate"], "dora": ["Bob Teammate"], "hana": ["Bob Teammate", "Charlie Outsider"],
        "bob": ["Bob Teammate"], "charlie": ["Charlie Outsider"], "alice": [], "max": [],
    }  # fmt: skip


def test_a_draft_is_saved_given_and_then_closed_to_changes(cast: Cast, now: datetime) -> None:
    (draft,) = drafted(cast, now, cast.bob)
    client, url = as_(cast.sam), f"{URL}{draft.pk}/"
    assert client.post(url, {f"{draft.pk}-text": "", "step": "save"}).status_code == 422
    assert client.post(url, {f"{draft.pk}-text": "Well done", "step": "save"}).status_code == 302
    assert client.post(url, {f"{draft.pk}-text": "Well done!", "step": "give"}).status_code == 302
    assert client.post(url, {f"{draft.pk}-text": "Well done?", "step": "lay_aside"}).status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.text) == ("given", "Well done!")


@pytest.mark.parametrize(
    ("who", "status"), [("bob", 404), ("charlie", 404), ("fay", 404), ("dora", 302), ("hana", 302)]
)
def test_who_finishes_it(cast: Cast, now: datetime, who: str, status: int) -> None:
    (draft,) = drafted(cast, now, cast.bob)
    answer = as_(getattr(cast, who)).post(f"{URL}{draft.pk}/", {f"{draft.pk}-text": "x", "step": "give"})
    assert answer.status_code == status


def test_thirty_drafts_ask_as_much_as_three(cast: Cast, now: datetime) -> None:
    client, asked = as_(cast.sam), []
    for n in (3, 27):
        drafted(cast, now, *EmployeeFactory.create_batch(n, department=cast.streets))
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(URL)
        asked.append(len(queries))
    assert asked[0] == asked[1]
