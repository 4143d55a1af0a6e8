"""Rates per person switched on, off and on again, with notes as hostile as they come."""

from datetime import datetime, timedelta

from requests_app.models import PersonRatesSwitch
from tests.cast import Cast


def let_rates_be_seen(cast: Cast, *, now: datetime, text: str) -> None:
    """Let rates per person be seen, for the second time, of sworn staff too."""
    facts = {"unions_notified_on": now.date(), "note": text, "switched_on_by": cast.hana}
    week = timedelta(days=7)
    PersonRatesSwitch.objects.create(
        switched_on_at=now - 2 * week, switched_off_at=now - week, switched_off_by=cast.hana, **facts
    )
    PersonRatesSwitch.objects.create(switched_on_at=now - week, includes_sworn=True, **facts)
