"""The compliance report against a reckoning row by row, as of now and of any instant before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import QuerySet

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.domain.metrics import PARTS
from requests_app.domain.periods import Month, Period
from requests_app.models import Department, Employee, ResponseClock, ServiceRequest
from requests_app.selectors.reports.compliance import Row, compliance_report
from requests_app.selectors.reports.first_contact import CONTACT_PARTS
from requests_app.selectors.reports.lists import clock_list, contact_list
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, report_scope, whole_city
from requests_app.selectors.visibility import requests_visible_to, visible_clocks
from tests import compliance_oracle
from tests.cast import Cast, actor
from tests.clock_histories import write_random_histories
from tests.factories import NOW

START_AT = datetime(2026, 9, 25, tzinfo=UTC)
AUTUMN = Period(date(2026, 10, 1), date(2026, 11, 20))
DATES = ("2026-10-01", "2026-11-20")
ALL_KNOWN_AT = datetime(2027, 3, 1, tzinfo=UTC)
INSTANTS = [START_AT + timedelta(days=offset, minutes=17) for offset in (0, 8, 21, 40, 60, 150)]


@pytest.fixture
def histories(cast: Cast) -> Cast:
    write_random_histories(cast, count=250, seed=20261123, start_at=START_AT, days=62)
    return cast


def test_demo_data_counted_from_its_rows_and_from_its_history_agree(city: None) -> None:
    seed_city_year(Wish(requests=500, seed=4, until_at=NOW))
    year = Period(date(2025, 11, 1), date(2026, 11, 23))
    now = _report(whole_city(), NOW, is_past=False, period=year)
    assert now == _report(whole_city(), NOW, is_past=True, period=year)
    dates = ("2025-11-01", "2026-11-23")
    assert now["clocks"] == compliance_oracle.clock_rows(_with_history(), period=dates, as_of=NOW)
    contacts = ServiceRequest.objects.select_related("department").prefetch_related("clocks")
    assert now["first_contact"] == compliance_oracle.first_contact_rows(contacts, period=dates)
    assert sum(row["received"] for row in now["clocks"]) > 400


def _with_history() -> QuerySet[ResponseClock]:
    return ResponseClock.objects.prefetch_related("excusals", "revisions__standard", "revisions__department")


def _report(scope: ReportScope, as_of: datetime, *, is_past: bool, period: Period = AUTUMN) -> dict[str, list[Row]]:
    return compliance_report(scope, ReportQuery(period=period, as_of=as_of, is_past=is_past))


@pytest.mark.parametrize("as_of", INSTANTS)
def test_the_report_of_any_instant_equals_the_reckoning_row_by_row(histories: Cast, as_of: datetime) -> None:
    report = _report(whole_city(), as_of, is_past=True)
    assert report["clocks"] == compliance_oracle.clock_rows(_with_history(), period=DATES, as_of=as_of)
    assert bool(report["clocks"]) == (as_of > INSTANTS[0])


def test_what_is_known_now_equals_what_the_rows_say(histories: Cast) -> None:
    past = _report(whole_city(), ALL_KNOWN_AT, is_past=True)
    assert past == _report(whole_city(), ALL_KNOWN_AT, is_past=False)
    assert past["first_contact"] == compliance_oracle.first_contact_rows(ServiceRequest.objects.all(), period=DATES)


@pytest.mark.parametrize("who", ["hana", "max", "dora", "sam"])
@pytest.mark.parametrize("is_past", [True, False])
def test_a_reader_counts_what_the_reader_may_see(histories: Cast, who: str, is_past: bool) -> None:
    reader: Employee = getattr(histories, who)
    report = _report(report_scope(actor(reader)), ALL_KNOWN_AT, is_past=is_past)
    clocks = visible_clocks(actor(reader))
    requests = requests_visible_to(actor(reader))
    if who in ("sam", "dora"):
        own = [histories.streets] if who == "sam" else [histories.streets, histories.public_works]
        clocks, requests = clocks.filter(department__in=own), requests.filter(department__in=own)
    assert report["clocks"] == compliance_oracle.clock_rows(clocks, period=DATES, as_of=ALL_KNOWN_AT)
    assert report["first_contact"] == compliance_oracle.first_contact_rows(requests, period=DATES)
    assert 0 < len(report["clocks"]) <= len(_report(whole_city(), ALL_KNOWN_AT, is_past=is_past)["clocks"])


@pytest.mark.parametrize("is_past", [True, False])
@pytest.mark.parametrize("who", ["hana", "sam"])
def test_each_cell_equals_the_list_behind_it(histories: Cast, who: str, is_past: bool) -> None:
    scope = report_scope(actor(getattr(histories, who)))
    as_of = ALL_KNOWN_AT if not is_past else INSTANTS[3]
    report = _report(scope, as_of, is_past=is_past, period=Period.of_month(Month(2026, 10)))
    assert len(report["clocks"]) > 5
    for row in report["clocks"]:
        query = _cell(row, as_of=as_of, is_past=is_past)
        counts = {part: clock_list(scope, query, part=part).count() for part in PARTS if part in row}
        assert counts == {part: row[part] for part in counts}
        assert clock_list(scope, query, part="waited_met").count() == _waited_met(row, scope, query)
    for row in report["first_contact"]:
        query = _cell(row, as_of=as_of, is_past=is_past)
        counts = {part: contact_list(scope, query, part=part).count() for part in CONTACT_PARTS if part in row}
        assert counts == {"contacts": row["contacts"], "resolved": row["resolved"]}


def _cell(row: Row, *, as_of: datetime, is_past: bool) -> ReportQuery:
    return ReportQuery(
        period=Period.of_month(Month.parse(row["month"])),
        as_of=as_of,
        is_past=is_past,
        department_ids=frozenset({Department.objects.get(slug=row["department"]).pk}),
        channel=row["channel"],
        standard=row.get("standard", ""),
        milestone=row.get("milestone", ""),
    )


def _waited_met(row: Row, scope: ReportScope, query: ReportQuery) -> int:
    return int(row["waited_n"]) - clock_list(scope, query, part="waited_missed").count()
