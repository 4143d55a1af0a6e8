"""Passkeys in real Chromium, with an authenticator of the browser's own making: added, and signed in with."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


def plug_in_authenticator(page: Page) -> None:
    """Give the browser a device that holds passkeys and always finds its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page) -> None:
    page.goto("/accounts/second-factor/passkeys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_a_password(cast: Cast, open_as: Opening) -> None:
    cache.clear()
    page = open_as(cast.hana, "/accounts/second-factor/")
    plug_in_authenticator(page)
    add_passkey(page)
    page.goto("/accounts/second-factor/")
    expect(page.locator(".item-title", has_text="Passkey 1")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/queue/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/queue/")
    expect(page.get_by_text("Hana Resources").first).to_be_visible()


def test_a_passkey_confirms_who_it_is_and_stands_beside_a_password(cast: Cast, open_as: Opening) -> None:
    cache.clear()
    page = open_as(cast.hana, "/accounts/second-factor/")
    plug_in_authenticator(page)
    add_passkey(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Email").fill(cast.hana.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator(".rail-person strong")).to_have_text("Hana Resources")
    page.goto("/accounts/confirm/passkey/?next=/accounts/second-factor/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/accounts/second-factor/")
    page.get_by_role("link", name="Remove Passkey 1").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey was removed.")).to_be_visible()


def test_a_device_without_a_passkey_is_told_so(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.hana, "/accounts/second-factor/")
    page.context.clear_cookies()
    plug_in_authenticator(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    assert page.url.endswith("/accounts/login/")
