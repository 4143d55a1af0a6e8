"""The compliance page: who reads it, what it says, and that every figure has its list."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.domain.vocabulary import Confidentiality, RequestKind, Role, Verdict
from requests_app.models import AuditEntry, Department, Employee
from requests_app.views.report_figures import share_words
from tests.cast import Cast, login_of
from tests.clock_histories import excuse, write_history, write_random_histories
from tests.factories import NOW, ServiceRequestFactory, concern, give_role

HOUR = timedelta(hours=1)
ADDRESSES = ["/compliance/", "/compliance/csv/", "/compliance/trend-dark-narrow.svg", "/compliance/clocks/",
             "/compliance/contacts/", "/compliance/imported/", "/compliance/definitions/"]  # fmt: skip

PAGES = ("/compliance/", "/compliance/times/", "/compliance/load/", "/compliance/handling/",
         "/compliance/clocks/?part=received&moves=0&gives=0", "/compliance/contacts/")  # fmt: skip


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


def _answered(
    cast: Cast,
    *,
    count: int = 1,
    verdict: Verdict = Verdict.MET,
    kind: RequestKind = RequestKind.SERVICE,
    **facts: object,
) -> None:
    due_at = NOW - 20 * HOUR
    for _ in range(count):
        service_request = ServiceRequestFactory.create(
            department=cast.streets, received_at=NOW - 40 * HOUR, recorded_at=NOW - 40 * HOUR, kind=kind.value
        )
        met_at = due_at if verdict is Verdict.MET else due_at + HOUR
        ending = {"verdict": verdict.value, "met_at": met_at, "business_minutes": 90, **facts}
        write_history(service_request, (NOW - 40 * HOUR, {"due_at": due_at}), (NOW - 10 * HOUR, ending))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("hana", 200), ("max", 200), ("dora", 200), ("sam", 200), ("alice", 403), ("fay", 403), ("ada", 403)],
)
def test_reports_are_for_those_who_answer_for_them(
    client: Client, cast: Cast, address: str, who: str, status: int
) -> None:
    assert _reader(client, getattr(cast, who)).get(address).status_code == status


@pytest.mark.parametrize("address", ADDRESSES)
def test_reports_want_a_login_and_take_no_post(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 302
    assert _reader(client, cast.hana).post(address).status_code == 405


def test_an_empty_city_has_no_data_and_no_percentage(client: Client, cast: Cast) -> None:
    page = _reader(client, cast.hana).get("/compliance/").content.decode()
    assert "no data" in page
    assert "A late answer is a miss to explain. It is not by itself a finding of non-compliance." in page
    assert "Of logged contacts" in page
    assert "100.0" not in page


def test_the_headline_counts_what_had_to_wait(client: Client, cast: Cast) -> None:
    _answered(cast, count=9)
    _answered(cast, verdict=Verdict.LATE)
    _answered(cast, count=30, is_answered_on_the_spot=True, business_minutes=0)
    tile = _reader(client, cast.hana).get("/compliance/").context["page"].tiles()[0]
    assert tile.figure == "90.0\N{NO-BREAK SPACE}%"
    assert tile.lines[0] == "5.0 points under the 95\N{NO-BREAK SPACE}% target"
    assert "97.5" in tile.lines[2]


def test_a_small_number_is_told_not_rated(client: Client, cast: Cast) -> None:
    _answered(cast, count=4)
    response = _reader(client, cast.hana).get("/compliance/")
    assert response.context["page"].tiles()[0].figure == "4 of 4"
    assert "Too few to rate" in response.content.decode()


def test_nearly_all_is_never_rounded_up_to_all() -> None:
    assert share_words(1999, 2000, small_number=5) == "99.9\N{NO-BREAK SPACE}%"
    assert share_words(2000, 2000, small_number=5) == "100.0\N{NO-BREAK SPACE}%"


def test_the_page_says_when_confidential_matters_are_left_out(client: Client, cast: Cast) -> None:
    words = "other confidential matters are left out"
    assert words in _reader(client, cast.sam).get("/compliance/").content.decode()
    assert words not in _reader(client, cast.hana).get("/compliance/").content.decode()


def test_a_person_concerned_counts_and_lists_without_the_matter(client: Client, cast: Cast) -> None:
    service_request = ServiceRequestFactory.create(
        department=cast.streets, confidentiality=Confidentiality.CONFIDENTIAL, received_at=NOW - HOUR
    )
    write_history(service_request, (NOW - HOUR, {"due_at": NOW + HOUR}))
    for concerned, expected in ((False, 1), (True, 0)):
        if concerned:
            concern(service_request, cast.sam)
        client = _reader(client, cast.sam)
        assert client.get("/compliance/").context["page"].headline.count("received") == expected
        assert client.get("/compliance/clocks/").content.decode().count(service_request.number) == 2 * expected


def test_a_supervisor_who_is_also_front_desk_still_counts_the_own_department(client: Client, cast: Cast) -> None:
    give_role(cast.sam, Role.FRONT_DESK)
    write_history(ServiceRequestFactory.create(department=cast.finance), (NOW, {"due_at": NOW + HOUR}))
    assert _reader(client, cast.sam).get("/compliance/").context["page"].headline.count("received") == 0
    refused = client.get(f"/compliance/?department={cast.finance.slug}")
    assert "is not something this report knows" in refused.content.decode()


def test_wrong_filters_are_named_and_left_out(client: Client, cast: Cast) -> None:
    address = "/compliance/?channel=pigeon&from=2026-13-01&as_of=2027-01-01&department=nowhere"
    response = _reader(client, cast.hana).get(address)
    assert response.status_code == 200
    assert response.content.decode().count("is not something this report knows") == 4


def test_days_in_the_wrong_order_are_named_and_left_out(client: Client, cast: Cast) -> None:
    response = _reader(client, cast.hana).get("/compliance/?period=custom&from=2026-11-02&to=2026-11-01")
    assert "Compliance, November 2026" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "November 2026"),
        ("period=last_month", "October 2026"),
        ("period=year_to_date", "1 Jan 2026 to 23 Nov 2026"),
        ("period=2026-02", "February 2026"),
        ("from=2026-10-30&to=2026-11-02", "30 Oct 2026 to 2 Nov 2026"),
        ("period=custom", "November 2026"),
    ],
)
def test_a_period_is_named(client: Client, cast: Cast, query: str, title: str) -> None:
    assert f"Compliance, {title}</h1>" in _reader(client, cast.hana).get(f"/compliance/?{query}").content.decode()


def test_free_dates_show_once_they_are_asked_for(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    assert 'name="from"' not in client.get("/compliance/").content.decode()
    assert 'name="from" value="2026-11-01"' in client.get("/compliance/?period=custom").content.decode()


def test_an_earlier_day_is_counted_as_it_was_known(client: Client, cast: Cast) -> None:
    due_at = datetime(2026, 11, 12, 1, 0, tzinfo=UTC)
    service_request = ServiceRequestFactory.create(department=cast.streets, received_at=due_at - 9 * HOUR)
    ending = {"verdict": "late", "met_at": due_at + HOUR, "business_minutes": 60}
    clock = write_history(
        service_request, (due_at - 9 * HOUR, {"due_at": due_at}), (due_at + timedelta(days=3), ending)
    )
    excuse(clock, cast.sam, at=due_at + timedelta(days=5), revoked_at=due_at + timedelta(days=7))
    client = _reader(client, cast.hana)
    for day, kind in (("10", "open"), ("11", "overdue"), ("14", "late"), ("17", "excused"), ("19", "late")):
        page = client.get(f"/compliance/?as_of=2026-11-{day}").context["page"]
        known = int(day) > 10
        assert page.headline.count("received") == known
        assert page.headline.count(kind) == known


def test_a_page_asks_the_database_the_same_number_of_questions_however_much_there_is(
    client: Client, cast: Cast
) -> None:
    client = _reader(client, cast.hana)
    counts = []
    for more in (3, 60):
        write_random_histories(cast, count=more, seed=more, start_at=NOW - timedelta(days=20), days=19)
        for address in PAGES:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[: len(PAGES)] == counts[len(PAGES) :]


def test_a_kind_of_request_narrows_every_figure(client: Client, cast: Cast) -> None:
    for kind, count in ((RequestKind.COMPLAINT, 2), (RequestKind.SERVICE, 3)):
        _answered(cast, count=count, kind=kind)
    client = _reader(client, cast.hana)
    for address in ("/compliance/?kind=complaint", "/compliance/?kind=complaint&as_of=2026-11-22"):
        page = client.get(address).context["page"]
        assert page.headline.count("received") == 2
        assert sum(row["contacts"] for row in page.contacts.values()) == 2
    assert "Complaint" in client.get("/compliance/clocks/?kind=complaint").context["reading"].address.list_scope_words


def test_the_report_is_written_to_a_file(client: Client, cast: Cast) -> None:
    _answered(cast, count=5)
    response = _reader(client, cast.hana).get("/compliance/csv/")
    (row,) = csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines())
    assert (row["standard"], row["month"], row["waited_on_time_rate"]) == ("phone_response", "2026-11", "1.0")
    assert AuditEntry.objects.filter(action="exported", actor=cast.hana).count() == 1


def test_the_drawing_is_an_image_without_script(client: Client, cast: Cast) -> None:
    _answered(cast, count=6)
    client = _reader(client, cast.hana)
    response = client.get("/compliance/trend-light-wide.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<script" not in response.content
    assert client.get("/compliance/trend-sepia-wide.svg").status_code == 404


def test_a_department_counts_with_its_divisions(client: Client, cast: Cast) -> None:
    _answered(cast, count=5)
    client = _reader(client, cast.hana)
    above = client.get(f"/compliance/?department={cast.public_works.slug}").context["page"]
    assert above.headline.count("met") == 5
    beside = Department.objects.get(slug="finance")
    assert client.get(f"/compliance/?department={beside.slug}").context["page"].headline.count("met") == 0
