"""Whom to tell of a danger at this hour."""

from datetime import datetime

from requests_app.domain.business_time import is_open
from requests_app.domain.calendar_errors import CalendarError
from requests_app.models import OnCallNumber
from requests_app.selectors.standards import response_calendar_version


def on_call_numbers(now: datetime) -> list[OnCallNumber]:
    """Give the numbers that answer now; every one of them where no calendar says whether the city is open."""
    numbers = list(OnCallNumber.objects.all())
    is_open_now = _is_open(now)
    if is_open_now is None:
        return numbers
    silent = OnCallNumber.Hours.CLOSED if is_open_now else OnCallNumber.Hours.BUSINESS
    return [number for number in numbers if number.hours != silent]


def _is_open(now: datetime) -> bool | None:
    version = response_calendar_version()
    if version is None:
        return None
    try:
        return is_open(version.business_calendar(), now)
    except CalendarError:
        return None
