"""Warnings asked of everybody at once: stand-ins who are away, circles, departments with nobody there (III.b.ii.5)."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.greeting_warnings import GreetingWarning
from requests_app.models import Absence, Employee
from requests_app.selectors.greeting_warnings import GreetingWatch
from tests.cast import Cast
from tests.factories import NOW, AbsenceFactory, EmployeeFactory
from tests.greeting_cases import DAY, ENDS, HOUR, STARTS

DURING = STARTS + HOUR
TUESDAYS_OFF = {
    "weekly_hours": {
        day: [["08:00", "17:00"]] if day not in ("tue", "sat", "sun") else []
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    }
}


def leave(who: Employee, stand_in: Employee | None = None, **facts: object) -> Absence:
    return AbsenceFactory.create(
        employee=who, alternate_person=stand_in, **{"starts_at": STARTS, "ends_at": ENDS, **facts}
    )


def warned(absence: Absence, now: datetime) -> set[GreetingWarning]:
    """What is said of the stand-in of an absence."""
    about_stand_in = {GreetingWarning.ALTERNATE_AWAY, GreetingWarning.CIRCLE}
    found = next(each for each in GreetingWatch(now).tracked if each.absence == absence)
    return set(found.warnings) & about_stand_in


@pytest.mark.parametrize("now", [NOW, DURING])
def test_a_stand_in_who_is_away_too_is_noticed_before_and_during(cast: Cast, now: datetime) -> None:
    absence = leave(cast.alice, cast.bob)
    assert warned(absence, now) == set()
    leave(cast.bob, cast.sam)
    assert warned(absence, now) == {GreetingWarning.ALTERNATE_AWAY}


def test_a_stand_in_off_by_their_own_pattern_is_away_too(cast: Cast) -> None:
    absence = leave(cast.alice, cast.bob)
    Employee.objects.filter(pk=cast.bob.pk).update(work_pattern=TUESDAYS_OFF)
    assert warned(absence, DURING) == {GreetingWarning.ALTERNATE_AWAY}
    assert warned(absence, DURING + DAY) == set()


def test_a_stand_in_who_is_away_at_another_time_is_none(cast: Cast) -> None:
    absence = leave(cast.alice, cast.bob)
    leave(cast.bob, starts_at=ENDS, ends_at=ENDS + DAY)
    leave(cast.bob, starts_at=STARTS - 9 * DAY, ends_at=STARTS - 8 * DAY)
    assert warned(absence, DURING) == set()


@pytest.mark.parametrize("now", [NOW, DURING])
def test_stand_ins_who_stand_in_for_one_another_are_a_circle(cast: Cast, now: datetime) -> None:
    absences = [leave(cast.alice, cast.bob), leave(cast.bob, cast.sam), leave(cast.sam, cast.alice)]
    assert [warned(absence, now) for absence in absences] == [{GreetingWarning.CIRCLE}] * 3


def test_a_removed_absence_makes_nobody_away(cast: Cast) -> None:
    absence = leave(cast.alice, cast.bob)
    leave(cast.bob, cast.alice, removed_at=NOW)
    assert warned(absence, DURING) == set()


def uncovered(now: datetime) -> set[tuple[str, date]]:
    return {(each.department.name, each.on) for each in GreetingWatch(now).departments_uncovered()}


def test_a_department_is_uncovered_on_the_business_days_everybody_is_away(cast: Cast) -> None:
    everybody = Employee.objects.filter(department=cast.streets)
    for person in everybody:
        leave(person)
    name = cast.streets.name
    # Tue 24 and Wed 25 Nov; Thu and Fri are Thanksgiving, and on Mon 30 they are back.
    assert {on for at, on in uncovered(NOW) if at == name} == {date(2026, 11, 24), date(2026, 11, 25)}
    EmployeeFactory.create(department=cast.streets)
    assert name not in {at for at, _on in uncovered(NOW)}


def test_half_a_day_leaves_a_department_covered_and_a_day_off_by_pattern_does_not(cast: Cast) -> None:
    for person in Employee.objects.filter(department=cast.streets).exclude(pk=cast.bob.pk):
        leave(person)
    leave(cast.bob, starts_at=STARTS, ends_at=STARTS + 4 * HOUR)
    assert cast.streets.name not in {at for at, _on in uncovered(NOW)}
    Employee.objects.filter(pk=cast.bob.pk).update(work_pattern=TUESDAYS_OFF)
    assert (cast.streets.name, date(2026, 11, 24)) in uncovered(NOW)


def test_somebody_who_left_and_a_department_nobody_is_in_count_for_nothing(cast: Cast) -> None:
    for person in Employee.objects.filter(department=cast.streets):
        leave(person)
    gone = EmployeeFactory.create(department=cast.streets)
    Employee.objects.filter(pk=gone.pk).update(is_active=False, left_on=NOW.date() - timedelta(days=9))
    assert cast.streets.name in {at for at, _on in uncovered(NOW)}
