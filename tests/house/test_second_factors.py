"""The second factor: an app's digits after the password, recovery codes in its place, changed only after confirming."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from pinole_service.accounts import SecondFactorAdapter
from requests_app.models import OutgoingMail
from tests.cast import Cast, login_of
from tests.factories import PASSWORD
from tests.house.second_factors import digits_now, give_app


@pytest.fixture
def hana(cast: Cast) -> User:
    cache.clear()
    return login_of(cast.hana)


def type_password(client: Client, user: User) -> str:
    """Sign in as far as a password goes; give where that leads."""
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return str(answer.headers["Location"])


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirmed(user: User) -> Client:
    """Give a browser in which this person has just confirmed who they are."""
    client = Client()
    client.force_login(user)
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def test_setting_up_the_app_asks_for_the_password_first_and_ends_with_recovery_codes(hana: User) -> None:
    client = Client()
    client.force_login(hana)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    client = confirmed(hana)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    text = page.content.decode()
    assert "<svg" in text
    assert "data:" not in text
    answer = client.post(reverse("mfa_activate_totp"), {"code": digits_now(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(answer["Location"]).context["unused_codes"]) == 10


def test_wrong_digits_set_nothing_up(hana: User) -> None:
    client = confirmed(hana)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "error-summary" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_the_password_alone_is_not_enough_once_there_is_an_app(client: Client, hana: User) -> None:
    give_app(hana)
    assert type_password(client, hana) == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("my_work"))["Location"].startswith(reverse("account_login"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": digits_now()}).status_code == 302
    assert is_signed_in(client)


def test_the_same_digits_do_not_work_twice(hana: User) -> None:
    give_app(hana)
    first, second = Client(), Client()
    code = digits_now()
    for client in (first, second):
        type_password(client, hana)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_a_recovery_code_works_once(hana: User) -> None:
    give_app(hana)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    outcomes = []
    for client in (Client(), Client()):
        type_password(client, hana)
        client.post(reverse("mfa_authenticate"), {"code": code})
        outcomes.append(is_signed_in(client))
    assert outcomes == [True, False]


def test_removing_the_app_asks_who_it_is_and_takes_the_recovery_codes_along(hana: User) -> None:
    give_app(hana)
    client = Client()
    client.force_login(hana)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 2
    client = confirmed(hana)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_recovery_codes_can_be_made_anew_and_taken_away_as_a_file(hana: User) -> None:
    give_app(hana)
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client = confirmed(hana)
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    answer = client.get(reverse("mfa_download_recovery_codes"))
    codes = answer.content.decode().split()
    assert len(codes) == 10
    assert not set(codes) & set(before)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_a_new_password_is_set_and_other_browsers_are_signed_out(hana: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(hana)
    new = "another long phrase 4 tests"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), form)["Location"] == reverse("my_account")
    assert [client.get(reverse("my_account")).status_code for client in (here, elsewhere)] == [200, 302]
    hana.refresh_from_db()
    assert hana.check_password(new)


def test_the_secret_of_the_app_is_not_readable_in_the_database(hana: User) -> None:
    client = confirmed(hana)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": digits_now(secret)})
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_new_key_still_opens_what_the_old_one_locked(settings: LazySettings) -> None:
    locked = SecondFactorAdapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-as-long-as-it-takes", [settings.SECRET_KEY]
    assert SecondFactorAdapter().decrypt(locked) == "JBSWY3DP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(locked)


def test_whoever_it_belongs_to_is_told_by_mail_of_every_change(
    hana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = confirmed(hana)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": digits_now(secret)})
    mail = OutgoingMail.objects.filter(subject="Your sign-in was changed").earliest("pk")
    assert mail.to_address == hana.email
    assert "Second factor added" in mail.body
    assert secret not in mail.body
