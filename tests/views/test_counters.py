"""The counter computer over HTTP: registering, PINs, locking and unlocking; nothing for a browser that is none."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from requests_app.models import CounterDevice, CounterPin, CounterSeat
from requests_app.services.counters import retire_device
from tests.cast import Cast, actor, login_of
from tests.counter_computer import OTHER_PIN, PIN, browser_of, register, sit_down
from tests.factories import PASSWORD

UNLOCK = "/unlock/"


@pytest.fixture(autouse=True)
def _noon(now: datetime, time_machine: Any) -> None:
    """The clock of the tests is the clock of the views."""
    time_machine.move_to(now, tick=False)


@pytest.fixture
def counter(cast: Cast, now: datetime) -> tuple[CounterDevice, Client]:
    """A counter computer where Fay and Alice signed in, locked now."""
    device, token = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    sit_down(device, cast.alice, at=now, pin=OTHER_PIN)
    return device, browser_of(token)


def who(client: Client) -> str | None:
    """Say whose session it is."""
    found: str | None = client.session.get("_auth_user_id")
    return found


def unlock(client: Client, employee_id: int, pin: str, **more: str) -> Any:
    return client.post(UNLOCK, {"person": employee_id, "pin": pin, **more})


def test_registering_gives_this_browser_a_cookie_no_script_reads(cast: Cast) -> None:
    client = Client()
    client.force_login(login_of(cast.ada))
    answer = client.post(reverse("counter_devices"), {"name": "Front counter", "place": "Lobby"}, follow=True)

    cookie = client.cookies[settings.COUNTER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert int(cookie["max-age"]) >= 365 * 24 * 60 * 60
    assert "This browser is now the counter computer Front counter." in answer.content.decode()
    again = client.post(reverse("counter_devices"), {"name": "Front counter"}, follow=True)
    assert "registered already" in again.content.decode()
    assert CounterDevice.objects.count() == 1


def test_retiring_is_said_and_a_second_click_is_harmless(cast: Cast, counter: tuple[CounterDevice, Client]) -> None:
    client = Client()
    client.force_login(login_of(cast.ada))
    url = reverse("counter_retire", args=[counter[0].pk])
    said = [client.post(url, follow=True).content.decode() for _ in range(2)]
    assert ["is no longer a counter computer" in text for text in said] == [True, False]
    assert "was retired before" in said[1]


def test_signing_in_in_full_at_the_computer_is_what_the_pin_stands_on(cast: Cast, now: datetime) -> None:
    device, token = register(cast, at=now)
    at_the_counter, elsewhere = browser_of(token), Client()
    for client in (elsewhere, at_the_counter):
        client.post(reverse("account_login"), {"login": cast.fay.email, "password": PASSWORD})

    seat = CounterSeat.objects.get()
    assert (seat.device, seat.employee, seat.signed_in_at) == (device, cast.fay, now)


def test_unlocking_is_a_sign_in_that_does_not_prolong_itself(
    cast: Cast, counter: tuple[CounterDevice, Client], now: datetime, time_machine: Any
) -> None:
    _, client = counter
    before = client.session.session_key
    time_machine.move_to(now + timedelta(hours=11), tick=False)

    answer = unlock(client, cast.fay.pk, PIN)

    assert (answer.status_code, answer["Location"], who(client)) == (302, "/", str(cast.fay.user_id))
    assert client.session.session_key != before
    assert CounterSeat.objects.get(employee=cast.fay).signed_in_at == now
    assert login_of(cast.fay).last_login == now + timedelta(hours=11)


def test_locking_leaves_nothing_readable_and_unlocking_leads_back(
    cast: Cast, counter: tuple[CounterDevice, Client]
) -> None:
    _, client = counter
    unlock(client, cast.fay.pk, PIN)
    locked = client.post("/lock/", {"next": "/queue/?sort=newest"})

    assert (locked["Location"], who(client)) == (UNLOCK, None)
    assert client.get("/queue/")["Location"] == "/unlock/?next=%2Fqueue%2F"
    page = client.get(UNLOCK)
    assert "no-store" in page["Cache-Control"]
    assert "Fay Desk" in page.content.decode()
    assert unlock(client, cast.alice.pk, OTHER_PIN)["Location"] == "/"
    client.post("/lock/", {"next": "https://elsewhere.example/"})
    assert unlock(client, cast.fay.pk, PIN)["Location"] == "/queue/?sort=newest"


def test_a_session_that_ended_leads_to_the_lock_page_and_back_without_its_question(
    cast: Cast, counter: tuple[CounterDevice, Client]
) -> None:
    _, client = counter
    asked = client.get("/requests/?q=Jun+Castellanos")
    assert asked["Location"] == "/unlock/?next=%2Frequests%2F"
    assert unlock(client, cast.fay.pk, PIN, next="/requests/")["Location"] == "/requests/"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(cast: Cast, counter: tuple[CounterDevice, Client], target: str) -> None:
    assert unlock(counter[1], cast.fay.pk, PIN, next=target)["Location"] == "/"


def test_elsewhere_a_session_that_ended_leads_to_the_sign_in_page(cast: Cast) -> None:
    assert Client().get("/queue/")["Location"].startswith(reverse("account_login"))


def test_a_wrong_pin_is_said_and_the_sixth_right_one_too_late(
    cast: Cast, counter: tuple[CounterDevice, Client]
) -> None:
    _, client = counter
    answers = [unlock(client, cast.fay.pk, OTHER_PIN) for _ in range(5)] + [unlock(client, cast.fay.pk, PIN)]

    assert [answer.status_code for answer in answers] == [422] * 6
    assert "That PIN is not right" in answers[0].content.decode()
    assert "Too many wrong PINs" in answers[5].content.decode()
    assert PIN not in answers[5].content.decode()
    assert who(client) is None


@pytest.mark.parametrize("token", [None, "guessed", "retired"])
def test_without_a_registered_computer_there_is_nothing_to_try(
    cast: Cast, counter: tuple[CounterDevice, Client], now: datetime, token: str | None
) -> None:
    device, client = counter
    if token == "retired":
        retire_device(device_id=device.pk, actor=actor(cast.ada), at=now)
    else:
        client = browser_of(token) if token else Client()

    answers = [client.get(UNLOCK), unlock(client, cast.fay.pk, PIN), client.post("/lock/")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert who(client) is None
    assert client.get("/queue/")["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("gone", ["left", "elsewhere"])
def test_a_pin_lets_nobody_in_who_left_or_never_signed_in_there(
    cast: Cast, counter: tuple[CounterDevice, Client], now: datetime, gone: str
) -> None:
    _, client = counter
    if gone == "left":
        cast.fay.is_active = False
        cast.fay.save()
    else:
        _, token = register(cast, at=now, name="Back office")
        client = browser_of(token)
    answer = unlock(client, cast.fay.pk, PIN)

    assert (answer.status_code, who(client)) == (422, None)
    assert "Fay Desk" not in answer.content.decode()


def test_no_form_without_its_token(cast: Cast, counter: tuple[CounterDevice, Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = counter[1].cookies
    answers = [unlock(strict, cast.fay.pk, PIN), strict.post("/lock/")]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_a_pin_is_set_after_a_full_sign_in_only(cast: Cast, counter: tuple[CounterDevice, Client]) -> None:
    _, client = counter
    unlock(client, cast.fay.pk, PIN)
    hash_before = CounterPin.objects.get(employee=cast.fay).pin_hash

    refused = client.post(reverse("counter_pin"), {"pin": OTHER_PIN, "again": OTHER_PIN})
    page = client.get(reverse("counter_pin")).content.decode()

    assert refused.status_code == 403
    assert "You unlocked this computer with your PIN." in page
    assert CounterPin.objects.get(employee=cast.fay).pin_hash == hash_before


def test_a_session_opened_by_a_pin_registers_no_computer(
    cast: Cast, counter: tuple[CounterDevice, Client], now: datetime
) -> None:
    device, client = counter
    sit_down(device, cast.ada, at=now)
    unlock(client, cast.ada.pk, PIN)
    assert client.get(reverse("counter_devices")).status_code == 403


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        (PIN, OTHER_PIN, "The two PINs differ"),
        ("123456", "123456", "among the first anybody tries"),
        ("4938", "4938", "6 to 12 digits"),
        ("letters", "letters", "digits only"),
    ],
)
def test_a_pin_that_will_not_do_is_refused_in_words(cast: Cast, pin: str, again: str, said: str) -> None:
    client = Client()
    client.force_login(login_of(cast.fay))
    answer = client.post(reverse("counter_pin"), {"pin": pin, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CounterPin.objects.exists()


def test_the_rail_offers_to_lock_on_a_counter_computer_only(cast: Cast, counter: tuple[CounterDevice, Client]) -> None:
    _, client = counter
    unlock(client, cast.fay.pk, PIN)
    elsewhere = Client()
    elsewhere.force_login(login_of(cast.fay))
    offered = ['data-go="l"' in browser.get("/queue/").content.decode() for browser in (client, elsewhere)]
    assert offered == [True, False]


@pytest.mark.parametrize(
    ("name", "value"),
    [("person", "x"), ("person", "9" * 40), ("pin", "\x00"), ("pin", "٣" * 6), ("pin", "x" * 30_000), ("next", "abc")],
)
def test_nothing_typed_into_the_lock_page_fails(
    cast: Cast, counter: tuple[CounterDevice, Client], name: str, value: str
) -> None:
    answer = counter[1].post(UNLOCK, {"person": cast.fay.pk, "pin": PIN, name: value})
    assert answer.status_code in (302, 422)
