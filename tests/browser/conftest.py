"""A real Chromium on a real server: pages as people use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, sync_playwright

from requests_app.models import Employee
from tests.cast import login_of

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()
_DRAFTS = "/drafts/keep/"
_AS_IF_SAVED = """document.querySelectorAll("form[data-keep]").forEach(
    (form) => form.dispatchEvent(new Event("submit", { bubbles: true })))"""
Opening = Callable[..., Page]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (375, 1280)


@pytest.fixture(scope="session")
def _async_unsafe() -> Iterator[None]:
    # Playwright keeps an event loop in this thread; the tests' own queries beside it are no danger.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(_async_unsafe: None) -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, live_server: Any) -> Iterator[Opening]:
    """Open a page of somebody who is signed in; what the browser complains of fails the test."""
    contexts: list[tuple[BrowserContext, list[Request]]] = []
    complaints: list[str] = []

    def open_page(
        employee: Employee, path: str, *, javascript: bool = True, width: int = 1280, theme: str = "light"
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 860},
            color_scheme="dark" if theme == "dark" else "light",
        )
        on_their_way: list[Request] = []
        contexts.append((context, on_their_way))
        context.set_default_timeout(10_000)
        client = Client()
        client.force_login(login_of(employee))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said.type, said.text) else None)
        page.on("request", lambda sent: on_their_way.append(sent) if sent.url.endswith(_DRAFTS) else None)
        page.goto(path)
        return page

    yield open_page
    for context, on_their_way in contexts:
        _let_drafts_arrive(context, on_their_way)
        context.close()
    assert complaints == []


def _let_drafts_arrive(context: BrowserContext, sent: list[Request]) -> None:
    """Let no copy of what is half typed leave with the page, and wait for those on their way: the rows go next."""
    for page in context.pages:
        with suppress(Error):  # on its way to another page: that one has sent its copy
            page.evaluate(_AS_IF_SAVED)
    for request in sent if context.pages else []:
        request.response()


def _is_complaint(kind: str, text: str) -> bool:
    # A form with errors answers 422, a refused act 409, which Chromium reports as failed loads.
    return kind in ("error", "warning") and "status of 422" not in text and "status of 409" not in text


def axe_violations(page: Page) -> list[str]:
    """List what axe finds, best practices included."""
    page.wait_for_load_state()  # a page that a click led to may have its words before it has its style
    # Preloading would inline imported sheets, which the security policy refuses.
    options = {"preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _RULES}}
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_AXE.axe_script)
    answer = page.evaluate("options => axe.run(options)", options)
    return [f"{found['id']}: {node['html'][:120]}" for found in answer["violations"] for node in found["nodes"]]


def axe_violations_light_and_dark(page: Page) -> list[str]:
    """List what axe finds in either theme of a page that is there: a theme is asked for by style alone."""
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colour is judged while it changes
        found += [f"{theme}: {violation}" for violation in axe_violations(page)]
    return found


def axe_violations_in_every_look(page: Page) -> list[str]:
    """List what axe finds at each width in either theme of a page that is there: no script of ours asks how wide it is.

    The page is left as wide as it comes, so that the next is reached as on a desk.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        found += [f"{width} {violation}" for violation in axe_violations_light_and_dark(page)]
    return found


def sideways_scroll(page: Page) -> int:
    """Give by how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def cut_words(page: Page) -> list[str]:
    """List the filters whose chosen words do not fit into them, and the rows of links that go on beside the window."""
    found: list[str] = page.evaluate(_CUT_WORDS)
    return found


_CUT_WORDS = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const isCut = (select) => {
    const style = getComputedStyle(select);
    pen.font = style.font;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return room > 0 && pen.measureText(select.selectedOptions[0]?.text ?? "").width > room + 1;
  };
  const selects = [...document.querySelectorAll(".filter-row select")].filter(isCut);
  const rows = [...document.querySelectorAll("main nav ul")].filter((row) => row.scrollWidth > row.clientWidth + 1);
  return [...selects.map((one) => `${one.name}: ${one.selectedOptions[0].text}`), ...rows.map((one) => one.className)];
}"""
