"""The rail: what each role is offered, where one is, and that pages without a rail ask nothing for it."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from requests_app.context_processors import navigation
from requests_app.models import Employee
from tests.cast import Cast, login_of


def request_of(employee: Employee, path: str = "/queue/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = login_of(employee)
    request.resolver_match = resolve(path)
    return request


def names(employee: Employee) -> list[str]:
    return [item.name for item in navigation(request_of(employee))["nav_items"]]


def test_staff_are_not_offered_the_compliance_figures(cast: Cast) -> None:
    assert names(cast.alice) == [
        "my_work",
        "queue",
        "overdue",
        "inbox",
        "request_list",
        "customer_list",
        "absence_list",
    ]


def test_a_supervisor_is_offered_them(cast: Cast) -> None:
    assert "compliance" in names(cast.sam)


def test_exactly_the_page_one_is_on_is_marked(cast: Cast) -> None:
    items = navigation(request_of(cast.sam))["nav_items"]
    assert [item.name for item in items if item.current] == ["queue"]


def test_lists_of_work_carry_counts_and_the_others_none(cast: Cast) -> None:
    counts = {item.name: item.count for item in navigation(request_of(cast.sam))["nav_items"]}
    assert counts == {
        "my_work": 0, "queue": 0, "overdue": 0, "escalations_waiting": 0, "inbox": 0, "complaint_board": None,
        "request_list": None, "customer_list": None, "absence_list": None, "compliance": None, "duty_overview": None,
    }  # fmt: skip


def test_the_person_is_shown_with_role_and_department(cast: Cast) -> None:
    person = navigation(request_of(cast.sam))["nav_person"]
    assert person["name"] == "Sam Supervisor"
    assert str(person["role_line"]).startswith("Supervisor, ")


def test_a_role_named_like_its_department_is_said_once(cast: Cast) -> None:
    assert navigation(request_of(cast.hana))["nav_person"]["role_line"] == "Human Resources"


@pytest.mark.parametrize(
    ("came_from", "here"),
    [
        ("http://testserver/suggestions/5/?tab=1#x", "/suggestions/5/?tab=1"),
        ("https://elsewhere.example/suggestions/5/", "/"),
        ("", "/"),
    ],
)
def test_an_answer_to_a_form_leads_back_to_where_the_form_stood(came_from: str, here: str) -> None:
    request = RequestFactory().post("/suggestions/5/decide/", headers={"referer": came_from})
    assert navigation(request)["page_address"] == here


@pytest.mark.django_db
def test_nothing_is_asked_until_a_template_shows_the_rail(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(cast.alice)
    with django_assert_num_queries(0):
        navigation(request)


def test_the_rail_costs_four_queries_however_many_items(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(cast.sam)
    with django_assert_num_queries(4):
        offered = navigation(request)
        assert [item.url for item in offered["nav_items"]]
        assert offered["nav_person"]["name"]
