"""The city's own sign-in page, against a real provider on this machine: who gets in, and what is believed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pinole_service import environment
from requests_app.models import Employee
from tests.cast import Cast, login_of
from tests.house.oidc_server import CLIENT_ID, CLIENT_SECRET, CitySignIn, city_sign_in
from tests.house.second_factors import give_app

LOGIN = "/accounts/oidc/city/login/"
LET_IN, SIGN_IN = "/queue/", "/accounts/login/"


@pytest.fixture(scope="module")
def running() -> Iterator[CitySignIn]:
    with city_sign_in() as provider:
        yield provider


@pytest.fixture
def provider(running: CitySignIn, settings: Any) -> CitySignIn:
    running.claims, running.signs_falsely = {}, False
    settings.OIDC_NAME = "Pinole Entra"
    settings.SOCIALACCOUNT_PROVIDERS = environment.oidc_providers(
        issuer=running.url, client_id=CLIENT_ID, secret=CLIENT_SECRET, name="Pinole Entra"
    )
    return running


def answer_of(client: Client) -> str:
    """Go to the provider and give the address it sends the browser back to."""
    there = client.post(LOGIN, {"next": LET_IN})["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://testserver")


def come_in(client: Client) -> str:
    """Sign in by the provider; give where that leads."""
    return str(client.get(answer_of(client))["Location"])


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_the_directory_knows_gets_in_and_is_linked_once(
    cast: Cast, client: Client, provider: CitySignIn
) -> None:
    assert come_in(client) == LET_IN
    assert client.session["_auth_user_id"] == str(login_of(cast.alice).pk)
    again = Client()
    provider.claims = {"email": "renamed@pinole.example"}
    assert come_in(again) == LET_IN
    assert again.session["_auth_user_id"] == str(login_of(cast.alice).pk)
    assert SocialAccount.objects.count() == 1


def test_the_sign_in_page_offers_it_by_name_and_only_where_it_is_set_up(client: Client, db: None) -> None:
    assert LOGIN not in client.get(SIGN_IN).content.decode()
    assert client.post(LOGIN).status_code == 404


def test_the_sign_in_page_names_the_provider(client: Client, db: None, provider: CitySignIn) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert f'action="{LOGIN}"' in page
    assert "Sign in with Pinole Entra" in page


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another browser"},
        {"nonce": None},
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-desk"},
        {"exp": 1_000_000_000},
        {"email": "nobody@pinole.example"},
        {"email": ""},
        {"email_verified": False},
        {"email_verified": None},
    ],
    ids=str,
)
def test_a_token_that_is_wrong_or_of_a_stranger_lets_nobody_in(
    cast: Cast, client: Client, provider: CitySignIn, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    before = User.objects.count()
    assert come_in(client) == SIGN_IN
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert "message-error" in client.get(SIGN_IN).content.decode()


def test_a_token_signed_by_somebody_else_lets_nobody_in(cast: Cast, client: Client, provider: CitySignIn) -> None:
    provider.signs_falsely = True
    assert come_in(client) == SIGN_IN
    assert not is_signed_in(client)


def test_an_answer_meant_for_another_browser_lets_nobody_in(cast: Cast, client: Client, provider: CitySignIn) -> None:
    answer = answer_of(client)
    other = Client()
    assert other.get(answer)["Location"] == SIGN_IN
    assert not is_signed_in(other)


def test_an_answer_works_once(cast: Cast, client: Client, provider: CitySignIn) -> None:
    answer = answer_of(client)
    client.get(answer)
    client.post(reverse("account_logout"))
    assert client.get(answer)["Location"] == SIGN_IN
    assert not is_signed_in(client)


@pytest.mark.parametrize("linked", [True, False])
def test_somebody_who_left_does_not_get_in(cast: Cast, client: Client, provider: CitySignIn, linked: bool) -> None:
    if linked:
        come_in(Client())
    Employee.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert come_in(client) == (reverse("account_inactive") if linked else SIGN_IN)
    assert not is_signed_in(client)


def test_a_second_factor_of_ones_own_is_asked_for_here_too(cast: Cast, client: Client, provider: CitySignIn) -> None:
    give_app(login_of(cast.alice))
    assert come_in(client) == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_entra_says_verified_in_its_own_words(cast: Cast, client: Client, provider: CitySignIn) -> None:
    provider.claims = {"email_verified": None, "xms_edov": True}
    assert come_in(client) == LET_IN


@pytest.mark.parametrize(("it_asks", "leads_to"), [(True, 200), (False, 302)])
def test_a_second_factor_shown_there_counts_where_the_settings_say_so(
    cast: Cast, client: Client, provider: CitySignIn, settings: Any, it_asks: bool, leads_to: int
) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.OIDC_HAS_SECOND_FACTOR = True, it_asks
    provider.claims = {"email": cast.hana.email}
    come_in(client)
    assert client.get(reverse("queue")).status_code == leads_to


def test_the_secret_and_the_proof_of_who_asked_go_along(cast: Cast, client: Client, provider: CitySignIn) -> None:
    there = urlsplit(client.post(LOGIN)["Location"])
    asked = parse_qs(there.query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) > 20
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
