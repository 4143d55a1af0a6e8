"""A counter computer in real Chromium: lock by key, switch in well under three seconds, nothing left behind."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from requests_app.models import CounterDevice
from tests.browser.conftest import Opening, axe_violations, sideways_scroll
from tests.browser.test_passkeys import add_passkey, plug_in_authenticator
from tests.cast import Cast
from tests.counter_computer import OTHER_PIN, PIN, register, sit_down
from tests.factories import PASSWORD, ServiceRequestFactory

pytestmark = pytest.mark.browser
HALF = "Luz Prueba asks about a lien"
# As in production: the cost of a guess is part of the three seconds.
HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]
SECONDS_TO_SWITCH = 3.0


@pytest.fixture
def device(cast: Cast) -> tuple[CounterDevice, str]:
    """A counter computer where Fay and Alice signed in a moment ago."""
    at = timezone.now()
    device, token = register(cast, at=at)
    sit_down(device, cast.fay, at=at)
    sit_down(device, cast.alice, at=at, pin=OTHER_PIN)
    return device, token


def at_the_counter(page: Page, token: str, path: str) -> Page:
    page.context.add_cookies(
        [{"name": settings.COUNTER_COOKIE_NAME, "value": token, "url": page.url, "httpOnly": True}]
    )
    page.goto(path)
    return page


def unlock(page: Page, name: str, pin: str) -> None:
    page.wait_for_url(lambda url: "/unlock/" in url)  # loaded whole: the script moves on to the PIN by itself
    page.get_by_label(name).click()
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
    expect(page.locator(".rail-person strong")).to_have_text(name)


@pytest.mark.smoke
def test_what_was_half_typed_is_there_again_and_was_shown_to_nobody_else(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening
) -> None:
    page = at_the_counter(open_as(cast.fay, "/"), device[1], "/log/?channel=phone")
    page.get_by_label("What do they need?").fill(HALF)
    page.get_by_role("button", name="Lock").click()
    unlock(page, "Alice Owner", OTHER_PIN)
    page.goto("/log/")
    expect(page.get_by_label("What do they need?")).to_have_value("")
    assert "Luz" not in page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")

    page.get_by_role("button", name="Lock").click()
    unlock(page, "Fay Desk", PIN)
    page.wait_for_url("**/log/?channel=phone")
    expect(page.get_by_label("What do they need?")).to_have_value(HALF)
    expect(page.locator('[name="channel"][value="phone"]')).to_be_checked()


@pytest.mark.drill
def test_switching_from_one_working_page_to_the_other_persons_takes_well_under_three_seconds(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening, settings: Any, full_size_drill: bool
) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    for person, pin in ((cast.fay, PIN), (cast.alice, OTHER_PIN)):
        sit_down(device[0], person, at=timezone.now(), pin=pin)
    page = at_the_counter(open_as(cast.fay, "/"), device[1], "/log/")
    took = []
    for name, pin in (("Alice Owner", OTHER_PIN), ("Fay Desk", PIN), ("Alice Owner", OTHER_PIN)):
        started = time.monotonic()
        page.get_by_role("button", name="Lock").click()
        unlock(page, name, pin)
        took.append(time.monotonic() - started)
    print("seconds from Lock to the other person's page:", [round(seconds, 2) for seconds in took])
    # The best of three. Beside the rest of the suite a clock on the wall tells of the machine: there it is generous.
    assert min(took) < (SECONDS_TO_SWITCH if full_size_drill else 10 * SECONDS_TO_SWITCH)


def test_locked_by_key_nothing_is_behind_back_and_other_tabs_are_locked_too(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening
) -> None:
    page = at_the_counter(open_as(cast.fay, "/"), device[1], "/queue/")
    page.goto("/overdue/")
    other = page.context.new_page()
    other.goto("/requests/")
    page.bring_to_front()
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/unlock/")
    other.wait_for_url("**/unlock/")
    for _ in range(2):
        page.go_back()
        page.wait_for_url("**/unlock/**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Locked")
    assert session_of(page.context) is None

    page.goto("/unlock/")
    page.evaluate("document.activeElement.blur()")  # as before the browser has moved the focus to the first name
    page.keyboard.press("f")
    expect(page.get_by_label("Fay Desk")).to_be_checked()
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/overdue/")
    other.wait_for_url(lambda url: "unlock" not in url)


def session_of(context: BrowserContext) -> str | None:
    names = [cookie["name"] for cookie in context.cookies()]
    return settings.SESSION_COOKIE_NAME if settings.SESSION_COOKIE_NAME in names else None


def test_without_javascript_locking_keeps_the_form_too(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening
) -> None:
    page = at_the_counter(open_as(cast.fay, "/", javascript=False), device[1], "/log/")
    page.get_by_label("What do they need?").fill(HALF)
    page.get_by_role("button", name="Lock, and keep this for me").click()
    page.get_by_label("Fay Desk").check()
    page.get_by_label("PIN").fill(PIN)
    page.get_by_label("PIN").press("Enter")
    page.wait_for_url("**/log/")
    expect(page.get_by_label("What do they need?")).to_have_value(HALF)
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("What do they need?")).to_have_value("")


def test_a_note_half_typed_on_a_request_comes_back(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening
) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    page = at_the_counter(open_as(cast.alice, "/"), device[1], found.get_absolute_url())
    page.locator("#note summary").click()
    with page.expect_response("**/drafts/keep/"):
        page.locator("#note textarea").fill("Crew is sh")
    page.reload()
    expect(page.locator("#note textarea")).to_have_value("Crew is sh")
    expect(page.locator("#note textarea")).to_be_visible()


def test_left_alone_it_locks_itself(cast: Cast, device: tuple[CounterDevice, str], open_as: Opening) -> None:
    page = open_as(cast.fay, "/")
    page.clock.install()
    at_the_counter(page, device[1], "/queue/")
    page.clock.run_for("04:30")
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    page.clock.run_for("00:45")
    page.wait_for_url("**/unlock/")


def test_the_password_opens_it_as_well(cast: Cast, device: tuple[CounterDevice, str], open_as: Opening) -> None:
    page = at_the_counter(open_as(cast.fay, "/"), device[1], "/queue/")
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("PIN").fill("000000")
    page.get_by_label("Fay Desk").check()
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_text("That PIN is not right")).to_be_visible()
    expect(page.get_by_label("PIN")).to_be_focused()
    page.get_by_role("link", name="Sign in with your password").click()
    page.locator("[name=login]").fill(cast.bob.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".rail-person strong")).to_have_text("Bob Teammate")


def test_a_passkey_opens_it_as_well_and_leads_back(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening
) -> None:
    cache.clear()
    page = at_the_counter(open_as(cast.fay, "/"), device[1], "/accounts/second-factor/")
    plug_in_authenticator(page)
    add_passkey(page)
    page.goto("/queue/?sort=newest")
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("button", name="Unlock with a passkey").click()
    page.wait_for_url("**/queue/?sort=newest")
    expect(page.locator(".rail-person strong")).to_have_text("Fay Desk")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_its_pages(
    cast: Cast, device: tuple[CounterDevice, str], open_as: Opening, theme: str
) -> None:
    page = at_the_counter(open_as(cast.ada, "/", theme=theme), device[1], "/counters/")
    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("/counters/", "/pin/"):
            page.goto(path)
            found[f"{width} {path}"] = [*axe_violations(page), sideways_scroll(page)]
    page.goto("/")
    page.get_by_text("Menu").click()
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/unlock/")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found[f"{width} lock"] = [*axe_violations(page), sideways_scroll(page)]
    assert {name: faults for name, faults in found.items() if faults != [0]} == {}
