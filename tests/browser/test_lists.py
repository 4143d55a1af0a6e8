"""The lists in real Chromium: in every size and theme, by keyboard, with and without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from requests_app.models import Employee, ServiceRequest
from requests_app.services.customers import CustomerEntry, keep_customer
from tests.browser.conftest import Opening, axe_violations, axe_violations_light_and_dark, sideways_scroll
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, start_clock_row

pytestmark = pytest.mark.browser

LISTS = ["/", "/queue/", "/overdue/", "/overdue/?tab=today", "/requests/", "/requests/?channel=fax&q=zzz"]


@pytest.fixture
def busy(cast: Cast) -> list[ServiceRequest]:
    """Thirty requests of streets: overdue, due today and later; of Alice, of Bob and of nobody."""
    now = timezone.now()
    customer = keep_customer(CustomerEntry(name="Rosalía O’Brien-Núñez de la Santísima Trinidad"), at=now)
    rows = []
    for index in range(30):
        found = ServiceRequestFactory.create(
            title=f"Árbol caído frente a la casa, the third one from the corner, number {index}",
            search_text=f"arbol caido {index}",
            department=cast.streets,
            owner=[cast.alice, cast.bob, None][index % 3],
            customer=customer,
            received_at=now - timedelta(days=9),
            **danger(index),
        )
        start_clock_row(found, due_at=now + timedelta(hours=10 * (index - 20)))
        rows.append(found)
    return rows


def danger(index: int) -> dict[str, Any]:
    if index:
        return {}
    return {"is_hazard": True, "hazard_told": "Dispatch", "hazard_told_at": timezone.now()}


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_light_or_dark(width: int, cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/", width=width)
    found = {}
    for address in LISTS:
        page.goto(address)
        found[address] = axe_violations_light_and_dark(page)
        assert sideways_scroll(page) <= 0, address
    tick(page, "/overdue/", 2)
    found["ticked"] = axe_violations_light_and_dark(page)
    page.get_by_role("button", name="Excuse…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why are they excused?")
    found["asked"] = axe_violations_light_and_dark(page)
    assert {address: each for address, each in found.items() if each} == {}


def test_nothing_scrolls_sideways_at_320(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/", width=320)
    for address in LISTS:
        page.goto(address)
        assert sideways_scroll(page) <= 0, address


@pytest.mark.parametrize("who", ["ada", "charlie"])
def test_empty_lists_are_whole_pages(who: str, cast: Cast, open_as: Opening) -> None:
    page = open_as(getattr(cast, who), "/")
    for address in LISTS:
        page.goto(address)
        expect(page.locator(".empty h2")).to_be_visible()
        assert axe_violations(page) == []


def test_a_row_is_reached_and_opened_by_keys(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/overdue/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("main .row-title").first
    expect(first).to_be_focused()
    address = first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/queue/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()


def test_a_filter_redraws_the_list_in_place(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/requests/")
    page.evaluate("document.querySelector('.rail').dataset.kept = 'yes'")
    page.get_by_label("Search").fill("caido 29")
    page.keyboard.press("Enter")

    expect(page.locator(".row-title")).to_have_count(1)
    expect(page.locator(".page-scope")).to_have_text("1 fits, of all you may see.")
    assert "q=caido%2029" in page.url
    assert "q=caido+29" in (page.get_by_role("link", name="CSV").get_attribute("href") or "")
    assert page.locator(".rail").get_attribute("data-kept") == "yes"
    page.go_back()
    expect(page.locator(".row-title")).to_have_count(25)


def test_pages_and_orders_are_redrawn_in_place(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/requests/")
    page.evaluate("document.querySelector('.rail').dataset.kept = 'yes'")
    page.get_by_role("link", name="Answer by").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Answer by")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".row-title")).to_have_count(5)
    assert page.locator(".rail").get_attribute("data-kept") == "yes"


def tick(page: Page, address: str, count: int) -> None:
    page.goto(address)
    for index in range(count):
        page.locator("tbody .row-pick").nth(index).check()


@pytest.mark.smoke
def test_the_ticked_are_given_and_taken_back(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/overdue/")
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    before = owners()
    tick(page, "/overdue/?owner=" + str(cast.alice.pk), 2)
    expect(bar).to_contain_text("2 selected")
    page.get_by_label("Give to").select_option(label="Bob Teammate")
    page.get_by_role("button", name="Give", exact=True).click()
    expect(page.locator(".message")).to_contain_text("2 given to Bob Teammate.")
    assert owners() != before
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message")).to_contain_text("Undone: 2 handed back.")
    assert owners() == before


def test_all_of_a_person_are_ticked_at_once(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/overdue/")
    page.get_by_label("All of Bob Teammate").check()
    expect(page.locator(".bulk-bar")).to_contain_text("7 selected")


def test_one_tap_takes_one_in_place(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.alice, "/queue/")
    expect(page.locator(".row-title")).to_have_count(10)
    page.get_by_role("button", name="Take it").first.click()
    expect(page.locator(".message")).to_contain_text("1 is yours now.")
    expect(page.locator(".row-title")).to_have_count(9)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".row-title")).to_have_count(10)


def test_everything_works_without_javascript(cast: Cast, busy: list[ServiceRequest], open_as: Opening) -> None:
    page = open_as(cast.sam, "/queue/", javascript=False)
    page.get_by_label("Search").fill("caido 2")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator("tbody .row-pick").first.check()
    page.get_by_label("Give to").select_option(label="Bob Teammate")
    page.get_by_role("button", name="Give", exact=True).click()
    expect(page.locator(".message")).to_contain_text("1 given to Bob Teammate.")
    page.goto("/overdue/")
    page.locator("tbody .row-pick").first.check()
    page.get_by_role("button", name="Excuse…").click()
    page.get_by_label("Reason").fill("Storm day")
    page.get_by_role("button", name="Excuse").click()
    expect(page.locator(".message")).to_contain_text("1 late answer excused.")


def owners() -> dict[int, Employee | None]:
    return {found.pk: found.owner for found in ServiceRequest.objects.select_related("owner")}
