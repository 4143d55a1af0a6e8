"""Confirming a year: shown first, added once, never over a gap, never over what an administrator moved."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from requests_app.models import Calendar, CalendarVersion, Closure

pytestmark = pytest.mark.usefixtures("city")


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("confirm_year", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def newest() -> CalendarVersion:
    return CalendarVersion.objects.filter(calendar__slug=Calendar.RESPONSE).latest("number")


def test_a_year_is_shown_with_its_collisions_and_nothing_changes() -> None:
    before = Closure.objects.count()

    out, err = run("2027")

    assert "Fri 31 Dec 2027  New Year's Day (observed)" in out
    assert "Nothing was changed" in out
    assert "Christmas Eve" in err
    assert "Fri 24 Dec 2027" in err
    assert (Closure.objects.count(), newest().number) == (before, 1)


def test_the_next_year_is_confirmed_through_its_end_once() -> None:
    out, _ = run("2029", "--confirm")
    again, _ = run("2029", "--confirm")

    assert "Confirmed as version 2." in out
    assert "Confirmed as version 2." in again
    calendar = newest().business_calendar()
    assert calendar.known_through == date(2029, 12, 31)
    assert not calendar.is_business_day(date(2029, 11, 22))
    assert calendar.is_business_day(date(2029, 11, 21))
    assert not Closure.objects.filter(confirmed_at__isnull=True).exists()


def test_a_closure_an_administrator_renamed_stays() -> None:
    Closure.objects.create(calendar=Calendar.objects.get(slug=Calendar.RESPONSE), on=date(2029, 12, 25), name="Winter")

    run("2029", "--confirm")

    assert [closure.name for closure in Closure.objects.filter(on=date(2029, 12, 25))] == ["Winter"]


def test_a_gap_and_an_unknown_calendar_are_refused() -> None:
    with pytest.raises(CommandError, match="2029 has to be confirmed before 2031"):
        run("2031", "--confirm")
    with pytest.raises(CommandError, match="no calendar named tide"):
        run("2029", "--confirm", "--calendar", "tide")
    assert newest().number == 1
