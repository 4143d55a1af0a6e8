import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee
from tests.cast import Cast, login_of
from tests.factories import EmployeeFactory, give_role


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(login_of(cast.ada))
    return client


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    return b"".join(answer).decode()


PEOPLE = "/directory/people/"


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("q=bo+team", "Bob Teammate", "Alice Owner"),
        ("q=alice%40pinole", "Alice Owner", "Bob Teammate"),
        ("role=supervisor", "Sam Supervisor", "Bob Teammate"),
        ("department={public_works}", "Bob Teammate", "Charlie Outsider"),
        ("standing=left", "Gus Gone", "Bob Teammate"),
        ("standing=without_login", "Vera Volunteer", "Bob Teammate"),
    ],
)
def test_the_list_is_narrowed_and_so_is_its_file(
    cast: Cast, ada: Client, query: str, found: str, not_found: str
) -> None:
    EmployeeFactory.create(name="Gus Gone", is_active=False, left_on=date(2026, 10, 1))
    EmployeeFactory.create(name="Vera Volunteer", employment="volunteer", email="")
    query = query.format(public_works=cast.public_works.pk)
    for text in (text_of(ada, f"{PEOPLE}?{query}"), text_of(ada, f"{PEOPLE}?{query}&format=csv")):
        assert found in text
        assert not_found not in text


def test_the_list_asks_as_much_for_many_people_as_for_few(cast: Cast, ada: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ada.get(PEOPLE)
        return len(asked)

    queries()  # the first visit notes the sign-in
    few = queries()
    for _ in range(20):
        give_role(EmployeeFactory.create(), Role.STAFF)
    assert queries() == few


def test_a_person_is_added_with_a_work_pattern_and_shown_in_words(cast: Cast, ada: Client) -> None:
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "8:00-17:00")
    typed = {
        "name": "Neo Newcomer", "department": cast.finance.pk, "employment": "contractor", "languages": ["es", "tl"],
        "day_off": "2026-11-27", **week,
    }  # fmt: skip
    answer = ada.post(reverse("person_new"), typed, follow=True)
    text = answer.content.decode()
    assert "Mon–Fri 8:00–17:00, every other Friday off" in text
    assert "Spanish, Tagalog" in text
    again = ada.get(reverse("person_edit", args=[Employee.objects.get(name="Neo Newcomer").pk])).content.decode()
    assert 'value="8:00–17:00"' in again
    assert 'value="2026-11-27"' in again


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"mon": "mornings"}, "Write the hours in order, like"),
        ({"mon": "8-12", "day_off": "2026-11-27"}, "That weekday has no hours"),
        ({"mon": "8-12", "season_from": "2027-02-01", "season_until": "2027-01-01"}, "before the first day"),
        ({"season_from": "2027-02-01"}, "Enter the hours of at least one day"),
        ({"name": ""}, "required"),
        ({"extension": "12a"}, "Digits only"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_lost(
    cast: Cast, ada: Client, wrong: dict[str, Any], told: str
) -> None:
    typed = {"name": "Neo", "title": "Typed title", "department": cast.finance.pk, "employment": "employee", **wrong}
    answer = ada.post(reverse("person_new"), typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Typed title" in answer.content.decode()


def test_the_second_of_two_editors_sees_what_changed_and_keeps_what_they_typed(cast: Cast, ada: Client) -> None:
    url = reverse("person_edit", args=[cast.bob.pk])
    typed = {"name": "Bob Teammate", "email": cast.bob.email, "department": cast.streets.pk, "employment": "employee"}
    ada.post(url, {**typed, "version": 1, "title": "Foreman"})
    second = ada.post(url, {**typed, "version": 1, "title": "Crew lead", "languages": ["es", "zh"]})
    text = second.content.decode()
    assert second.status_code == 409
    assert "Title is now “Foreman”." in text
    assert 'value="Crew lead"' in text
    assert 'name="version" value="2"' in text
    assert len(re.findall(r'name="languages"[^>]* checked', text)) == 2
    ada.post(url, {**typed, "version": 2, "title": "Crew lead"})
    cast.bob.refresh_from_db()
    assert cast.bob.title == "Crew lead"


def test_a_refused_act_is_told_on_the_page_of_the_person(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("person_give_login", args=[cast.bob.pk]))
    assert answer.status_code == 409
    assert "has a login already" in answer.content.decode()


def test_giving_human_resources_says_that_a_second_factor_will_be_asked_for(cast: Cast, ada: Client) -> None:
    url = reverse("person_give_role", args=[cast.bob.pk])
    answer = ada.post(url, {"role": "hr", "department": cast.streets.pk}, follow=True)
    assert "asks for a second factor" in answer.content.decode()


def test_human_resources_reads_the_directory_and_is_offered_no_button(cast: Cast) -> None:
    client = Client()
    client.force_login(login_of(cast.hana))
    text = client.get(reverse("person_detail", args=[cast.bob.pk])).content.decode()
    assert "Bob Teammate" in text
    assert "Give this role" not in text
    assert "Close the login" not in text


def test_one_finds_no_button_on_ones_own_access(cast: Cast, ada: Client) -> None:
    text = ada.get(reverse("person_detail", args=[cast.ada.pk])).content.decode()
    assert "Nobody changes their own roles" in text
    assert "Take away" not in text
    assert "Close the login" not in text


def test_the_tree_warns_of_a_department_without_a_head(cast: Cast, ada: Client) -> None:
    text = ada.get(reverse("department_tree")).content.decode()
    assert text.count("no head") == Department.objects.filter(parent__parent=None, parent__isnull=False).count() - 1
    assert "Dora Head" in text


def test_a_refused_department_is_told_beside_its_field(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("department_new"), {"name": "finance", "parent": cast.finance.parent_id})
    assert answer.status_code == 409
    assert "has that name" in answer.content.decode()


def test_a_department_in_use_says_by_what_and_stays(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("department_retire", args=["finance"]), follow=True)
    assert "It is still in use: 2 people" in answer.content.decode()
