"""A contact is judged by the version of its standard in force when it was received (PEERS case 27)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.vocabulary import Channel
from requests_app.models import Calendar, ResponseClock, ServiceStandard
from requests_app.services.calendars import recompute_open_clocks
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import NOW

WEDNESDAY_CLOSES = datetime(2026, 11, 26, 1, tzinfo=UTC)


@pytest.fixture
def stricter_from_tomorrow(cast: Cast) -> None:
    """E-mail is to be answered within one business day from Tuesday on, instead of two."""
    standard = ServiceStandard.objects.get(code="email_response")
    standard.pk, standard.version, standard.number = None, 2, 1
    standard.effective_from = date(2026, 11, 24)
    standard.save(force_insert=True)


def logged_by_email(cast: Cast, received_at: datetime) -> ResponseClock:
    entry = ContactEntry(
        channel=Channel.EMAIL, title="Lamp out", received_at=received_at, customer=CustomerEntry(email="a@mail.example")
    )
    return log_request(entry, actor=actor(cast.fay), at=received_at).clocks.get()


@pytest.mark.usefixtures("stricter_from_tomorrow")
def test_a_clock_keeps_the_rule_it_started_under(cast: Cast) -> None:
    today = logged_by_email(cast, NOW)
    tomorrow = logged_by_email(cast, NOW + timedelta(days=1))
    assert (today.standard.version, today.due_at) == (1, WEDNESDAY_CLOSES)
    assert (tomorrow.standard.version, tomorrow.due_at) == (2, WEDNESDAY_CLOSES)
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    assert recompute_open_clocks(calendar_id=calendar.pk, actor=actor(cast.ada), at=NOW + timedelta(days=1)) == 0
    today.refresh_from_db()
    assert (today.standard.version, today.due_at) == (1, WEDNESDAY_CLOSES)
