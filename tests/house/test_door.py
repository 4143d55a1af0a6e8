"""Behind the door: who needs a second factor, how long a sign-in lasts, and who may not come back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from requests_app.models import AuditEntry, CitySetting, Employee
from tests.cast import Cast, login_of
from tests.factories import PASSWORD
from tests.house.second_factors import digits_now, give_app

NEEDS_FACTOR = {
    "alice": False, "bob": False, "sam": True, "dora": True, "max": True, "hana": True, "fay": False, "ada": True,
    "charlie": False, "cleo": True, "otto": True, "lena": True,
}  # fmt: skip


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def leads_to(client: Client, name: str = "my_work") -> str:
    """Give where a page leads: "" when it is shown."""
    answer = client.get(reverse(name))
    return str(answer.headers.get("Location", "")).partition("?")[0]


@pytest.mark.parametrize(("who", "needs"), NEEDS_FACTOR.items())
def test_readers_of_confidential_matters_get_no_further_than_setting_up_a_second_factor(
    cast: Cast, settings: Any, who: str, needs: bool
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = browser(getattr(cast, who))
    assert leads_to(client) == (reverse("mfa_index") if needs else "")
    assert leads_to(client, "my_account") == ""
    give_app(login_of(getattr(cast, who)))
    assert leads_to(client) == ""


def test_without_a_second_factor_nothing_is_done_either(cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = browser(cast.hana)
    answer = client.post(reverse("log_contact"), {"channel": "phone"})
    assert answer["Location"] == reverse("mfa_index")
    assert "Your role needs a second factor" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("health_live")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_one_machine_asks_for_no_second_factor(cast: Cast) -> None:
    assert leads_to(browser(cast.hana)) == ""


@pytest.fixture
def signed_in(cast: Cast, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client = browser(cast.alice)
    assert leads_to(client) == ""
    return client


def test_a_sign_in_that_lies_unused_for_an_hour_is_over_and_says_so(
    signed_in: Client, now: datetime, time_machine: Any
) -> None:
    for minutes in (59, 118):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        assert leads_to(signed_in) == ""
    time_machine.move_to(now + timedelta(minutes=178), tick=False)
    assert leads_to(signed_in) == reverse("account_login")
    assert "nothing was done for a while" in signed_in.get(reverse("account_login")).content.decode()


def test_a_sign_in_in_constant_use_ends_after_a_working_day(
    signed_in: Client, now: datetime, time_machine: Any
) -> None:
    for half_hours in range(24):
        time_machine.move_to(now + timedelta(minutes=30 * half_hours), tick=False)
        assert leads_to(signed_in) == ""
    time_machine.move_to(now + timedelta(hours=12), tick=False)
    assert leads_to(signed_in) == reverse("account_login")


def test_the_city_may_choose_another_limit(signed_in: Client, now: datetime, time_machine: Any) -> None:
    CitySetting.objects.create(key="sign_in_idle_minutes", value=10, changed_at=now)
    time_machine.move_to(now + timedelta(minutes=11), tick=False)
    assert leads_to(signed_in) == reverse("account_login")


def test_a_form_sent_too_late_leads_back_to_its_page_where_the_draft_waits(
    signed_in: Client, now: datetime, time_machine: Any
) -> None:
    time_machine.move_to(now + timedelta(hours=2), tick=False)
    form, page = "/requests/PN-7K4M-2XQR/answer/", "/requests/PN-7K4M-2XQR/?tab=1"
    answer = signed_in.post(form, {"text": "typed"}, headers={"referer": f"http://testserver{page}"})
    assert answer["Location"] == "/accounts/login/?next=%2Frequests%2FPN-7K4M-2XQR%2F%3Ftab%3D1"
    answer = signed_in.post(form, {"text": "typed"}, headers={"referer": "http://elsewhere.example/x"})
    assert answer["Location"] == f"/accounts/login/?next={form}"


def test_somebody_who_left_is_stopped_at_once_and_does_not_come_back(cast: Cast) -> None:
    client = browser(cast.alice)
    assert leads_to(client) == ""
    Employee.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert leads_to(client) == reverse("account_login")
    answer = client.post(reverse("account_login"), {"login": cast.alice.email, "password": PASSWORD})
    assert answer["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("short but odd", "at least 15 characters"),
        ("pinole city hall 2026", "little more than the city"),
        ("Alice.Owner.Alice.Owner", "little more than the city"),
        ("xyxyxyxyxyxyxyxyxyxy", "repeats the same few characters"),
    ],
)
def test_passwords_that_are_easily_guessed_are_refused_and_say_what_to_do(cast: Cast, password: str, told: str) -> None:
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = browser(cast.alice).post(reverse("account_change_password"), form).content.decode()
    assert told in page
    assert User.objects.get(pk=login_of(cast.alice).pk).check_password(PASSWORD)


def test_changes_of_how_somebody_signs_in_are_evidence(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = browser(cast.alice)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": digits_now(secret)})
        client.post(reverse("mfa_deactivate_totp"))
    new = "four words apart entirely"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    entries = AuditEntry.objects.filter(object_kind="user").order_by("pk")
    assert {entry.action for entry in entries} - {"signed_in"} == {"factor_added", "factor_removed", "password_changed"}
    assert {entry.actor for entry in entries} == {cast.alice}
    assert not Authenticator.objects.exists()
