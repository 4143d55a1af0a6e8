"""The page of a request in real Chromium: by keyboard alone, and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from requests_app.domain.vocabulary import Channel, Disposition, Status, Verdict
from requests_app.models import Notice, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.browser.conftest import Opening
from tests.cast import Cast, actor
from tests.shared_answer_cases import shared

pytestmark = pytest.mark.browser


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    """A call of an hour ago for Alice."""
    at = timezone.now() - timedelta(hours=1)
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Pothole on Pear Street",
        received_at=at,
        customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=at)


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab")


@pytest.mark.smoke
def test_a_supervisor_gives_and_staff_answers_by_keyboard_alone(
    cast: Cast, pothole: ServiceRequest, open_as: Opening
) -> None:
    page = open_as(cast.sam, pothole.get_absolute_url())
    tab_to(page, "#give summary")
    page.keyboard.press("Enter")
    tab_to(page, "#give [name=owner]")
    page.keyboard.type("Bob T")
    tab_to(page, "#give [name=text]")
    page.keyboard.type("You know that street")
    tab_to(page, "#give button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Given. The answer-by date stays.")).to_be_visible()
    pothole.refresh_from_db()
    assert pothole.owner == cast.bob
    assert Notice.objects.get(kind=Notice.Kind.ASSIGNED).recipient == cast.bob

    page = open_as(cast.bob, "/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pothole on Pear Street")
    tab_to(page, "#answer [name=text]")
    page.keyboard.type("A crew fills it on Friday.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Answer saved.")).to_be_visible()
    clock = pothole.clocks.get()
    assert (clock.verdict, clock.stopped_by and clock.stopped_by.employee) == (Verdict.MET, cast.bob)


def test_answered_and_closed_without_javascript(cast: Cast, pothole: ServiceRequest, open_as: Opening) -> None:
    page = open_as(cast.alice, "/", javascript=False)
    page.get_by_role("link", name="Pothole on Pear Street").click()
    answer = page.locator("#answer")
    answer.get_by_label("What the customer was told").fill("A crew fills it on Friday.")
    answer.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Answer saved.")).to_be_visible()
    close = page.locator("#close")
    close.locator("summary").click()
    close.get_by_label("How it ended").select_option("done")
    close.get_by_label("What the customer was told").fill("Filled today.")
    close.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Closed.", exact=True)).to_be_visible()
    pothole.refresh_from_db()
    assert (pothole.status, pothole.disposition) == (Status.CLOSED, Disposition.DONE)


def test_what_was_typed_survives_a_refusal(cast: Cast, pothole: ServiceRequest, open_as: Opening) -> None:
    page = open_as(cast.alice, pothole.get_absolute_url())
    answer = page.locator("#answer")
    answer.get_by_label("What the customer was told").fill("Dana looks into it")
    answer.get_by_label("Not yet").check()
    answer.get_by_role("button", name="Save the answer").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(answer.get_by_label("What the customer was told")).to_have_value("Dana looks into it")
    assert page.title().startswith("Error:")


def test_two_clicks_are_one_answer(cast: Cast, pothole: ServiceRequest, open_as: Opening) -> None:
    page = open_as(cast.alice, pothole.get_absolute_url())
    page.locator("#answer").get_by_label("What the customer was told").fill("A crew fills it on Friday.")
    page.locator("#answer").get_by_role("button", name="Save the answer").dblclick()
    expect(page.get_by_text("Answer saved.")).to_be_visible()
    assert pothole.interactions.count() == 2


def test_two_keys_put_a_shared_answer_into_the_reply(cast: Cast, pothole: ServiceRequest, open_as: Opening) -> None:
    answer = shared(cast.alice, texts={"en": "A crew fills {number} by Friday."})
    page = open_as(cast.alice, pothole.get_absolute_url())

    page.keyboard.press("i")
    page.keyboard.press("1")
    page.keyboard.type(" Thank you, i 1.")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Answer saved.")).to_be_visible()
    said = pothole.interactions.latest("pk")
    assert said.text == f"A crew fills {pothole.number} by Friday. Thank you, i 1."
    assert answer.uses.get().interaction == said
