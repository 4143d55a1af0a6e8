"""The parts of the report that are tables: every figure has its list, and each is a page and a file."""

import csv
import random
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from requests_app.domain.event_kinds import EventKind
from requests_app.models import AuditEntry, Employee, Event, ServiceRequest
from requests_app.views.report_access import read_report
from requests_app.views.report_lists import CLOCKS, CONTACTS
from tests.cast import Cast, login_of
from tests.clock_histories import write_random_histories
from tests.factories import NOW

PARTS = ("/compliance/times/", "/compliance/load/", "/compliance/handling/")
_KINDS = {"/compliance/clocks/": CLOCKS, "/compliance/contacts/": CONTACTS}


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


def _stories(cast: Cast, *, count: int) -> None:
    write_random_histories(cast, count=count, seed=count, start_at=NOW - timedelta(days=20), days=19)
    dice = random.Random(count)
    ServiceRequest.objects.filter(pk__in=list(ServiceRequest.objects.values_list("pk", flat=True)[::3])).update(
        language="es"
    )
    told = (EventKind.GIVEN, EventKind.SENT_BACK, EventKind.CLOSED, EventKind.REOPENED, EventKind.BACKDATED)
    Event.objects.bulk_create(
        Event(service_request=found, kind=dice.choice(told), at=found.recorded_at)
        for found in ServiceRequest.objects.all()
        for _ in range(dice.randrange(4))
    )


def _listed(url: str, user: User) -> int:
    """Count the list behind a figure as its page does."""
    request = RequestFactory().get(url)
    request.user = user
    reading = read_report(request)
    assert not reading.address.ignored, url
    return _KINDS[urlsplit(url).path].build(reading, reading.address.cleaned["part"]).count()


@pytest.mark.parametrize("address", PARTS)
def test_every_figure_has_a_list_of_that_length(client: Client, cast: Cast, address: str) -> None:
    _stories(cast, count=40)
    for who, query in ((cast.hana, "channel=phone"), (cast.dora, ""), (cast.sam, "channel=email&as_of=2026-11-15")):
        response = _reader(client, who).get(f"{address}?{query}")
        figures = response.context["page"].links.figures
        assert {figure.url: figure.count for figure in figures} == {
            figure.url: _listed(figure.url, login_of(who)) for figure in figures
        }
        assert all(figure.url.replace("&", "&amp;") in response.content.decode() for figure in figures)
        assert who is cast.sam or sum(figure.count > 0 for figure in figures) > 2


@pytest.mark.parametrize("address", PARTS)
def test_a_part_is_written_to_a_file_and_the_export_is_recorded(client: Client, cast: Cast, address: str) -> None:
    _stories(cast, count=8)
    client = _reader(client, cast.hana)
    grids = client.get(address).context["page"].grids
    rows = list(csv.DictReader(client.get(f"{address}?format=csv").getvalue().decode("utf-8-sig").splitlines()))
    assert len(rows) == sum(len(row.cells) for grid in grids for row in grid.rows)
    assert {row["Table"] for row in rows} == {grid.title for grid in grids}
    assert AuditEntry.objects.get(action="exported").count == len(rows)


def test_a_list_says_what_it_is_narrowed_to(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    for query, words in (
        ("contacts/?part=contacts&weekday=1&hour=9&language=es", "logged, Spanish, Mon, from 9 am"),
        ("clocks/?part=timed&time_bin=2-4", "answered within 2 to 4 h"),
        ("clocks/?part=waited_n&moves=3", "moves to another department: 3 or more"),
        ("clocks/?part=waited_answered&typed_in_late=1", "typed in long after"),
    ):
        assert words in client.get(f"/compliance/{query}").content.decode()
    refused = client.get("/compliance/contacts/?weekday=9&hour=24").content.decode()
    assert refused.count("is not something this report knows") == 2


def test_the_histogram_is_an_image_without_script(client: Client, cast: Cast) -> None:
    _stories(cast, count=12)
    client = _reader(client, cast.hana)
    response = client.get("/compliance/times-dark-narrow.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<script" not in response.content
    assert client.get("/compliance/times-dark-huge.svg").status_code == 404


def test_no_percentage_of_a_small_number(client: Client, cast: Cast) -> None:
    _stories(cast, count=3)
    client = _reader(client, cast.hana)
    for address in PARTS:
        for grid in client.get(address).context["page"].grids:
            assert not any("%" in str(getattr(cell, "text", cell)) for row in grid.rows for cell in row.cells), address
