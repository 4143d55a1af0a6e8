"""Logging a contact in real Chromium: by keyboard alone, without JavaScript, in every size and theme."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, PdfMargins, expect

from requests_app.domain.vocabulary import Channel
from requests_app.models import Category, Customer, Interaction, ResponseClock, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.browser.conftest import Opening, axe_violations_light_and_dark, sideways_scroll
from tests.cast import Cast, actor
from tests.factories import PASSWORD, EmployeeFactory
from tests.record_files import words_in

pytestmark = pytest.mark.browser


@pytest.fixture
def inspection(cast: Cast) -> ServiceRequest:
    """A call of three hours ago from a known customer, still open."""
    at = timezone.now() - timedelta(hours=3)
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Inspection not shown online",
        text="Portal says none booked, card says Tuesday.",
        received_at=at,
        customer=CustomerEntry(name="Rosalía O’Brien-Núñez", phone="(510) 555-0143"),
        category_id=Category.objects.get(slug="inspection").pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=at)


@pytest.mark.smoke
def test_a_call_from_a_known_customer_by_keyboard_alone(
    cast: Cast, inspection: ServiceRequest, open_as: Opening
) -> None:
    page = open_as(cast.fay, "/requests/")
    page.keyboard.press("n")
    page.wait_for_url("**/log/")  # loaded, scripts and all: keys typed before that reach nobody
    expect(page.get_by_role("heading", level=1)).to_have_text("Log a contact")
    page.keyboard.press("2")
    expect(page.locator('[name="channel"][value="phone"]')).to_be_checked()
    expect(page.locator("#id_who")).to_be_focused()
    page.keyboard.type("rosa")
    expect(page.locator(".combobox-list:visible [role=option]")).to_have_count(2)  # she, and "Use as typed"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not this person")).to_be_visible()
    expect(page.get_by_role("heading", name="Perhaps already logged")).to_be_visible()
    tab_to(page, "#id_category")
    page.keyboard.type("permiso")
    expect(page.get_by_role("option", name="Building permit question")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, "#id_title")
    page.keyboard.type("Asks whether a carport needs a permit")
    expect(page.locator("#promise .promise-date")).not_to_have_text("No date")
    promised = page.locator("#promise .promise-date").inner_text()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/log/done/**")
    request = ServiceRequest.objects.exclude(pk=inspection.pk).get()
    assert (request.customer, request.channel) == (inspection.customer, Channel.PHONE)
    expect(page.locator(".tracking-number")).to_have_text(request.number)
    expect(page.locator(".confirmation time")).to_have_text(promised)
    page.keyboard.press("Enter")
    expect(page.locator('[name="channel"][value="phone"]')).to_be_checked()
    expect(page.locator("#id_title")).to_have_value("")


@pytest.mark.smoke
def test_a_call_without_javascript(cast: Cast, inspection: ServiceRequest, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/", javascript=False)
    page.locator('[value="phone"]').check()
    page.get_by_label("Who is it?").fill("rosa")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Rosalía O’Brien-Núñez").check()
    page.get_by_label("What do they need?").fill("Asks about the card again")
    page.get_by_label("Category").fill("inspección")
    page.get_by_role("button", name="Check the date").click()
    expect(page.locator(".promise-date")).not_to_have_text("No date")
    expect(page.get_by_text("Perhaps already logged")).to_be_visible()
    expect(page.get_by_label("What do they need?")).to_have_value("Asks about the card again")
    page.get_by_role("button", name="Save contact").last.click()
    page.wait_for_url("**/log/done/**")
    assert ServiceRequest.objects.filter(customer=inspection.customer).count() == 2
    assert Customer.objects.count() == 1


def test_enter_saves_without_javascript_too(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/", javascript=False)
    page.locator('[value="counter"]').check()
    page.get_by_label("What do they need?").fill("Where is the library")
    page.get_by_label("What do they need?").press("Enter")
    page.wait_for_url("**/log/done/**")
    assert ServiceRequest.objects.get().title == "Where is the library"


def test_a_slip_is_one_press_away_and_prints_on_a_roll_and_on_letter_paper(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=counter")
    page.get_by_label("What do they need?").fill("Where is the library")
    page.get_by_label("Who is it?").fill("Luz Prueba 510 555 0177")
    page.get_by_label("Language").select_option("es")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/log/done/**")
    page.get_by_role("button", name="Slip to print").click()
    page.wait_for_url("**/slip/")
    assert axe_violations_light_and_dark(page) == []
    assert sideways_scroll(page) == 0
    number = ServiceRequest.objects.get().number
    margin: PdfMargins = {"left": "3mm", "right": "3mm", "top": "3mm", "bottom": "3mm"}
    for paper in (page.pdf(width="58mm", height="120mm", margin=margin), page.pdf(format="Letter", margin=margin)):
        sheets = words_in(paper).split("\f")
        assert len(sheets) == 2  # one sheet, and what follows its form feed
        assert number in sheets[0]
        assert "Nuestra norma" in sheets[0]
        assert "Log another" not in sheets[0]


def test_an_unknown_category_offers_what_may_be_meant(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=phone", javascript=False)
    page.get_by_label("What do they need?").fill("Loud party")
    page.get_by_label("Category").fill("nois")
    page.get_by_role("button", name="Save contact").last.click()
    expect(page.locator("#error-summary")).to_be_visible()
    page.get_by_label("Noise Police").check()
    page.get_by_role("button", name="Save contact").last.click()
    page.wait_for_url("**/log/done/**")
    assert ServiceRequest.objects.get().category == Category.objects.get(slug="noise")


def test_calling_again_is_one_button(cast: Cast, inspection: ServiceRequest, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=phone")
    page.get_by_label("Who is it?").fill("510 555 0143")
    page.get_by_label("What do they need?").fill("Still nothing online")
    page.get_by_role("button", name="Add to this one").click()
    page.wait_for_url("**/log/done/**")
    assert Interaction.objects.get(is_calling_again=True).text == "Still nothing online"
    assert ResponseClock.objects.get().calling_again_count == 1


def test_errors_take_the_focus_and_keep_the_text(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/")
    page.get_by_label("Who is it?").fill("Luz Prueba")
    page.get_by_role("button", name="Save contact").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Error:")
    expect(page.get_by_label("Who is it?")).to_have_value("Luz Prueba")
    page.get_by_role("link", name="Choose how it reached us").click()
    expect(page.locator('[name="channel"]').first).to_be_focused()


def test_a_draft_survives_a_reload_and_ends_with_saving(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/")
    page.locator('[value="counter"]').check()
    page.get_by_label("What do they need?").fill("Where is the library")
    page.reload()
    expect(page.get_by_label("What do they need?")).to_have_value("Where is the library")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/log/done/**")
    page.goto("/log/")
    expect(page.get_by_label("What do they need?")).to_have_value("")


def test_a_draft_survives_signing_out_with_whom_it_is_from(
    cast: Cast, inspection: ServiceRequest, open_as: Opening
) -> None:
    page = open_as(cast.fay, "/log/?channel=phone")
    page.get_by_label("Who is it?").press_sequentially("rosa")
    page.get_by_role("option", name="Rosalía").click()
    page.get_by_label("What do they need?").fill("Wants a copy of an ordinance")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert "Rosal" not in page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    page.locator("[name=login]").fill(cast.fay.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/log/")
    expect(page.get_by_text("What you had typed here before is shown again.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/log/done/**")
    logged = ServiceRequest.objects.get(title="Wants a copy of an ordinance")
    assert logged.customer == inspection.customer


def test_starting_afresh_forgets_the_draft_everywhere(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=phone")
    with page.expect_response("**/drafts/keep/"):
        page.get_by_label("What do they need?").fill("Wants a copy of an ordinance")
    page.reload()
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("What do they need?")).to_have_value("")
    page.reload()
    expect(page.get_by_label("What do they need?")).to_have_value("")


def test_a_session_that_ended_loses_nothing_typed(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=phone")
    page.get_by_label("Who is it?").fill("Luz Prueba 510 555 0177")
    expect(page.locator("#promise")).to_contain_text("business day")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with page.expect_response("**/accounts/login/**"):
        page.get_by_label("What do they need?").fill("Wants a copy of an ordinance")
    expect(page.locator("#promise")).to_contain_text("business day")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/login/**")
    page.locator("[name=login]").fill(cast.fay.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/log/(\?|$)"))
    expect(page.get_by_label("What do they need?")).to_have_value("Wants a copy of an ordinance")


def test_a_double_click_logs_once(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.fay, "/log/?channel=counter")
    page.get_by_label("What do they need?").fill("Where is the library")
    page.get_by_role("button", name="Save contact").dblclick()
    page.wait_for_url("**/log/done/**")
    assert ServiceRequest.objects.count() == 1


def test_a_hazard_opens_who_was_told(cast: Cast, open_as: Opening) -> None:
    hazard = Category.objects.filter(is_hazard=True).first()
    assert hazard
    page = open_as(cast.fay, "/log/?channel=phone")
    expect(page.get_by_label("Who was told?")).to_be_hidden()
    page.get_by_label("Category").fill(hazard.name)
    expect(page.get_by_label("Who was told?")).to_be_visible()
    expect(page.get_by_text("911", exact=True)).to_be_visible()


def test_what_is_unfolded_fits_what_was_ticked(cast: Cast, open_as: Opening) -> None:
    EmployeeFactory.create(name="Ana Ruiz", extension="214", department=cast.finance)
    page = open_as(cast.fay, "/log/?channel=phone")
    expect(page.get_by_label("How it ended")).to_be_hidden()
    page.locator("#id_on_the_spot").check()
    expect(page.get_by_label("How it ended")).to_be_visible()
    page.locator("#id_for_whom").fill("214")
    expect(page.get_by_label("Message taken")).to_be_checked()
    expect(page.locator("#promise")).to_contain_text("Ana Ruiz")
    page.get_by_label("From a colleague").check()
    expect(page.get_by_label("Who is it?")).to_be_hidden()
    expect(page.get_by_label("Which colleague?")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    cast: Cast, inspection: ServiceRequest, open_as: Opening, width: int
) -> None:
    page = open_as(cast.fay, "/log/?channel=phone", width=width)
    page.get_by_label("Who is it?").press_sequentially("rosa")
    expect(page.locator(".combobox-list:visible [role=option]").first).to_be_visible()
    assert axe_violations_light_and_dark(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Perhaps already logged")).to_be_visible()
    page.locator("summary", has_text="optional").click()
    page.get_by_label("Danger now").check()
    page.locator("#id_for_whom").fill("nobody")
    assert axe_violations_light_and_dark(page) == []
    page.get_by_role("button", name="Save contact").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert axe_violations_light_and_dark(page) == []
    assert sideways_scroll(page) == 0
    page.goto(f"/log/done/{inspection.number}/")
    assert axe_violations_light_and_dark(page) == []
    assert sideways_scroll(page) == 0


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the field has the focus; ten presses are too many."""
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
