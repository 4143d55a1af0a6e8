"""The list of where one is signed in, and ending sign-ins at once."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import AuditEntry, Employee
from requests_app.services.sign_ins import end_sign_ins
from tests.cast import Cast, login_of
from tests.factories import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def browser(employee: Employee, user_agent: str = FIREFOX, ip: str = "192.0.2.7") -> Client:
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=ip)
    assert client.post(reverse("account_login"), {"login": employee.email, "password": PASSWORD}).status_code == 302
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("my_account")).status_code == 200


def sign_in_id(employee: Employee, ip: str) -> int:
    return int(UserSession.objects.get(user=employee.user, ip=ip).pk)


def test_each_browser_is_listed_with_its_device_and_address(cast: Cast) -> None:
    here, _ = browser(cast.alice), browser(cast.alice, IPHONE, "198.51.100.3")
    shown = here.get(reverse("sign_in_list")).context["sign_ins"]
    assert {(one.device, one.ip, one.is_here) for one in shown} == {
        ("Firefox on Windows", "192.0.2.7", True),
        ("Safari on iPhone", "198.51.100.3", False),
    }


def test_one_ends_a_sign_in_of_ones_own_and_a_second_click_finds_nothing(cast: Cast) -> None:
    here, lost = browser(cast.alice), browser(cast.alice, IPHONE, "198.51.100.3")
    url = reverse("end_one_sign_in", args=[sign_in_id(cast.alice, "198.51.100.3")])
    assert here.post(url).status_code == 302
    assert (is_signed_in(here), is_signed_in(lost)) == (True, False)
    assert here.post(url).status_code == 404
    entry = AuditEntry.objects.get(action="sign_ins_ended")
    assert (entry.actor, entry.object_id, entry.count) == (cast.alice, login_of(cast.alice).pk, 1)


def test_nobody_ends_a_sign_in_of_somebody_else(cast: Cast) -> None:
    theirs = browser(cast.alice)
    url = reverse("end_one_sign_in", args=[sign_in_id(cast.alice, "192.0.2.7")])
    assert browser(cast.charlie, ip="203.0.113.9").post(url).status_code == 404
    assert is_signed_in(theirs)


def test_one_ends_all_others_and_stays(cast: Cast) -> None:
    here, first, second = (browser(cast.alice, ip=f"192.0.2.{number}") for number in (1, 2, 3))
    elsewhere = browser(cast.bob)
    here.post(reverse("end_other_sign_ins"))
    assert [is_signed_in(client) for client in (here, first, second, elsewhere)] == [True, False, False, True]
    assert AuditEntry.objects.get(action="sign_ins_ended").count == 2


def test_somebody_who_leaves_is_signed_out_everywhere_at_once(cast: Cast, now: datetime) -> None:
    browsers = [browser(cast.alice), browser(cast.alice, IPHONE)]
    assert end_sign_ins(user_id=login_of(cast.alice).pk, at=now) == 2
    assert [is_signed_in(client) for client in browsers] == [False, False]
    assert end_sign_ins(user_id=login_of(cast.alice).pk, at=now) == 0


def test_a_visit_is_noted_once_a_minute(cast: Cast, now: datetime, time_machine: object) -> None:
    time_machine.move_to(now, tick=False)  # type: ignore[attr-defined]
    client = browser(cast.alice)
    with CaptureQueriesContext(connection) as soon:
        client.get(reverse("my_account"))
    time_machine.move_to(now + timedelta(seconds=61), tick=False)  # type: ignore[attr-defined]
    client.get(reverse("my_account"))
    assert not [query for query in soon.captured_queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert UserSession.objects.get(user=cast.alice.user).last_seen_at == now + timedelta(seconds=61)


def test_the_list_costs_the_same_with_many_sign_ins(cast: Cast) -> None:
    here = browser(cast.alice)
    here.get(reverse("sign_in_list"))
    with CaptureQueriesContext(connection) as few:
        here.get(reverse("sign_in_list"))
    for number in range(5):
        browser(cast.alice, ip=f"198.51.100.{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(here.get(reverse("sign_in_list")).context["sign_ins"]) == 6
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/142.0 Safari/537.36", "Chrome on Linux"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_are_named_in_words(cast: Cast, user_agent: str, words: str) -> None:
    assert browser(cast.alice, user_agent).get(reverse("sign_in_list")).context["sign_ins"][0].device == words
