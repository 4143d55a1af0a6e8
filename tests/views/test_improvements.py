"""Suggestions on screen: proposed by anybody, from a resident's too, decided, counted (III.a.v, III.c.iii)."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.models import AuditEntry, Improvement
from tests.cast import Cast
from tests.factories import NOW, ServiceRequestFactory
from tests.improvement_cases import decided, make_improvement
from tests.views.log_form import as_, text_of

LIST = "/suggestions/"
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def titles_in(page: str) -> list[str]:
    return re.findall(r'<a class="row-title" href="/suggestions/\d+/">([^<]+)<', page)


def tiles_in(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<strong class="stat-figure"><a href="([^"]*)">([^<]*)<', page.replace("&amp;", "&"))


@pytest.fixture
def five(cast: Cast) -> None:
    """One waits, one is overdue, one was decided in time and is done, one late, one without a name not adopted."""
    facts: dict[str, Any] = {"now": NOW, "due_on": AUGUST, "proposed_on": JULY}
    make_improvement(cast.bob, now=NOW, title="Waits")
    make_improvement(cast.bob, **facts, title="Overdue")
    make_improvement(cast.alice, **facts, title="In time", **decided(AUGUST, "done", done_on=AUGUST))
    make_improvement(cast.charlie, **facts, title="Late", **decided(date(2026, 8, 2)))
    make_improvement(None, **facts, title="Nameless", department=cast.streets, **decided(JULY, "declined"))


def test_anybody_proposes_with_a_name_or_without(cast: Cast) -> None:
    form = {"title": "A sign", "text": "At the side door", "department": cast.streets.pk}
    bob = as_(cast.bob)
    assert bob.post(f"{LIST}new/", form).status_code == 302
    assert bob.post(f"{LIST}new/", {**form, "title": "Nameless", "is_anonymous": "on"}).status_code == 302
    answer = bob.post(f"{LIST}new/", {"text": "At the side door"})
    assert (answer.status_code, "At the side door</textarea>" in text_of(answer)) == (422, True)
    page = text_of(as_(cast.charlie).get(LIST))
    assert titles_in(page) == ["Nameless", "A sign"]
    assert page.count("Bob Teammate") == 1
    assert 'href="/suggestions/"' in text_of(bob.get("/accounts/"))


def test_one_from_a_resident_leads_back_to_the_request_for_whoever_may_see_it(cast: Cast) -> None:
    asked = ServiceRequestFactory.create(kind="suggestion", department=cast.streets, owner=cast.alice)
    hidden = ServiceRequestFactory.create(kind="suggestion", department=cast.streets, confidentiality="confidential")
    alice = as_(cast.alice)
    link = f"{LIST}new/?request={asked.number}"
    assert link in text_of(alice.get(asked.get_absolute_url()))
    assert f'value="{asked.number}"' in text_of(alice.get(link))
    form = {"title": "A sign", "text": "At the side door", "department": cast.streets.pk}
    assert alice.post(f"{LIST}new/", {**form, "number": hidden.number}).status_code == 422
    assert as_(cast.hana).post(f"{LIST}new/", {**form, "number": hidden.number}).status_code == 422
    assert alice.post(f"{LIST}new/", {**form, "number": asked.number.lower()}).status_code == 302
    url = Improvement.objects.get().get_absolute_url()
    seen = [asked.number in text_of(as_(who).get(url)) for who in (cast.alice, cast.charlie)]
    assert seen == [True, False]


@pytest.mark.usefixtures("five")
def test_every_figure_opens_a_list_of_that_length(cast: Cast) -> None:
    client = as_(cast.charlie)
    page = text_of(client.get(f"{LIST}?department={cast.streets.pk}&proposed_from=2026-06-01"))
    tiles = tiles_in(page)
    assert [figure for _url, figure in tiles] == ["4", "2 of 3", "1", "1"]
    assert [len(titles_in(text_of(client.get(url)))) for url, _figure in tiles] == [4, 2, 1, 1]
    assert "n = 3: decided, or overdue" in page
    assert [figure for _url, figure in tiles_in(text_of(client.get(LIST)))] == ["5", "2 of 4", "1", "2"]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("part=waiting", ["Waits"]),
        ("part=late", ["Late"]),
        ("part=due", ["Nameless", "Late", "In time", "Overdue"]),
        ("part=declined", ["Nameless"]),
        ("part=done", ["In time"]),
        ("own=1", ["Waits", "Overdue"]),
        ("proposed_to=2026-07-01&part=overdue", ["Overdue"]),
        ("part=nonsense&department=x&proposed_from=never", ["Waits", "Nameless", "Late", "In time", "Overdue"]),
    ],
)
def test_the_list_is_narrowed_by_its_address(cast: Cast, query: str, found: list[str]) -> None:
    assert titles_in(text_of(as_(cast.bob).get(f"{LIST}?{query}"))) == found


@pytest.mark.usefixtures("five")
def test_the_file_has_what_the_list_shows_and_names_nobody_who_did_not_want_it(cast: Cast) -> None:
    Improvement.objects.filter(title="Late").update(text="=HYPERLINK(0)")
    written = b"".join(as_(cast.bob).get(f"{LIST}?proposed_to=2026-07-01&format=csv")).decode()
    assert written.count("\r\n") == 5
    assert "'=HYPERLINK(0)" in written
    assert "Nameless,People stand there and wait.,Operations and Maintenance,without a name,2026-07-01" in written
    assert AuditEntry.objects.filter(action="exported", object_kind="improvement").count() == 1


def test_it_is_discussed_decided_and_done_on_its_page(cast: Cast) -> None:
    row = make_improvement(cast.bob, now=NOW)
    url, dora, bob = row.get_absolute_url(), as_(cast.dora), as_(cast.bob)
    assert "Decide it" not in text_of(bob.get(url))
    assert bob.post(f"{url}decide/", {"verdict": "adopted", "reason": "Mine"}).status_code == 403
    assert as_(cast.charlie).post(f"{url}comment/", {"text": "Finance pays"}).status_code == 302
    wrong = dora.post(f"{url}decide/", {"verdict": "adopted"})
    assert wrong.status_code == 422
    for _click in range(2):
        assert dora.post(f"{url}decide/", {"verdict": "adopted", "reason": "Cheap"}).status_code == 302
    late = as_(cast.hana).post(f"{url}decide/", {"verdict": "declined", "reason": "Too dear"})
    assert (late.status_code, "Too dear</textarea>" in text_of(late)) == (409, True)
    assert dora.post(f"{url}done/", {"note": "It hangs"}).status_code == 302
    page = text_of(bob.get(url))
    for said in ("Finance pays", "Cheap", "It hangs", "adopted and done"):
        assert said in page
    assert bob.get(f"{LIST}999/").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    counts, client = [], as_(cast.bob)
    for number in (3, 20):
        for n in range(number):
            make_improvement(cast.alice, now=NOW, title=f"{number} {n}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
