"""Light, dark or as this computer: kept by a POST in a cookie, and the way back stays on our own site."""

import pytest
from django.http import HttpResponse
from django.test import Client

# A choice of look needs no person and no row: without the django_db mark a query fails the test.


def choose(look: str, **fields: str) -> HttpResponse:
    answer = Client().post("/look/", {"look": look, **fields})
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_look_is_kept_in_a_cookie_no_script_can_read(look: str) -> None:
    cookie = choose(look).cookies["ps_look"]
    assert cookie.value == look
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("look", ["", "sepia"])
def test_anything_else_forgets_the_choice(look: str) -> None:
    assert choose(look).cookies["ps_look"]["max-age"] == 0


@pytest.mark.parametrize(
    ("given", "target"),
    [
        ("abc", "/"),
        ("/overdue/?page=2", "/overdue/?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leaves_the_site(given: str, target: str) -> None:
    assert choose("dark", next=given)["Location"] == target


def test_a_look_is_never_chosen_by_following_a_link() -> None:
    assert Client().get("/look/?look=dark").status_code == 405
