"""Absences of the demo: leave and sick days over the year, greetings mostly in time, and today's picture."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from pytest_django.plugin import DjangoDbBlocker

from requests_app.domain.absences import AbsenceKind, may_excuse
from requests_app.models import Absence, Employee, Excusal, ExcusalProposal, Greeting, ResponseClock
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import Whereabouts
from tests.demo.years import seeded_year

UNTIL_AT = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)  # Wed 18 Nov, 4 pm in Pinole


@pytest.fixture(scope="module")
def _year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with seeded_year(1200, django_db_blocker, until_at=UNTIL_AT):
        yield


pytestmark = pytest.mark.usefixtures("_year", "db")


def test_nobody_is_away_twice_at_once() -> None:
    assert Absence.objects.count() > 100
    rows = Absence.objects.order_by("employee_id", "starts_at")
    for first, second in pairwise(rows):
        if first.employee_id == second.employee_id:
            assert first.ends_at is not None
            assert first.ends_at <= second.starts_at


def test_every_excuse_behind_an_absence_is_one_the_rules_allow() -> None:
    version = response_calendar_version()
    assert version is not None
    calendar = version.business_calendar()
    granted = ExcusalProposal.objects.filter(is_granted=True).select_related("absence", "clock", "excusal")
    assert granted.count() > Excusal.objects.count() * 0.8
    for proposal in granted:
        assert proposal.clock.due_at is not None
        assert proposal.decided_by_id != proposal.absence.employee_id
        assert may_excuse(
            proposal.absence.period, due_at=proposal.clock.due_at, was_theirs_at_recording=True, calendar=calendar
        )


def test_most_greetings_are_set_in_time_and_taken_down_again() -> None:
    begun = Greeting.objects.filter(absence__starts_at__lte=UNTIL_AT, absence__kind=AbsenceKind.PLANNED)
    in_time = sum(
        greeting.set_at is not None and greeting.set_at <= greeting.absence.starts_at
        for greeting in begun.select_related("absence")
    )
    assert 0.85 <= in_time / begun.count() <= 0.97
    over = begun.filter(absence__ends_at__lt=UNTIL_AT, set_at__isnull=False)
    assert 0.9 <= over.filter(cleared_at__isnull=False).count() / over.count() < 1


def test_today_somebody_is_on_leave_whose_work_the_demo_login_covers() -> None:
    staff = Employee.objects.get(email="staff@pinole.example")
    covered = actor_for_employee(staff, now=UNTIL_AT).covers
    assert covered
    away = Whereabouts(UNTIL_AT).away(min(covered))
    assert away is not None
    assert away.back_on is not None


def test_today_somebody_called_in_sick_and_what_is_due_today_waits_for_a_decision() -> None:
    sick = Absence.objects.get(ends_at__isnull=True)
    assert sick.reason == "illness"
    waiting = ExcusalProposal.objects.filter(decided_at__isnull=True)
    assert set(waiting.values_list("absence_id", flat=True)) <= {sick.pk}
    owed = ResponseClock.objects.filter(verdict="open", service_request__owner=sick.employee)
    due_today = owed.filter(due_at__gte=sick.starts_at, due_at__lte=datetime(2026, 11, 19, 1, tzinfo=UTC))
    assert waiting.count() == due_today.count()
