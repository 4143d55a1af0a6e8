"""B7: every address as every role in real Chromium: the policy is never broken, the headers are always there."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page

from requests_app.models import Employee, ServiceRequest
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, start_clock_row
from tests.pages.access import PEOPLE, expected, parts_of
from tests.pages.known_file import attach_known_file

pytestmark = [pytest.mark.browser, pytest.mark.drill]
_SHARE = 23  # in the suite each person opens one address in so many, in turn; the drill opens all
# Reported by the browser itself, before anything of the page has run.
_WATCH = """document.addEventListener("securitypolicyviolation", (seen) => {
  (window.violations ||= []).push(`${seen.violatedDirective} ${seen.blockedURI}`);
});"""
_INLINE = """() => [...document.querySelectorAll("*")].filter((one) =>
  (one.tagName === "SCRIPT" && !one.src && one.type !== "application/json") || one.tagName === "STYLE"
  || one.hasAttribute("style") || one.getAttributeNames().some((name) => name.startsWith("on"))
).map((one) => one.outerHTML.slice(0, 100))"""
_POLICIES = ("default-src 'self'", "default-src 'none'")  # of a page, of a file
_NO_PAGE = {*range(300, 400), 405}


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    """A call for Alice with a file; the server keeps its own clock, so it came in just now."""
    now = timezone.now()
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, received_at=now)
    start_clock_row(found, due_at=now + timedelta(days=1))
    attach_known_file(found, at=now)
    return found


def test_b7_no_page_of_anybody_breaks_the_policy(
    cast: Cast, pothole: ServiceRequest, chromium: Browser, live_server: Any, full_size_drill: bool
) -> None:
    faults: list[str] = []
    seen, turn = Counter[str](), count()
    for who in PEOPLE:
        context = browser_of(chromium, live_server.url, getattr(cast, who, None))
        page = context.new_page()
        for name in sorted(expected()):
            if full_size_drill or next(turn) % _SHARE == 0:
                url = reverse(name, kwargs=parts_of(name, pothole.number))
                answer = context.request.get(url, max_redirects=0)
                found = missing_headers(answer, is_signed_in=who != "anonymous")
                if answer.status not in _NO_PAGE and "html" in answer.headers["content-type"]:
                    found += broken_policy(page, url)
                    seen["pages"] += 1
                seen["answers"] += 1
                faults += [f"{who} {name} {answer.status}: {fault}" for fault in found]
        context.close()
    print(f"\nB7: {seen['answers']} answers, {seen['pages']} of them pages opened in Chromium; {len(faults)} faults")
    assert faults == []
    assert seen["pages"] > 30


def browser_of(chromium: Browser, base_url: str, employee: Employee | None) -> BrowserContext:
    """Give a browser in which somebody, or nobody, is signed in, and which remembers what the policy refused."""
    context = chromium.new_context(base_url=base_url)
    context.add_init_script(_WATCH)
    if employee:
        client = Client()
        client.force_login(login_of(employee))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
    return context


def missing_headers(answer: APIResponse, *, is_signed_in: bool) -> list[str]:
    """Name the headers an answer should carry and does not (RELIABILITY 9)."""
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    right = {
        "policy": any(each in policy for each in _POLICIES) and "unsafe" not in policy,
        "nosniff": headers.get("x-content-type-options") == "nosniff",
        "frame": headers.get("x-frame-options") == "DENY",
        "no-store": not is_signed_in or "no-store" in headers.get("cache-control", ""),
    }
    return [f"without {name}" for name, is_right in right.items() if not is_right]


def broken_policy(page: Page, url: str) -> list[str]:
    """Open a page, and give what the browser refused and what stands in line in it."""
    page.goto(url)
    refused = page.evaluate("window.violations || []")
    return [*refused, *(f"in line: {html}" for html in page.evaluate(_INLINE))]
