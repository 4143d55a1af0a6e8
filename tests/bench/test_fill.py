"""What is measured must be rows as the product would have written them: held against its own rules and reports."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F, Model
from pytest_django.plugin import DjangoDbBlocker

from requests_app.domain.periods import Period
from requests_app.domain.verdicts import is_recorded_late, judge
from requests_app.domain.vocabulary import Verdict
from requests_app.models import (
    Calendar,
    ClockRevision,
    Employee,
    Event,
    Interaction,
    Notice,
    ResponseClock,
    ServiceRequest,
    SurveyInvitation,
)
from requests_app.models.clocks import FACT_FIELDS
from requests_app.selectors.due_dates import due_again, minutes_to_answer
from requests_app.selectors.reports.compliance import compliance_report
from requests_app.selectors.reports.scope import ReportQuery, whole_city
from requests_app.selectors.verification import verify_trail
from tests import compliance_oracle
from tests.bench.fill import Plan, fill

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

UNTIL_AT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
PLAN = Plan(told=420, copies=3, years=3, staff_sets=2)
OF_THE_SECOND_SET = r"\.1@"
Definitions = set[str]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Definitions]:
    """Fill the database once and take it all back at the end; gives its indexes and constraints of before."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = _definitions()
        fill(PLAN, until_at=UNTIL_AT)
        yield before
        transaction.set_rollback(True)


def _definitions() -> Definitions:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
            "UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
        )
        # PostgreSQL moves a cast into the list it applies to when a definition is read again.
        return {re.sub(r"::[a-z ]+(\[\])?|[()]", "", definition) for (definition,) in cursor.fetchall()}


def test_indexes_keys_and_checks_are_what_they_were(filled: Definitions) -> None:
    assert _definitions() == filled


def test_there_are_as_many_of_everything_as_planned(filled: Definitions) -> None:
    requests = ServiceRequest.objects.all()
    assert requests.count() == PLAN.told * PLAN.copies == requests.values("number").distinct().count()
    models: tuple[type[Model], ...] = (Event, Interaction, ResponseClock)
    for model in models:
        number = model._default_manager.count()
        assert number > requests.count()
        assert number % PLAN.copies == 0
    assert Notice.objects.exists()
    first_year = requests.filter(received_at__lt=UNTIL_AT - timedelta(days=730)).count()
    assert first_year == pytest.approx(requests.count() / 3, rel=0.05)
    people = Employee.objects.filter(user__isnull=False)
    assert people.filter(user__email__regex=OF_THE_SECOND_SET).count() * 2 == people.count()


def test_one_request_in_ten_is_open_and_one_in_a_hundred_overdue(filled: Definitions) -> None:
    requests = ServiceRequest.objects.all()
    unfinished = requests.filter(closed_at=None)
    assert unfinished.count() / requests.count() == pytest.approx(0.10, abs=0.02)
    owed = ResponseClock.objects.filter(verdict=Verdict.OPEN, due_at__lt=UNTIL_AT)
    assert owed.values("service_request").distinct().count() / requests.count() == pytest.approx(0.01, abs=0.01)
    assert not ResponseClock.objects.filter(next_stage_at__lte=UNTIL_AT).exists()


def test_each_verdict_is_what_the_rules_say(filled: Definitions) -> None:
    for clock in ResponseClock.objects.select_related("standard", "calendar_version", "stopped_by"):
        assert clock.due_at == due_again(clock).due_at
        if clock.met_at is None or clock.stopped_by is None:
            assert clock.verdict in (Verdict.OPEN, Verdict.CANCELLED, Verdict.MERGED)
            continue
        assert clock.met_at == clock.stopped_by.occurred_at
        assert clock.due_at is not None
        assert clock.verdict == judge(due_at=clock.due_at, met_at=clock.met_at)
        assert clock.business_minutes == minutes_to_answer(clock, clock.met_at)
        recorded_at = clock.stopped_by.recorded_at
        assert clock.is_recorded_late == is_recorded_late(
            due_at=clock.due_at, met_at=clock.met_at, recorded_at=recorded_at
        )


def test_each_clock_is_its_last_revision(filled: Definitions) -> None:
    latest = {row.clock_id: row for row in ClockRevision.objects.order_by("clock", "number").select_related("clock")}
    assert len(latest) == ResponseClock.objects.count()
    for row in latest.values():
        assert [getattr(row, name) for name in FACT_FIELDS] == [getattr(row.clock, name) for name in FACT_FIELDS]


def test_the_report_equals_the_reckoning_row_by_row(filled: Definitions) -> None:
    period, dates = Period(date(2024, 1, 1), date(2026, 11, 23)), ("2024-01-01", "2026-11-23")
    clocks = ResponseClock.objects.prefetch_related("excusals", "revisions__standard", "revisions__department")
    requests = ServiceRequest.objects.select_related("department").prefetch_related("clocks")
    for is_past in (False, True):
        report = compliance_report(whole_city(), ReportQuery(period=period, as_of=UNTIL_AT, is_past=is_past))
        assert report["clocks"] == compliance_oracle.clock_rows(clocks, period=dates, as_of=UNTIL_AT)
        assert report["first_contact"] == compliance_oracle.first_contact_rows(requests, period=dates)


def test_nothing_crosses_from_one_copy_to_another(filled: Definitions) -> None:
    stopped = ResponseClock.objects.exclude(stopped_by=None)
    assert not stopped.exclude(stopped_by__service_request=F("service_request")).exists()
    told = Notice.objects.exclude(clock=None)
    assert not told.exclude(clock__service_request=F("service_request")).exists()
    assert not ServiceRequest.objects.exclude(merged_into=None).exclude(merged_into__title=F("title")).exists()
    invited = SurveyInvitation.objects.select_related("service_request")
    assert all(each.channel == each.service_request.channel for each in invited)
    seconds = set(Employee.objects.filter(email__regex=OF_THE_SECOND_SET).values_list("pk", flat=True))
    for event in Event.objects.filter(data__has_key="owner").select_related("service_request"):
        assert (int(event.data["owner"]) in seconds) == (event.service_request.recorded_by_id in seconds)


def test_the_audit_trail_is_whole_and_a_new_row_gets_a_new_key(filled: Definitions) -> None:
    assert verify_trail(now=UNTIL_AT).fault is None
    last = ServiceRequest.objects.latest("pk")
    names = ("kind", "channel", "title", "department", "received_at", "recorded_at", "last_touch_at")
    facts = {name: getattr(last, name) for name in names}
    assert ServiceRequest.objects.create(number="PN-0000-0000", **facts).pk > last.pk


def test_the_calendars_know_every_year_there_is(filled: Definitions) -> None:
    for calendar in Calendar.objects.all():
        known = calendar.versions.latest("number").business_calendar()
        assert known.known_from <= date(2023, 1, 1)
        assert not known.is_business_day(date(2024, 7, 4))
