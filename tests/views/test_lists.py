"""The lists as pages: who gets in, what the address means, how many questions they ask."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.models import AuditEntry, Employee, ServiceRequest
from requests_app.services.customers import CustomerEntry, keep_customer
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, concern, start_clock_row

LISTS = ["/", "/queue/", "/overdue/", "/overdue/?tab=today", "/requests/"]
MOST_QUERIES = 12
Shown = Any  # the test client's answer


@pytest.fixture(autouse=True)
def _monday(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def text_of(shown: Shown) -> str:
    content: bytes = b"".join(shown.streaming_content) if shown.streaming else shown.content
    return content.decode()


def fill(cast: Cast, now: datetime, count: int) -> None:
    """Make every sort of row: danger, overdue, due today, later, without a date, answered, with and without owner."""
    for index in range(count):
        found = ServiceRequestFactory.create(
            title=f"Deck {index} of {count}",
            search_text=f"deck {index} of {count}",
            department=cast.streets,
            owner=[cast.alice, None, cast.bob][index % 3],
            customer=keep_customer(CustomerEntry(name=f"Customer {index}"), at=now),
            received_at=now - timedelta(days=4, minutes=index),
            is_hazard=index % 6 == 3,
            hazard_told="Dispatch" if index % 6 == 3 else "",
            hazard_told_at=now if index % 6 == 3 else None,
        )
        if index % 4:
            start_clock_row(found, due_at=now + timedelta(hours=[1, -30, 2, 80][index % 4]))


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_much_for_thirty_rows_as_for_three(address: str, cast: Cast, now: datetime) -> None:
    def queries() -> int:
        client = as_(cast.sam)
        client.get(address)  # the first answer of a process reads what later ones keep
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    fill(cast, now, 6)
    few = queries()
    fill(cast, now, 60)
    assert queries() == few
    assert few <= MOST_QUERIES


@pytest.mark.parametrize("address", [*LISTS, "/requests/?format=csv"])
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(address: str, cast: Cast) -> None:
    shown = Client().get(address)
    assert (shown.status_code, shown.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_list_redrawn_in_place_leads_to_the_sign_in_as_a_whole_page(cast: Cast) -> None:
    shown = Client().get("/requests/?q=deck", headers={"HX-Request": "true"})
    assert shown.headers["HX-Redirect"] == "/requests/?q=deck"


@pytest.mark.parametrize("address", LISTS)
def test_a_list_only_reads(address: str, cast: Cast) -> None:
    assert as_(cast.sam).post(address).status_code == 405


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_what_to_do_next(address: str, cast: Cast) -> None:
    text = text_of(as_(cast.sam).get(address))
    assert 'class="empty"' in text
    assert "btn btn-secondary" in text


@pytest.mark.parametrize("address", LISTS)
def test_an_administrator_is_told_that_the_role_shows_no_requests(address: str, cast: Cast, now: datetime) -> None:
    fill(cast, now, 6)
    text = text_of(as_(cast.ada).get(address))
    assert "No requests in your role" in text
    assert "Deck" not in text


@pytest.mark.parametrize("address", [*LISTS, "/requests/?q=Deck", "/requests/?format=csv", "/overdue/?format=csv"])
def test_what_somebody_may_not_see_is_in_no_list(address: str, cast: Cast, now: datetime) -> None:
    secret = ServiceRequestFactory.create(title="Deck secret", department=cast.streets)
    start_clock_row(secret, due_at=now - timedelta(hours=1) if "today" not in address else now + timedelta(hours=1))
    concern(secret, cast.sam)
    for outsider in (cast.sam, cast.charlie):
        assert "Deck secret" not in text_of(as_(outsider).get(address))


NONSENSE = [
    "status=zzz", "department=999999", "department=x", "category=-1", "owner=%27", "channel=fax", "kind=",
    "due=never", "due_on=2026-02-30", "due_on=0001-01-01", "due_on=9999-12-31", "received_from=yesterday",
    "received_to=x", "sort=title", "size=7", "size=-1", "after=zzz", "before=zzz", "after=", "q=%00", "tab=zzz",
    "%ff=1", f"q={'a' * 500}",
]  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_nonsense_in_the_address_is_left_out(address: str, cast: Cast) -> None:
    client = as_(cast.sam)
    joint = "&" if "?" in address else "?"
    answers = {query: client.get(f"{address}{joint}{query}").status_code for query in NONSENSE}
    assert set(answers.values()) == {200}, answers


def test_what_was_left_out_is_named(cast: Cast, now: datetime) -> None:
    fill(cast, now, 3)
    text = text_of(as_(cast.sam).get("/requests/?channel=fax&sort=title&after=zzz"))
    assert "Channel “fax” is not something this list knows; it was left out." in text
    assert "Order “title” is not something this list knows" in text
    assert "That page is no longer there; this is the first one." in text
    assert "Deck 0 of 3" in text


def test_the_whole_state_is_in_the_address(cast: Cast, now: datetime) -> None:
    fill(cast, now, 60)
    shown = as_(cast.sam).get("/requests/?q=deck&sort=-due&size=25")
    assert "sort=-due" in shown.context["next_url"]
    assert "q=deck" in shown.context["next_url"]
    assert "size=25" in shown.context["csv_url"]


def test_pages_lead_forth_and_back(cast: Cast, now: datetime) -> None:
    fill(cast, now, 60)
    client = as_(cast.sam)
    first = client.get("/requests/")
    second = client.get(first.context["next_url"])
    again = client.get(second.context["previous_url"])

    assert (first.context["shown"], second.context["shown"]) == ("1 to 25 of 60", "26 to 50 of 60")
    assert [row.pk for row in again.context["rows"]] == [row.pk for row in first.context["rows"]]
    assert again.context["previous_url"] == ""


def test_a_tracking_number_in_any_spelling_opens_its_request(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    hidden = ServiceRequestFactory.create(department=cast.finance)
    client = as_(cast.sam)
    assert client.get("/requests/", {"q": found.number.lower().replace("-", " ")}).headers["Location"] == (
        found.get_absolute_url()
    )
    assert client.get("/requests/", {"q": hidden.number}).status_code == 200


def test_the_file_holds_every_row_the_filters_show(cast: Cast, now: datetime) -> None:
    fill(cast, now, 60)
    shown = as_(cast.sam).get(f"/requests/?format=csv&size=25&owner={cast.alice.pk}")
    text = text_of(shown)

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert shown.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert shown.headers["Content-Disposition"] == 'attachment; filename="requests-2026-11-23.csv"'
    assert len(rows) == 20
    assert {row["Owner"] for row in rows} == {"Alice Owner"}
    assert rows[-1]["Received"].startswith("2026-11-19 1")  # city time: 2:10 pm, not 10:10 pm


def test_the_file_runs_no_formula(cast: Cast) -> None:
    for title in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx"):
        ServiceRequestFactory.create(title=title, department=cast.streets)
    text = text_of(as_(cast.sam).get("/requests/?format=csv"))
    titles = [row[1] for row in csv.reader(io.StringIO(text))][1:]
    assert sorted(titles) == sorted(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx"])


def test_an_export_is_in_the_evidence(cast: Cast, now: datetime) -> None:
    fill(cast, now, 3)
    text_of(as_(cast.sam).get("/requests/?format=csv&q=deck"))
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.actor, entry.count) == (cast.sam, 3)


def test_ten_thousand_is_where_counting_ends(cast: Cast) -> None:
    rows = ServiceRequestFactory.build_batch(10_001, department=cast.streets)
    ServiceRequest.objects.bulk_create(rows, batch_size=500)
    shown = as_(cast.sam).get("/requests/")
    assert shown.context["shown"] == "1 to 25 of 10,000+"


def test_danger_stands_on_top_and_says_so(cast: Cast, now: datetime) -> None:
    fill(cast, now, 30)
    for address in ("/requests/", "/overdue/", "/"):
        rows = as_(cast.alice).get(address).context["rows"]
        assert rows[0].is_danger
        assert "Danger now" in text_of(as_(cast.alice).get(address))
