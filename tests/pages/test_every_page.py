"""Every page renders, empty and as full as it can be: one h1, nothing inline, nothing for a cache to keep."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from requests_app.models import ServiceRequest
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast
from tests.pages.access import BY_NUMBER, expected, parts_of
from tests.pages.conftest import SignIn
from tests.pages.markup import Markup
from tests.pages.scene import MARKUP, Scene, crowded_city

READERS = ("fay", "alice", "sam", "hana", "ada", "cleo")
WITH_FILES = (
    "people_list", "my_work", "queue", "overdue", "request_list", "compliance_clocks", "compliance_contacts",
    "audit_trail", "complaint_register", "absence_list", "greeting_figures", "training_roster", "compliance_load",
    "compliance_times", "compliance_handling", "training_figures", "improvement_list", "feedback", "feedback_duty",
    "shared_answer_list",
    "scorecard", "counted_days", "voicemail_days", "waiting_samples",
    "recognition_register", "counter_taps", "opening_days", "visitor_waits", "attested_list",
    "council_contacts", "commendations", "policy_page",
    "policy_review_list", "policy_question_list", "attestation_list", "training_courses",
)  # fmt: skip
# Nobody has these in an empty city.
IN_A_CROWD = ("policy_review", "attestation_round", "incident")
LISTS = ("my_work", "queue", "overdue", "request_list", "compliance", "compliance_clocks", "compliance_contacts")
_WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# A visit keeps the session and its line in the list of sign-ins, a file that leaves the house is evidence, and the
# sign-in library copies a login's address into a table of its own on sight; nothing else may be written.
_MAY_BE_WRITTEN = (
    "django_session",
    "requests_app_auditentry",
    "throttle_cache",
    "last_login",
    "account_emailaddress",
    "usersessions_usersession",
)


class Page(Markup):
    """What of a page can be judged without a browser."""

    def __init__(self, text: str) -> None:
        self.headings = 0
        self.landmarks: set[tuple[str, str | None, str | None]] = set()
        self._is_script = False
        self._lacks_token = False
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        self.headings += tag == "h1"
        self._is_script = tag == "script"
        if tag == "style":
            self.faults.append("a style element")
        self._note_landmark(tag, given)
        if tag == "form":
            self._lacks_token = (given.get("method") or "").lower() == "post"
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self._lacks_token = False
        self.faults += [f"{name} on <{tag}>" for name in given if name == "style" or name.startswith("on")]
        source = given.get("src") or given.get("href") or ""
        if source.startswith(("http:", "https:", "//", "data:", "javascript:")):
            self.faults.append(f"{source[:60]} in <{tag}>")

    def _note_landmark(self, tag: str, given: dict[str, str | None]) -> None:
        """Two of one role and name cannot be told apart by whoever jumps from one to the next."""
        role = given.get("role") or {"section": "region", "nav": "navigation"}.get(tag, "")
        name = (given.get("aria-labelledby"), given.get("aria-label"))
        if role in ("region", "navigation") and any(name):
            if (role, *name) in self.landmarks:
                self.faults.append(f"two landmarks by one name: {role} {name[0] or name[1]}")
            self.landmarks.add((role, *name))

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        # A part included with "only" knows no token unless it is handed one.
        if tag == "form" and self._lacks_token:
            self.faults.append("a form to post without a token")

    def handle_data(self, data: str) -> None:
        if self._is_script and data.strip():
            self.faults.append("an inline script")
        self._is_script = False


@pytest.fixture
def scene(cast: Cast, noon: datetime) -> Scene:
    return crowded_city(cast, now=noon)


def pages(number: str | None) -> Iterator[str]:
    """Give the address of every page one gets to with a GET."""
    for name, rows in expected().items():
        if 200 in rows["GET"].values() and (number or name not in BY_NUMBER):
            yield reverse(name, kwargs=parts_of(name, number or ""))
    for name in IN_A_CROWD if number else ():
        yield reverse(name, kwargs=parts_of(name, ""))
    for name in WITH_FILES:
        yield f"{reverse(name)}?format=csv"
    for name in LISTS:
        yield f"{reverse(name)}?q=nothing+is+called+this&size=100&sort=newest&tab=today&period=year_to_date"


def faults_of(answer: HttpResponseBase) -> list[str]:
    """Say what is wrong with an answer, whatever it is."""
    faults = [] if answer.status_code in (200, 302, 403, 404) else [f"answered {answer.status_code}"]
    policy = answer.headers.get("Content-Security-Policy", "")
    if policy != FILE_POLICY and ("script-src 'self'" not in policy or "unsafe" in policy):
        faults.append(f"policy: {policy!r}")
    if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
        faults += _faults_of_page(b"".join(answer).decode())
    return faults


def _faults_of_page(text: str) -> list[str]:
    page = Page(text)
    is_part = "<html" not in text
    faults = page.faults if is_part or page.headings == 1 else [*page.faults, f"{page.headings} h1"]
    return faults + [f"markup unescaped: {piece}" for piece in (MARKUP, "<b>x") if piece in text]


def walk(client: Client, urls: Iterator[str]) -> dict[str, list[str]]:
    """Open each page and say what is wrong with it; a page that is right is left out."""
    found = {}
    for url in urls:
        asked: list[str] = []
        with connection.execute_wrapper(partial(_note, asked)):
            answer = client.get(url)
            faults = faults_of(answer)
            if answer.streaming:
                b"".join(answer)  # read to its end, as a browser does
        if client.session.get("_auth_user_id") and "no-store" not in answer.headers.get("Cache-Control", ""):
            faults.append(f"may be kept: {answer.headers.get('Cache-Control')!r}")
        faults += [f"wrote: {sql[:120]}" for sql in writes(asked)]
        if faults:
            found[url] = faults
    return found


def _note(asked: list[str], execute: Callable[..., Any], sql: str, *how: Any) -> Any:
    asked.append(sql)
    return execute(sql, *how)


def writes(asked: list[str]) -> list[str]:
    """List what was written that a look at a page has no business to write."""
    return [sql for sql in asked if _WRITES.match(sql) and not any(name in sql for name in _MAY_BE_WRITTEN)]


@pytest.mark.parametrize("who", ["anonymous", *READERS])
def test_every_page_of_an_empty_city_is_sound_and_writes_nothing(
    cast: Cast, noon: datetime, sign_in: SignIn, who: str
) -> None:
    assert walk(sign_in(getattr(cast, who, None)), pages(None)) == {}


@pytest.mark.parametrize("who", READERS)
def test_every_page_of_a_crowded_city_is_sound_and_writes_nothing(
    cast: Cast, scene: Scene, sign_in: SignIn, who: str
) -> None:
    assert walk(sign_in(getattr(cast, who)), pages(scene.by_state["storied"].number)) == {}


@pytest.mark.parametrize("who", ["sam", "hana"])
def test_a_request_in_every_state_has_its_page(cast: Cast, scene: Scene, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(cast, who))
    faults = walk(client, (row.get_absolute_url() for row in scene.by_state.values()))
    assert faults == {}


def test_the_scene_has_every_state(scene: Scene) -> None:
    """The tests above prove nothing about a state that is not in the scene."""
    rows = ServiceRequest.objects.all()
    assert {row.status for row in rows} == {"new", "open", "waiting", "closed"}
    assert rows.filter(clocks__undated_reason__gt="").exists()
    assert {verdict for row in rows for verdict in row.clocks.values_list("verdict", flat=True)} == {
        "open", "met", "late", "merged", "cancelled",
    }  # fmt: skip
    assert rows.filter(clocks__excusals__isnull=False).exists()
    assert rows.filter(clocks__is_corrected=True).exists()
    assert scene.by_state["storied"].events.count() > 300
