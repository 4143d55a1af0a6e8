"""The lists behind the figures: each as long as its figure says, and the same rows in a file."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.db.models import Count
from django.test import Client

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.domain.vocabulary import Channel, Role
from requests_app.models import AuditEntry, Employee, ImportedCase, RoleAssignment
from tests.cast import Cast, login_of
from tests.clock_histories import write_history, write_random_histories
from tests.factories import NOW, ServiceRequestFactory, make_login

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/compliance/") and "part=" in href:
            self.found.add(href)


def _assert_each_figure_has_its_list(client: Client, address: str) -> int:
    response = client.get(address)
    figures = {figure.url: figure.count for figure in response.context["page"].links.figures}
    links = _Links()
    links.feed(response.content.decode())
    assert links.found
    assert links.found <= figures.keys()
    for url, count in figures.items():
        listed = client.get(url)
        assert listed.context["total"] == f"{count:,}", url
        assert len(listed.context["rows"]) == min(count, 25), url
    return sum(count > 0 for count in figures.values())


@pytest.fixture
def demo(city: None) -> None:
    seed_city_year(Wish(requests=300, seed=7, until_at=NOW))


@pytest.mark.parametrize(
    ("role", "query"),
    [
        (Role.HR, "?from=2026-09-01&to=2026-11-23&kind=question"),
        (Role.SUPERVISOR, "?period=year_to_date&as_of=2026-11-02"),
    ],
)
def test_every_figure_on_demo_data_has_a_list_of_that_length(
    client: Client, demo: None, role: Role, query: str
) -> None:
    # The supervisor of whatever is busiest: figures of nought would prove little.
    holders = RoleAssignment.objects.filter(role=role).annotate(busy=Count("department__requests")).order_by("-busy")
    reader = holders[0].employee
    client.force_login(reader.user or make_login(reader))
    assert _assert_each_figure_has_its_list(client, f"/compliance/{query}") > 10


def test_every_figure_under_filters_has_a_list_of_that_length(client: Client, cast: Cast) -> None:
    write_random_histories(cast, count=120, seed=3, start_at=datetime(2026, 10, 20, tzinfo=UTC), days=30)
    client = _reader(client, cast.dora)
    query = f"?period=year_to_date&department={cast.streets.slug}&channel=email"
    assert _assert_each_figure_has_its_list(client, f"/compliance/{query}&standard=email_response") > 10
    assert _assert_each_figure_has_its_list(_reader(client, cast.hana), f"/compliance/{query}&as_of=2026-11-10") > 10


def test_imported_cases_stand_apart(client: Client, cast: Cast) -> None:
    for closed_at, target_at in ((NOW - 3 * HOUR, NOW - 2 * HOUR), (None, NOW - HOUR), (None, None)):
        service_request = ServiceRequestFactory.create(
            department=None, is_imported=True, no_reply="imported", received_at=NOW - 9 * HOUR,
            status="closed" if closed_at else "open", closed_at=closed_at,
        )  # fmt: skip
        ImportedCase.objects.create(
            service_request=service_request, source="boston311", source_case_id=service_request.number,
            imported_due_at=target_at, agency="Public Works", imported_at=NOW, content_hash="x",
        )  # fmt: skip
    client = _reader(client, cast.hana)
    page = client.get("/compliance/").content.decode()
    assert "Imported cases and their own targets" in page
    assert "1 of 2" in page
    assert client.get("/compliance/").context["page"].contacts == {}
    _assert_each_figure_has_its_list(client, "/compliance/")
    assert "Imported cases and their own targets" not in _reader(client, cast.sam).get("/compliance/").content.decode()


def _open(cast: Cast, *, count: int) -> None:
    for _ in range(count):
        service_request = ServiceRequestFactory.create(department=cast.streets, received_at=NOW - 2 * HOUR)
        write_history(service_request, (NOW, {"due_at": NOW + HOUR}))


def test_pages_of_a_list_show_each_row_once(client: Client, cast: Cast) -> None:
    _open(cast, count=60)
    client = _reader(client, cast.hana)
    url, seen = "/compliance/clocks/?part=open", []
    while url:
        context = client.get(url).context
        seen += [line.number for line, _, _ in context["rows"]]
        url = context["next_url"]
    assert len(seen) == len(set(seen)) == 60
    assert client.get("/compliance/clocks/?part=open&after=nonsense").context["shown"] == "1 to 25 of 60"


def test_a_list_is_written_to_a_file_as_shown_and_the_export_is_recorded(client: Client, cast: Cast) -> None:
    _open(cast, count=2)
    service_request = ServiceRequestFactory.create(
        department=cast.streets, received_at=NOW - HOUR, title="=HYPERLINK(A1)", channel=Channel.PHONE
    )
    write_history(service_request, (NOW - HOUR, {"due_at": NOW + HOUR}))
    response = _reader(client, cast.hana).get("/compliance/clocks/?part=received&format=csv")
    rows = list(csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines()))
    assert len(rows) == 3
    assert rows[-1]["Request"] == "'=HYPERLINK(A1)"
    assert rows[-1]["Started"] == "2026-11-23 13:10"
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.actor, entry.count) == (cast.hana, 3)
