from datetime import date

import pytest

from requests_app.domain.city_calendar import city_calendar, counter_calendar
from requests_app.domain.holidays import Collision, closures_for_year, collisions
from tests.domain.examples import calendar


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_generated_year_equals_the_list_the_city_uses(year: int) -> None:
    expected = {on for on in calendar().closures if on.year == year}
    assert {closure.on for closure in closures_for_year(year)} == expected


def test_the_built_in_calendar_equals_the_published_one() -> None:
    published, built_in = calendar(), city_calendar()
    assert set(built_in.closures) == set(published.closures)
    assert built_in.weekly_hours == published.weekly_hours
    assert (built_in.known_from, built_in.known_through) == (published.known_from, published.known_through)
    assert counter_calendar().weekly_hours == calendar("counter_mon_thu").weekly_hours


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2026, 3, 27), "Farmworkers Day"),
        (date(2028, 3, 31), "Farmworkers Day"),
        (date(2026, 5, 25), "Memorial Day"),
        (date(2026, 7, 3), "Independence Day (observed)"),
        (date(2027, 7, 5), "Independence Day (observed)"),
        (date(2027, 12, 31), "New Year's Day (observed)"),
        (date(2026, 11, 27), "Day after Thanksgiving"),
    ],
)
def test_traps_of_the_list(on: date, name: str) -> None:
    (closure,) = (closure for closure in closures_for_year(on.year) if closure.on == on)
    assert closure.name == name
    assert closure.is_observed_elsewhere is name.endswith("(observed)")


def test_new_year_observed_the_year_before_is_not_in_its_own_year() -> None:
    assert date(2028, 1, 1) not in {closure.on for closure in closures_for_year(2028)}


@pytest.mark.parametrize("on", [date(2026, 10, 12), date(2026, 3, 31)])
def test_what_other_lists_have_and_the_city_has_not(on: date) -> None:
    assert on not in {closure.on for closure in closures_for_year(on.year)}


def test_two_holidays_on_one_friday_are_reported() -> None:
    assert collisions(closures_for_year(2027)) == [
        Collision(date(2027, 12, 24), ("Christmas Eve", "Christmas Day (observed)"))
    ]
    assert collisions(closures_for_year(2026)) == []


@pytest.mark.parametrize("year", range(2000, 2100))
def test_every_year_has_its_twelve_or_more_weekdays_off(year: int) -> None:
    closures = closures_for_year(year)
    assert all(closure.on.weekday() < 5 for closure in closures)
    assert 12 <= len(closures) <= 14
