"""From a lost telephone to a new second factor: asked for after the password, confirmed in person, used once."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from requests_app.models import FactorRecovery
from requests_app.services.recoveries import ask_recovery
from tests.cast import Cast, login_of
from tests.counter_computer import PIN, browser_of, register, sit_down
from tests.factories import NOW, PASSWORD
from tests.house.second_factors import give_app
from tests.views.log_form import as_, text_of

BADGE = {"identified_how": "Came to the office, badge seen"}


@pytest.fixture
def halfway(cast: Cast) -> Client:
    """Fay's browser, after the password and before the second factor."""
    cache.clear()
    give_app(login_of(cast.fay))
    client = Client()
    answer = client.post(reverse("account_login"), {"login": cast.fay.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    return client


def code_shown(answer: Any) -> str:
    found = re.search(r'tracking-number">([A-Z2-7-]+)<', text_of(answer))
    assert found
    return found.group(1)


def test_whoever_lost_the_second_factor_gets_in_once_and_sets_up_a_new_one(
    cast: Cast, halfway: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    give_app(login_of(cast.hana))
    asked = halfway.post(reverse("recovery_ask"), follow=True)
    hana = as_(cast.hana)
    waiting = text_of(hana.get(reverse("recovery_list")))
    row = FactorRecovery.objects.get()
    code = code_shown(hana.post(reverse("recovery_confirm", args=[row.pk]), BADGE))

    answer = halfway.post(reverse("mfa_authenticate"), {"code": code})

    assert "Human Resources knows now" in text_of(asked)
    assert "Fay Desk" in waiting
    assert (answer.status_code, halfway.session["_auth_user_id"]) == (302, str(cast.fay.user_id))
    assert not Authenticator.objects.filter(user_id=cast.fay.user_id).exists()
    assert halfway.get("/queue/")["Location"] == reverse("mfa_index")
    assert code not in text_of(hana.get(reverse("recovery_list")))


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "", "\x00", "x" * 5000])
def test_another_code_lets_nobody_in(cast: Cast, halfway: Client, typed: str) -> None:
    halfway.post(reverse("recovery_ask"))
    answer = halfway.post(reverse("mfa_authenticate"), {"code": typed})
    assert answer.status_code == 200
    assert "_auth_user_id" not in halfway.session


def test_without_the_password_nothing_is_asked_for(cast: Cast) -> None:
    answer = Client().post(reverse("recovery_ask"), {"login": cast.fay.email})
    assert answer["Location"] == reverse("account_login")
    assert not FactorRecovery.objects.exists()


def test_how_one_knows_it_is_them_must_be_written(cast: Cast) -> None:
    row = ask_recovery(cast.fay, at=NOW)
    answer = as_(cast.hana).post(reverse("recovery_confirm", args=[row.pk]), {"identified_how": " "})
    assert answer.status_code == 422
    assert "Write how you know who it is." in text_of(answer)
    assert FactorRecovery.objects.get().decided_at is None


def test_ones_own_is_for_a_colleague(cast: Cast) -> None:
    row = ask_recovery(cast.hana, at=NOW)
    client = as_(cast.hana)
    assert "a colleague in Human Resources has to confirm it" in text_of(client.get(reverse("recovery_list")))
    answer = client.post(reverse("recovery_confirm", args=[row.pk]), BADGE, follow=True)
    assert "Nobody confirms their own" in text_of(answer)
    assert not FactorRecovery.objects.get().is_confirmed


def test_refusing_is_said_and_a_second_click_is_harmless(cast: Cast) -> None:
    row = ask_recovery(cast.fay, at=NOW)
    client = as_(cast.hana)
    said = [text_of(client.post(reverse("recovery_refuse", args=[row.pk]), follow=True)) for _ in range(2)]
    assert "Refused." in said[0]
    assert "decided this meanwhile" in said[1]
    assert "refused" in text_of(client.get(reverse("recovery_list")))


def test_a_session_opened_by_a_pin_decides_nothing(cast: Cast, now: Any, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)
    row = ask_recovery(cast.fay, at=now)
    device, token = register(cast, at=now)
    sit_down(device, cast.hana, at=now)
    client = browser_of(token)
    client.post("/unlock/", {"person": cast.hana.pk, "pin": PIN})
    assert client.post(reverse("recovery_confirm", args=[row.pk]), BADGE).status_code == 403
