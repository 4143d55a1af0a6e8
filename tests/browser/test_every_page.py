"""Every page in real Chromium, full to the brim: no finding of axe, no complaint of the browser, no sideways scroll."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from requests_app.models import ServiceRequest
from tests.browser.conftest import (
    Opening,
    axe_violations,
    axe_violations_in_every_look,
    cut_words,
    sideways_scroll,
)
from tests.cast import Cast
from tests.kept_rows import put_back
from tests.pages.scene import MARKUP, crowded_city
from tests.pages.scene_complaints import argued_complaints

pytestmark = pytest.mark.browser
# Long enough ago that a page opened today shows everything as past: the server keeps its own clock.
A_TUESDAY = datetime(2026, 11, 17, 20, 10, tzinfo=UTC)
PERIOD = "from=2026-10-01&to=2026-11-20"
STATES = ("held", "danger", "ended done", "named 0")
PAGES = {
    "fay": ("/log/", "LOG WITH ERRORS", "CONFIRMATION", "/pin/", "/customers/", "CUSTOMER"),
    "sam": (
        "/", "/queue/", "/overdue/", "/requests/", "/requests/?q=nothing+is+called+this", *STATES,
        "REQUEST WITH ERRORS", "/complaints/", "complaint received", "complaint answered", "complaint reviewed",
        "COMPLAINT WITH ERRORS", "/escalations/", "escalated", "accepted",
        "about somebody", "compliment", "/commendations/",
    ),
    "hana": (
        f"/compliance/?{PERIOD}", f"/compliance/clocks/?{PERIOD}", f"/compliance/contacts/?{PERIOD}",
        f"/compliance/imported/?{PERIOD}", f"/compliance/load/?{PERIOD}", f"/compliance/times/?{PERIOD}",
        f"/compliance/handling/?{PERIOD}", "/compliance/definitions/",
        "/accounts/logout/", "/accounts/", "/accounts/sign-ins/",
        "/accounts/second-factor/", "/accounts/password/change/", "/accounts/confirm/", "/audit/",
        "/records/exports/new/", "EXPORT", "FORM", f"/complaints/register/?{PERIOD}",
        f"/complaints/register/answer/?{PERIOD}", "/training/", "/compliance/training/", "/suggestions/",
        "/recognition/register/",
    ),
    "cleo": (
        "/records/", "/records/holds/", "/records/catalog/", "/records/purges/", "/records/disposals/",
        "/forms/", "/forms/new/", "/forms/blank/", "RECORDS OF A REQUEST",
    ),
    "otto": ("/requests/", "held", f"/compliance/?{PERIOD}"),
    "ada": (
        "/calendars/", "/calendars/response/?year=2027", "/calendars/response/days/2027-12-24/",
        "/calendars/response/hours/", "CALENDAR TO CONFIRM", "/standards/phone_response/", "/categories/",
        "/ladder/due_soon/", "/administration/", "/this-month/", "/first-run/", "/settings/", "/settings/on-call/",
        "/settings/texts/", "/mail/", "/backups/", "/counters/", "/directory/people/", "PERSON", "PERSON WITH ERRORS",
        "LEAVING", "/directory/departments/",
    ),
}  # fmt: skip
# 320 by 256 pixels is a window of 1280 by 1024 at 400 % zoom; tables have the least room at 768 and 992.
WINDOWS = ((320, 256), (768, 860), (992, 860), (1280, 860))
PUBLIC = ("/accounts/login/", "LOGIN WITH ERRORS", "/accounts/password/reset/", "/nowhere/")


@pytest.fixture
def scene(cast: Cast) -> dict[str, ServiceRequest]:
    words = f"{MARKUP} {'W' * 80} {'Lorem ' * 40}"
    complaints = put_back(
        "argued complaints", lambda: argued_complaints(cast, at=A_TUESDAY - timedelta(days=6), words=words)
    )
    return complaints | crowded_city(cast, now=A_TUESDAY).by_state


def visited(page: Page, names: tuple[str, ...], scene: dict[str, ServiceRequest]) -> Iterator[str]:
    """Open each page in turn; give its name once it is there."""
    for name in names:
        if name in _STEPS:
            _STEPS[name](page, scene)
        else:
            page.goto(name if name.startswith("/") else scene[name].get_absolute_url())
        yield name


def _log_with_errors(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto("/log/")
    page.get_by_label("Category").fill("no such thing")
    page.get_by_role("button", name="Save contact").click()
    expect(page.locator("#error-summary")).to_be_focused()


def _person(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto("/directory/people/?q=alice%40pinole")
    page.locator(".row-title").click()
    expect(page.get_by_role("heading", name="Alternates")).to_be_visible()


def _person_with_errors(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto("/directory/people/new/")
    page.get_by_label("Monday").fill("mornings")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#error-summary")).to_be_focused()


def _leaving(page: Page, scene: dict[str, ServiceRequest]) -> None:
    _person(page, scene)
    page.get_by_role("link", name="Leaves").click()
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_role("button", name="Confirm")).to_be_visible()


def _request_with_errors(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(scene["held"].get_absolute_url())
    page.locator("#close summary").click()
    page.locator("#close").get_by_role("button", name="Close").click()
    expect(page.locator("#error-summary")).to_be_focused()


def _complaint_with_errors(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"{scene['complaint received'].get_absolute_url()}complaint/")
    page.get_by_role("button", name="Save what they wish for").click()
    expect(page.locator("#error-summary")).to_be_focused()


def _login_with_errors(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("nobody@pinole.example")
    page.get_by_label("Password").fill("a-password-long-enough")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()


def _confirmation(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"/log/done/{scene['held'].number}/")


def _customer(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"/customers/{scene['named 0'].customer_id}/")


def _records(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"{scene['held'].get_absolute_url()}records/")
    page.locator("#redact summary").click()


def _calendar_to_confirm(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto("/calendars/response/days/2026-11-18/")
    page.get_by_label("Name").fill("Storm")
    page.get_by_role("button", name="Add to the draft").click()
    page.get_by_role("link", name="See what moves, then confirm").click()
    expect(page.get_by_role("button", name="Confirm this calendar")).to_be_visible()


def _export(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"/records/exports/new/?number={scene['held'].number}")
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_role("heading", name="Being made")).to_be_visible()


def _form(page: Page, scene: dict[str, ServiceRequest]) -> None:
    page.goto(f"{scene['held'].get_absolute_url()}form/?language=es")


_STEPS: dict[str, Callable[[Page, dict[str, ServiceRequest]], None]] = {
    "LOG WITH ERRORS": _log_with_errors,
    "REQUEST WITH ERRORS": _request_with_errors,
    "COMPLAINT WITH ERRORS": _complaint_with_errors,
    "LOGIN WITH ERRORS": _login_with_errors,
    "CUSTOMER": _customer,
    "PERSON": _person,
    "PERSON WITH ERRORS": _person_with_errors,
    "LEAVING": _leaving,
    "CONFIRMATION": _confirmation,
    "EXPORT": _export,
    "FORM": _form,
    "RECORDS OF A REQUEST": _records,
    "CALENDAR TO CONFIRM": _calendar_to_confirm,
}


@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_on_any_page_in_any_look(
    cast: Cast, scene: dict[str, ServiceRequest], open_as: Opening, who: str
) -> None:
    page = open_as(getattr(cast, who), "/")
    found = {name: axe_violations_in_every_look(page) for name in visited(page, PAGES[who], scene)}
    assert found.keys() == set(PAGES[who])
    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_before_the_login(
    chromium: Browser, live_server: Any, transactional_db: None, theme: str
) -> None:
    context = chromium.new_context(
        base_url=live_server.url,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 375, "height": 800},
    )
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    found = {}
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name in visited(page, PUBLIC, {}):
            found[f"{width} {name}"] = [*axe_violations(page), *complaints]
            assert sideways_scroll(page) <= 0, name
    context.close()
    assert {name: violations for name, violations in found.items() if violations} == {}


def test_nothing_scrolls_sideways_and_no_filter_cuts_its_words(
    cast: Cast, scene: dict[str, ServiceRequest], open_as: Opening
) -> None:
    """Every page where there is least room; the report, wide as its tables are, in all windows."""
    found = {}
    for who, names in PAGES.items():
        page = open_as(getattr(cast, who), "/")
        for name in visited(page, (*names, "storied") if who == "sam" else names, scene):
            for width, height in WINDOWS if who == "hana" else WINDOWS[:1]:
                page.set_viewport_size({"width": width, "height": height})
                scrolls = [f"{sideways_scroll(page)} px"] if sideways_scroll(page) > 0 else []
                found[f"{who} {name} at {width}"] = [*scrolls, *cut_words(page)]
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(
    cast: Cast, scene: dict[str, ServiceRequest], open_as: Opening
) -> None:
    unseen = {}
    for who, names in PAGES.items():
        page = open_as(getattr(cast, who), "/")
        page.emulate_media(reduced_motion="reduce")  # else a stop is judged while the page still rolls towards it
        for name in visited(page, tuple(name for name in names if name.startswith("/")), scene):
            page.goto(page.url)
            page.evaluate("document.activeElement.blur()")
            unseen[f"{who} {name}"] = _unseen_stops(page)
    assert {name: stops for name, stops in unseen.items() if stops} == {}


def _unseen_stops(page: Page) -> list[str]:
    """Walk the first stops of a page with Tab; list those that do not show that they have the focus."""
    found = []
    for number in range(14):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if not stop["shown"]:
            found.append(stop["html"])
        if number == 0 and "skip-link" not in stop["html"] and "autofocus" not in page.content():
            found.append(f"first: {stop['html']}")
    return found


# Focus shows on the element, or on the label or tile it belongs to, as an outline or a ring inside the window.
_STOP = """() => {
  const stop = document.activeElement;
  const rings = [stop, stop.parentElement, stop.nextElementSibling, stop.closest("label")].filter(Boolean);
  const ringed = rings.some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const box = stop.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {shown: stop === document.body || (ringed && inside), html: stop.outerHTML.slice(0, 120)};
}"""


def test_the_skip_link_leads_to_the_content(cast: Cast, open_as: Opening) -> None:
    page = open_as(cast.sam, "/overdue/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
