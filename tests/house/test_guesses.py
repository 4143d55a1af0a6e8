"""Guessing at the door: few guesses are looked at, and nobody outside can lock anybody out (RELIABILITY 10, B5)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core import mail
from django.test import Client
from django.urls import reverse

from requests_app.domain.guesses import (
    AT_ACCOUNT,
    CODE,
    FROM_ADDRESS,
    FROM_KNOWN_BROWSER,
    GuessCounter,
    account_counters,
    counters_for,
)
from requests_app.domain.guesses import PASSWORD as PASSWORD_GUESS
from requests_app.models import GuessCount
from requests_app.services.guesses import TooManyGuesses, clear_guesses, count_guess
from tests.cast import Cast, login_of
from tests.concurrency.conftest import at_once
from tests.factories import PASSWORD
from tests.house.second_factors import digits_now, give_app

WRONG = "wrong"
ALICE, BOB = "alice@pinole.example", "bob@pinole.example"
OFFICE, OUTSIDE = "192.0.2.7", "203.0.113.66"
Evaluated = list[str]


@pytest.fixture
def evaluated() -> Iterator[Evaluated]:
    """List the addresses whose password was looked at and found wrong."""
    seen: Evaluated = []

    def note(credentials: dict[str, Any], **_: Any) -> None:
        seen.append(credentials.get("email", ""))

    user_login_failed.connect(note)
    yield seen
    user_login_failed.disconnect(note)


@pytest.fixture(autouse=True)
def moment(now: datetime, time_machine: Any) -> Callable[[timedelta], None]:
    """Set the clock to `now`, and give what moves it from there."""
    time_machine.move_to(now, tick=False)
    return lambda later: time_machine.move_to(now + later, tick=False)


def guess(email: str = ALICE, password: str = WRONG, ip: str = OUTSIDE, client: Client | None = None) -> bool:
    """Try to sign in and say whether it worked."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=ip)
    return "_auth_user_id" in client.session


def fill_account(email: str, at: datetime, *, kind: str = PASSWORD_GUESS, but: int = 0) -> None:
    """Make as many guesses at an account, from anywhere, as are looked at."""
    for _ in range(AT_ACCOUNT - but):
        count_guess(account_counters(kind=kind, account=email), at=at)


def test_guesses_from_one_address_are_looked_at_so_many_times_whomever_they_are_at(
    cast: Cast, evaluated: Evaluated
) -> None:
    client = Client()
    for number in range(FROM_ADDRESS + 2):
        guess(email=f"nobody{number}@pinole.example", client=client)
    assert len(evaluated) == FROM_ADDRESS


@pytest.mark.drill
@pytest.mark.once
@pytest.mark.django_db
def test_b5_of_ten_thousand_guesses_in_ten_minutes_a_hundred_are_looked_at(
    cast: Cast, evaluated: Evaluated, moment: Callable[[timedelta], None], full_size_drill: bool
) -> None:
    guesses = 10_000 if full_size_drill else 50
    client = Client()
    for number in range(guesses):
        moment(timedelta(seconds=600 * number / guesses))
        guess(ip=OUTSIDE if number % 2 else f"198.51.{number % 250}.{number % 241}", client=client)
    print(f"B5: {len(evaluated)} of {guesses} guesses at one account were looked at")
    # Two windows of ten minutes may meet in ten minutes.
    assert len(evaluated) <= 2 * AT_ACCOUNT <= 100


def test_strangers_cannot_lock_somebody_out_of_a_browser_they_have_used(cast: Cast, now: datetime) -> None:
    mine, known = Client(), Client()
    assert guess(password=PASSWORD, ip=OFFICE, client=mine)
    known.cookies["knownbrowser"] = mine.cookies["knownbrowser"].value
    fill_account(ALICE, now)
    assert not guess(password=PASSWORD, ip=OFFICE)
    assert guess(password=PASSWORD, ip=OFFICE, client=known)


def test_a_known_browser_is_no_free_ride(cast: Cast, evaluated: Evaluated) -> None:
    mine = Client()
    guess(password=PASSWORD, client=mine)
    cookie = mine.cookies["knownbrowser"].value
    for _ in range(FROM_KNOWN_BROWSER + 5):
        thief = Client()
        thief.cookies["knownbrowser"] = cookie
        guess(client=thief)
    assert len(evaluated) == FROM_KNOWN_BROWSER


@pytest.mark.parametrize("cookie", ["", "nonsense", "eyJicm93c2VyIjoieCJ9:1vNx:forged"])
def test_a_forged_cookie_makes_no_browser_known(cast: Cast, evaluated: Evaluated, now: datetime, cookie: str) -> None:
    fill_account(ALICE, now)
    client = Client()
    client.cookies["knownbrowser"] = cookie
    assert not guess(client=client, password=PASSWORD)
    assert evaluated == []


