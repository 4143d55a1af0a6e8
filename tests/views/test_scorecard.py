"""The scorecard: every clause, honest about what it does not know, and each figure with a list of that length."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.domain.clauses import BY_KEY
from requests_app.domain.scorecard import Standing
from requests_app.domain.vocabulary import Confidentiality, RequestKind, Role, Verdict
from requests_app.models import AuditEntry, CitySetting, Confirmation, Employee, Receipt, RoleAssignment, ServiceRequest
from requests_app.models.clause_words import MEASURES
from requests_app.services.reads import record_read
from requests_app.views.scorecard_rows import ClauseRow, FigureRow
from tests.cast import Cast, actor, login_of
from tests.clock_histories import write_history
from tests.factories import NOW, ServiceRequestFactory, concern, make_login

HOUR = timedelta(hours=1)
UNRECORDED = {"told"}  # no measure of a clause: what nothing records
PAGE = "/compliance/scorecard/"


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


def _rows(client: Client, query: str = "") -> dict[str, ClauseRow]:
    return {row.clause.key: row for row in client.get(f"{PAGE}{query}").context["rows"]}


def _figure(client: Client, key: str, code: str, query: str = "") -> FigureRow:
    return next(each for each in _rows(client, query)[key].figures if each.code == code)


def _answered(cast: Cast, *, count: int, verdict: Verdict = Verdict.MET, days_ago: int = 1) -> None:
    due_at = NOW - timedelta(days=days_ago)
    for _ in range(count):
        start_at = due_at - 20 * HOUR
        service_request = ServiceRequestFactory.create(department=cast.streets, received_at=start_at)
        met_at = due_at if verdict is Verdict.MET else due_at + HOUR
        ending = {"verdict": verdict.value, "met_at": met_at, "business_minutes": 90}
        write_history(service_request, (start_at, {"due_at": due_at}), (due_at + HOUR, ending))


def test_an_empty_city_shows_every_clause_and_claims_nothing(client: Client, cast: Cast) -> None:
    response = _reader(client, cast.hana).get(PAGE)
    rows = {row.clause.key: row for row in response.context["rows"]}
    assert list(rows) == list(BY_KEY)
    measured = {key for key, row in rows.items() if set(row.standings) != {Standing.NOT_MEASURED}}
    # What nobody did is known of these: departments asked nobody, the review is overdue, the contact not confirmed.
    assert measured == {"III.c.ii", "III.e", "III.f"}
    assert Standing.ON_TARGET not in {standing for row in rows.values() for standing in row.standings}
    page = response.content.decode()
    assert "Not measurable." in page
    assert "Not measured yet: nothing is recorded." in page
    assert "100" not in page
    assert "not by itself a finding of non-compliance" in page


def test_a_standard_is_rated_and_compared_with_the_month_before(client: Client, cast: Cast) -> None:
    _answered(cast, count=9)
    _answered(cast, count=1, verdict=Verdict.LATE)
    _answered(cast, count=6, days_ago=30)
    figure = _figure(_reader(client, cast.hana), "III.b.ii.3", "phone_response")
    assert (figure.said, figure.standing) == ("90.0\N{NO-BREAK SPACE}%", Standing.UNDER_TARGET)
    assert (figure.before_words, figure.before_said) == ("Oct 2026", "100.0\N{NO-BREAK SPACE}%")
    assert [month.whole for month in figure.months[-3:]] == [0, 6, 10]
    assert figure.months[-1].label == "Nov 2026 so far"


def test_too_few_are_told_in_numbers(client: Client, cast: Cast) -> None:
    _answered(cast, count=4)
    figure = _figure(_reader(client, cast.hana), "III.b.ii.3", "phone_response")
    assert (figure.said, figure.standing) == ("4 of 4", Standing.TOO_FEW)


def test_an_indicator_has_no_share_no_target_and_no_tag(client: Client, cast: Cast) -> None:
    ServiceRequestFactory.create_batch(9, department=cast.streets, received_at=NOW - HOUR)
    ServiceRequestFactory.create(department=cast.streets, received_at=NOW - HOUR, kind=RequestKind.COMPLIMENT)
    figure = _figure(_reader(client, cast.hana), "III.b.i.1", "compliments")
    assert (figure.said, figure.target, figure.tag) == ("1 of 10", "", None)


def test_every_figure_has_a_measure_of_its_clause(client: Client, cast: Cast) -> None:
    for row in _rows(_reader(client, cast.hana)).values():
        allowed = {str(MEASURES[measure]) for measure in row.clause.measures}
        measures = {str(figure.measure_word) for figure in row.figures if figure.code not in UNRECORDED}
        assert measures <= allowed, row.clause.key


def test_what_nothing_records_says_so_beside_what_is_measured(client: Client, cast: Cast) -> None:
    _answered(cast, count=6)
    client = _reader(client, cast.hana)
    figures = {figure.code: figure for figure in _rows(client)["III.a.iii"].figures}
    assert list(figures) == ["dated", "receipted", "recorded-soon", "put-off-openly", "told"]
    assert (figures["dated"].said, figures["recorded-soon"].said) == ("100.0\N{NO-BREAK SPACE}%", "6 of 6")
    told = figures["told"]
    assert (told.instead, told.standing, told.months) == ("nothing records it", Standing.NOT_MEASURED, [])
    page = client.get(f"{PAGE}III.a.iii/").content.decode()
    assert "The city has no such page yet" in page


def test_a_receipt_that_names_the_date_counts_as_told(client: Client, cast: Cast) -> None:
    _answered(cast, count=3)
    first, second, _third = ServiceRequest.objects.order_by("pk")
    for service_request, promised_for in ((first, NOW), (second, None)):
        known = {"route": "slip", "language": "en", "text": "Number", "given_at": NOW, "given_by": cast.fay}
        Receipt.objects.create(service_request=service_request, promised_for=promised_for, **known)
    client = _reader(client, cast.hana)
    figure = _figure(client, "III.a.iii", "receipted")
    assert (figure.part.count, figure.whole.count, figure.target) == (1, 3, "")
    assert client.get(figure.part.url).context["total"] == 1


def test_the_target_of_the_city_says_that_it_is_a_local_choice_until_human_resources_confirm_it(
    client: Client, cast: Cast
) -> None:
    client, unconfirmed = _reader(client, cast.hana), "local choice, not confirmed"
    words = {figure.code: figure.choice_words for row in _rows(client).values() for figure in row.figures}
    assert (words["dated"], words["contact"]) == (unconfirmed, "")
    assert unconfirmed not in words["phone_response"]  # a standard has a target of its own
    for _click in range(2):
        assert client.post(reverse("scorecard_target_confirm")).status_code == 302
    assert Confirmation.objects.count() == 1
    assert _figure(client, "III.a.iii", "dated").choice_words == "local choice, confirmed"
    assert "Confirmed by Hana" in client.get(PAGE).content.decode()
    CitySetting.objects.create(key="target_rate", value=0.9, changed_at=NOW)
    assert _figure(client, "III.a.iii", "dated").choice_words == unconfirmed  # that is another target


def test_every_figure_is_named_and_explained_by_the_table_of_definitions(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    page = client.get(reverse("compliance_definitions")).content.decode()
    named_by_themselves = {"on_time", "greeting_elements"}  # a standard, an element of a greeting
    figures = [figure for row in _rows(client).values() for figure in row.figures]
    assert len(figures) > 40
    for figure in figures:
        assert f'id="{figure.definition.code}"' in page
        assert figure.label == figure.definition.name or figure.definition.code in named_by_themselves


def test_a_restricted_request_opened_without_a_part_in_it_counts_only_for_those_who_may_know(
    client: Client, cast: Cast
) -> None:
    secret = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, confidentiality=Confidentiality.CONFIDENTIAL, received_at=NOW - HOUR
    )
    for reader in (cast.alice, cast.hana, cast.sam):
        record_read(secret, actor=actor(reader), at=NOW - HOUR)
    figure = _figure(_reader(client, cast.hana), "III.b.i.4", "restricted-reads")
    assert (figure.part.count, figure.whole.count) == (2, 3)
    assert client.get(figure.part.url).content.decode().count("/requests/") >= 2
    concern(secret, cast.sam)
    assert _figure(_reader(client, cast.sam), "III.b.i.4", "restricted-reads").whole.count == 0
    assert secret.number not in client.get(figure.whole.url).content.decode()


def test_the_auditor_reads_the_lists_without_what_people_typed(client: Client, cast: Cast) -> None:
    ServiceRequestFactory.create(department=cast.streets, title="Mrs. Ruiz complains", received_at=NOW - HOUR)
    page = _reader(client, cast.otto).get(f"{PAGE}III.b.iii.2/on-the-spot/").content.decode()
    assert "Title withheld" in page
    assert "Ruiz" not in page


def test_a_department_and_a_standing_narrow_what_is_shown(client: Client, cast: Cast) -> None:
    _answered(cast, count=6)
    client = _reader(client, cast.hana)
    assert _figure(client, "III.b.ii.3", "phone_response", f"?department={cast.streets.slug}").pair.whole == 6
    assert _figure(client, "III.b.ii.3", "phone_response", f"?department={cast.finance.slug}").pair.whole == 0
    shown = _rows(client, f"?standing={Standing.ON_TARGET}")
    assert "III.b.ii.3" in shown
    assert "I" not in shown


def test_the_file_has_a_row_for_every_figure_and_every_clause_without_one(client: Client, cast: Cast) -> None:
    _answered(cast, count=6)
    client = _reader(client, cast.hana)
    expected = sum(max(1, len(row.figures)) for row in _rows(client).values())
    response = client.get(f"{PAGE}?format=csv")
    rows = list(csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines()))
    assert len(rows) == expected
    calls = next(row for row in rows if row["Clause"] == "III.b.ii.3")
    assert (calls["Number"], calls["n"], calls["Share"], calls["2026-11 n"]) == ("6", "6", "1.0", "6")
    assert AuditEntry.objects.filter(action="exported", actor=cast.hana).count() == 1


def test_an_unknown_clause_or_figure_is_not_found(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    for address in ("IV/", "III.b.ii.3/phone_response/", "III.b.v.2/nothing/"):
        assert client.get(f"{PAGE}{address}").status_code == 404, address


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    counts = []
    for more in (1, 12):
        _answered(cast, count=more)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and "from=" in href:
            self.found.add(href)


@pytest.fixture
def demo(city: None) -> None:
    seed_city_year(Wish(requests=150, seed=7, until_at=NOW))


@pytest.mark.parametrize("role", [Role.HR, Role.SUPERVISOR])
def test_every_figure_on_demo_data_has_a_list_of_that_length(client: Client, demo: None, role: Role) -> None:
    holders = RoleAssignment.objects.filter(role=role).annotate(busy=Count("department__requests")).order_by("-busy")
    reader = holders[0].employee
    client.force_login(reader.user or make_login(reader))
    response = client.get(f"{PAGE}?from=2026-08-15&to=2026-11-23")
    links = _Links(response.content.decode()).found
    figures = [
        link
        for row in response.context["rows"]
        for figure in row.figures
        # That the review is in date leads to its page, which counts other things; an opinion has no list.
        if (figure.is_count or figure.whole.count) and figure.whole.url and figure.code != "review"
        for link in ((figure.whole,) if figure.is_count else (figure.part, figure.whole))
    ]
    assert {figure.url for figure in figures} <= links
    for figure in {figure.url: figure for figure in figures}.values():
        listed = client.get(figure.url)
        assert str(listed.context["total"]).replace(",", "") == str(figure.count), (
            figure.url,
            parse_qs(urlsplit(figure.url).query),
        )
    assert sum(figure.count > 0 for figure in figures) > (20 if role is Role.HR else 8)


def test_the_other_registers_are_plugged_in_and_what_is_of_nobody_else_shows_to_nobody_else(
    client: Client, demo: None
) -> None:
    readers = {role: RoleAssignment.objects.filter(role=role)[0].employee for role in (Role.HR, Role.SUPERVISOR)}
    found = {}
    for role, reader in readers.items():
        client.force_login(reader.user or make_login(reader))
        found[role] = _rows(client)
    hr, supervisor = found[Role.HR], found[Role.SUPERVISOR]
    for key in ("II", "III.a.v", "III.c.i", "III.c.ii", "III.c.iii", "III.e", "III.b.i.2", "III.b.iv.1"):
        assert hr[key].figures, key
    assert all(figure.code != "opinion" for row in supervisor.values() for figure in row.figures)
    assert not supervisor["III.d.ii"].figures


def test_a_few_lines_of_corrective_action_are_not_told_as_none(client: Client, cast: Cast) -> None:
    client = _reader(client, cast.hana)
    switched = {"noted_on": "2026-11-20", "note": "Unions told", "is_on": "on"}
    assert client.post(reverse("corrective_switch"), switched).status_code == 302
    assert _figure(client, "III.d.ii", "corrective").said == "0"
    line = {"acted_on": "2026-11-16", "rule": "Rule 12.3", "file_reference": "PF-2026-014"}
    assert client.post(reverse("corrective_action_list"), {"employee": cast.bob.pk, **line}).status_code == 302
    assert _figure(client, "III.d.ii", "corrective").instead == "fewer than 5"
    assert not _rows(_reader(client, cast.max))["III.d.ii"].figures
