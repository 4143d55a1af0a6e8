import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Employee
from requests_app.selectors.people import suggest_people
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(login_of(cast.ada))
    return client


def leave(client: Client, employee: Employee, **typed: object) -> tuple[int, str]:
    answer = client.post(reverse("person_leave", args=[employee.pk]), {"left_on": "2026-11-23", "to": "queue", **typed})
    return answer.status_code, answer.content.decode()


def test_leaving_is_shown_first_then_done_once(cast: Cast, ada: Client) -> None:
    request = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole on Pear")
    status, shown = leave(ada, cast.alice, **{f"to_{request.pk}": str(cast.bob.pk)})
    request.refresh_from_db()
    assert (status, request.owner) == (200, cast.alice)
    assert "Bob Teammate" in shown
    confirm = re.search(r'name="confirm" value="(\w+)"', shown)
    assert confirm
    done = {f"to_{request.pk}": str(cast.bob.pk), "confirm": confirm[1]}
    first, second = (leave(ada, cast.alice, **done)[0] for _ in range(2))
    request.refresh_from_db()
    assert (first, second, request.owner) == (302, 409, cast.bob)
    assert suggest_people("Alice") == []


def test_an_administrator_is_told_how_much_there_is_and_nothing_of_what(cast: Cast, ada: Client) -> None:
    ordinary = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole on Pear")
    secret = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, title="Theft", confidentiality=Confidentiality.CONFIDENTIAL
    )
    text = ada.get(reverse("person_leave", args=[cast.alice.pk])).content.decode()
    assert ordinary.number in text
    assert "Pothole on Pear" not in text
    assert secret.number not in text
    assert "1 of them is confidential" in text


def test_a_day_to_come_and_a_person_left_out_are_told_beside_their_field(cast: Cast, ada: Client) -> None:
    status, text = leave(ada, cast.alice, left_on="2099-01-01", to="person")
    assert status == 422
    assert "Record it on the day" in text
    assert "Choose the person who takes over" in text


def test_somebody_who_left_comes_back_from_their_page(cast: Cast, ada: Client, now: datetime) -> None:
    _, shown = leave(ada, cast.alice)
    confirm = re.search(r'name="confirm" value="(\w+)"', shown)
    leave(ada, cast.alice, confirm=confirm[1] if confirm else "")
    page = ada.get(cast.alice.get_absolute_url()).content.decode()
    assert "Left on 23 Nov 2026" in page
    answer = ada.post(reverse("person_came_back", args=[cast.alice.pk]), {"with_access": "on"}, follow=True)
    assert "Alice Owner works here again" in answer.content.decode()
    assert login_of(cast.alice).is_active