def test_the_browser_of_one_is_not_known_for_another(cast: Cast, evaluated: Evaluated, now: datetime) -> None:
    mine = Client()
    guess(password=PASSWORD, client=mine)
    cookie = mine.cookies["knownbrowser"].value
    fill_account(BOB, now)
    client = Client()
    client.cookies["knownbrowser"] = cookie
    assert not guess(email=BOB, password=PASSWORD, client=client)
    assert evaluated == []


def test_right_passwords_do_not_use_up_an_offices_guesses(cast: Cast) -> None:
    for _ in range(3):
        assert guess(password=PASSWORD, ip=OFFICE)
    assert set(GuessCount.objects.values_list("count", flat=True)) == {0}


def test_after_ten_minutes_guesses_are_looked_at_again(
    cast: Cast, now: datetime, moment: Callable[[timedelta], None]
) -> None:
    fill_account(ALICE, now)
    assert not guess(password=PASSWORD)
    moment(timedelta(minutes=10))
    assert guess(password=PASSWORD)


def test_a_new_password_by_mail_opens_the_door_at_once(cast: Cast, now: datetime) -> None:
    fill_account(ALICE, now)
    assert not guess(password=PASSWORD)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": ALICE}, REMOTE_ADDR=OFFICE)
    link = next(word for word in str(mail.outbox[-1].body).split() if "/password/reset/key/" in word)
    path = client.get(link[link.index("/accounts/") :])["Location"]
    new = "four words apart entirely"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    assert guess(password=new, ip=OFFICE)


def test_unknown_people_get_the_same_answer_and_cost_the_same_work(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["tests.house.test_guesses.CountingHasher"]
    login_of(cast.alice).set_password(PASSWORD)
    User.objects.filter(pk=login_of(cast.alice).pk).update(password=CountingHasher().encode(PASSWORD, "salt"))
    pages, work = [], []
    for email in (ALICE, "nobody@pinole.example"):
        CountingHasher.count = 0
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong"})
        pages.append((answer.status_code, str(answer.context["form"].errors)))
        work.append(CountingHasher.count)
    assert pages[0] == pages[1]
    assert work == [1, 1]


def test_a_stopped_guess_is_told_the_same_whether_the_account_exists_or_not(cast: Cast, now: datetime) -> None:
    told = []
    for email in (ALICE, "nobody@pinole.example"):
        fill_account(email, now)
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong"})
        told.append((answer.status_code, str(answer.context["form"].errors)))
    assert told[0] == told[1]
    assert "Too many attempts" in told[0][1]


def test_codes_after_the_password_are_counted_too(cast: Cast, now: datetime) -> None:
    give_app(login_of(cast.alice))
    client = Client()
    client.post(reverse("account_login"), {"login": ALICE, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    fill_account(ALICE, now, kind=CODE, but=1)
    page = client.post(reverse("mfa_authenticate"), {"code": digits_now()})
    assert "Too many attempts" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(
    cast: Cast, settings: Any, evaluated: Evaluated, now: datetime
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    address = counters_for(kind=PASSWORD_GUESS, account="", address=OUTSIDE, browser=None)[:1]
    for _ in range(FROM_ADDRESS):
        count_guess(address, at=now)
    client = Client(headers={"x-forwarded-for": f"10.0.0.1, {OUTSIDE}"})
    client.post(reverse("account_login"), {"login": ALICE, "password": WRONG}, REMOTE_ADDR="127.0.0.1")
    assert evaluated == []


def test_counts_that_are_over_are_deleted_and_name_nobody(cast: Cast, now: datetime) -> None:
    guess()
    kept = " ".join(GuessCount.objects.values_list("key", flat=True))
    assert ALICE not in kept
    assert OUTSIDE not in kept
    assert clear_guesses(now=now + timedelta(minutes=11)) == 2
    assert clear_guesses(now=now + timedelta(days=2)) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_guesses_made_at_once_are_counted_one_by_one(now: datetime) -> None:
    counter = GuessCounter("password account x", limit=5, window=timedelta(minutes=10))
    results = at_once(*[partial(count_guess, [counter], at=now) for _ in range(12)])
    assert sum(isinstance(result, TooManyGuesses) for result in results) == 7
    assert results.count(None) == 5
    assert GuessCount.objects.get().count == 5


class CountingHasher(MD5PasswordHasher):
    """Cheap, and knows how often it worked."""

    algorithm = "counting"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.count += 1
        return str(super().encode(password, salt))
