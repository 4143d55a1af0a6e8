"""Who is away, until when, and who stands in: asked by date, along every chain of alternates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.absences import AbsenceKind
from requests_app.models import Alternate, Department, Employee, ServiceRequest
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.visibility import requests_read_by, requests_visible_to
from requests_app.selectors.whereabouts import StandIn, Whereabouts
from tests.cast import Cast
from tests.factories import NOW, AbsenceFactory, ServiceRequestFactory

DAY = timedelta(days=1)
# Mondays to Thursdays; NOW is a Monday.
FOUR_DAYS = {
    "weekly_hours": {
        day: [["08:00", "17:00"]] if day not in ("fri", "sat", "sun") else []
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    }
}
FRIDAY = datetime(2026, 12, 4, 18, tzinfo=UTC)


def stands_in(who: Employee, *, now: datetime = NOW) -> Employee | Department | None:
    whereabouts = Whereabouts(now)
    stand_in = whereabouts.stand_in(who.pk)
    return whereabouts.person(stand_in) or whereabouts.department(stand_in)


def test_somebody_is_away_from_the_start_until_they_are_back(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, starts_at=NOW, ends_at=NOW + DAY)
    assert not Whereabouts(NOW - timedelta.resolution).is_away(cast.alice.pk)
    assert Whereabouts(NOW).is_away(cast.alice.pk)
    assert not Whereabouts(NOW + DAY).is_away(cast.alice.pk)


def test_an_absence_that_was_removed_counts_for_nothing(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, removed_at=NOW)
    assert not Whereabouts(NOW).is_away(cast.alice.pk)


def test_whoever_nobody_knows_the_return_of_is_away_until_they_are_back(cast: Cast) -> None:
    AbsenceFactory.create(
        employee=cast.alice, kind=AbsenceKind.UNFORESEEN, ends_at=None, ask_again_on=date(2026, 11, 25)
    )
    away = Whereabouts(NOW + 300 * DAY).away(cast.alice.pk)
    assert away is not None
    assert away.back_on is None


def test_the_day_of_return_is_a_business_day(cast: Cast) -> None:
    friday_evening = datetime(2026, 12, 5, 1, tzinfo=UTC)
    AbsenceFactory.create(employee=cast.alice, ends_at=friday_evening)
    away = Whereabouts(NOW).away(cast.alice.pk)
    assert away is not None
    assert away.back_on == date(2026, 12, 7)


def test_a_day_off_in_the_work_pattern_is_a_day_away(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.alice.pk).update(work_pattern=FOUR_DAYS)
    assert not Whereabouts(FRIDAY - DAY).is_away(cast.alice.pk)
    away = Whereabouts(FRIDAY).away(cast.alice.pk)
    assert away is not None
    assert away.absence is None
    assert away.back_on == date(2026, 12, 7)


def test_leave_that_ends_on_a_day_off_ends_after_it(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.alice.pk).update(work_pattern=FOUR_DAYS)
    AbsenceFactory.create(employee=cast.alice, ends_at=FRIDAY)
    away = Whereabouts(NOW).away(cast.alice.pk)
    assert away is not None
    assert away.back_on == date(2026, 12, 7)


def test_the_alternate_of_this_absence_comes_before_those_of_the_directory(cast: Cast) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.sam)
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    assert stands_in(cast.alice) == cast.bob


def test_an_alternate_who_is_away_is_replaced_by_theirs(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    AbsenceFactory.create(employee=cast.bob, alternate_person=cast.charlie)
    assert stands_in(cast.alice) == cast.charlie


def test_alternates_who_lead_back_to_each_other_lead_to_nobody(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    AbsenceFactory.create(employee=cast.bob, alternate_person=cast.alice)
    assert stands_in(cast.alice) is None
    assert Whereabouts(NOW).goes_in_circles(cast.alice.pk)


def test_somebody_who_has_left_stands_in_for_nobody(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    Employee.objects.filter(pk=cast.bob.pk).update(is_active=False)
    assert stands_in(cast.alice) is None


def test_a_department_may_stand_in_unless_it_is_retired(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_department=cast.finance)
    assert stands_in(cast.alice) == cast.finance
    Department.objects.filter(pk=cast.finance.pk).update(is_active=False)
    assert stands_in(cast.alice) is None


def test_whoever_stands_in_reads_the_ordinary_work_of_whoever_is_away(cast: Cast) -> None:
    mine = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    secret = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, confidentiality="confidential")
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.charlie)
    charlie = actor_for_employee(cast.charlie, now=NOW)
    assert charlie.covers == {cast.alice.pk}
    assert list(requests_read_by(charlie)) == [mine]
    assert "owner" in charlie.roles_for(mine)
    assert "owner" not in charlie.roles_for(secret)


@pytest.mark.parametrize("now", [NOW - 5 * DAY, NOW + 50 * DAY])
def test_nobody_reads_another_departments_work_before_or_after(cast: Cast, now: datetime) -> None:
    ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.charlie)
    assert not requests_visible_to(actor_for_employee(cast.charlie, now=now)).exists()


def test_a_complaint_about_whoever_stands_in_stays_hidden_from_them(cast: Cast) -> None:
    about_charlie: ServiceRequest = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    about_charlie.subjects.create(employee=cast.charlie, involvement="concerned")
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.charlie)
    assert not requests_visible_to(actor_for_employee(cast.charlie, now=NOW)).exists()


def test_only_who_may_be_needed_asks_for_the_whereabouts_of_others(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    with django_assert_num_queries(2):  # type: ignore[operator]
        actor_for_employee(cast.bob, now=NOW)


def test_a_stand_in_is_a_person_or_a_department(cast: Cast) -> None:
    whereabouts = Whereabouts(NOW)
    assert whereabouts.person(None) is None
    assert whereabouts.department(StandIn("person", cast.alice.pk)) is None
