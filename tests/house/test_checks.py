"""System checks say what must be put right."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.checks import CheckMessage

from requests_app.checks import closures_are_loaded
from requests_app.domain.calendar_schema import dump_calendar
from requests_app.domain.city_calendar import city_calendar
from requests_app.models import Calendar, CalendarVersion

AT = datetime(2026, 11, 23, 18, tzinfo=UTC)


def findings_with_closures_through(end: date | None) -> list[CheckMessage]:
    Calendar.objects.all().delete()
    calendar = Calendar.objects.create(slug="response", name="Response calendar", settings={})
    if end:
        definition = dump_calendar(city_calendar(known_through=end))
        CalendarVersion.objects.create(calendar=calendar, number=1, definition=definition, confirmed_at=AT)
    with time_machine.travel(AT, tick=False):
        return closures_are_loaded(None, databases=["default"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("end", "finding"),
    [
        (None, ["requests_app.E001"]),
        (date(2025, 12, 31), ["requests_app.E001"]),
        (date(2026, 12, 31), ["requests_app.W004"]),
        (date(2027, 12, 31), []),
    ],
)
def test_closures_of_this_year_and_the_next_must_be_confirmed(end: date | None, finding: list[str]) -> None:
    assert [message.id for message in findings_with_closures_through(end)] == finding


@pytest.mark.django_db
def test_without_the_database_nothing_is_asked() -> None:
    assert closures_are_loaded(None) == []
