"""One door: by e-mail address, closed to strangers, slow to guessers, and nothing kept by the browser behind it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

PASSWORD = "a long phrase for tests"


@pytest.fixture
def person(db: None) -> User:
    cache.clear()
    return get_user_model().objects.create_user("alice", "alice@pinole.example", PASSWORD)


def sign_in(client: Client, email: str, password: str) -> int:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.status_code


@pytest.mark.parametrize("email", ["alice@pinole.example", "Alice@Pinole.Example"])
def test_people_sign_in_by_their_address(client: Client, person: User, email: str) -> None:
    assert sign_in(client, email, PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("login", ["alice", "alice@pinole.example "])
def test_a_user_name_is_no_address(client: Client, person: User, login: str) -> None:
    answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert (answer.status_code == 302) == ("@" in login)


def test_a_wrong_password_and_an_unknown_person_are_told_the_same(client: Client, person: User) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": email, "password": "wrong"})
        for email in ("alice@pinole.example", "nobody@pinole.example")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


def test_the_admin_has_no_door_of_its_own(client: Client, person: User) -> None:
    answer = client.get("/admin/login/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_pages_behind_the_door_are_not_kept(client: Client, person: User) -> None:
    client.force_login(person)
    assert "no-store" in client.get("/no/such/page")["Cache-Control"]


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client: Client) -> None:
    answer = client.get(reverse("account_login"))
    policy = dict(each.strip().split(" ", 1) for each in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
