"""How long a request has been waiting, in the city's open hours."""

from datetime import date, datetime, timedelta

from requests_app.domain.business_time import business_minutes_between
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.selectors.due_words import DueWording

_HOUR = 60  # minutes


class OpenAge:
    """Business hours from an instant until now; each date's share is counted once for a whole list."""

    def __init__(self, wording: DueWording) -> None:
        self._wording = wording
        self._since_midnight: dict[date, int] = {}

    def hours_since(self, at: datetime) -> int | None:
        """Give whole business hours, or None where the calendar does not reach that far back."""
        calendar = self._wording.calendar
        if calendar is None:
            return None
        try:
            on = calendar.local_date(at)
            midnight = calendar.instant(on + timedelta(days=1), 0)
            first_day = business_minutes_between(calendar, at, min(midnight, self._wording.now))
            return (first_day + self._later_days(calendar, on, midnight)) // _HOUR
        except CalendarError:
            return None

    def _later_days(self, calendar: BusinessCalendar, on: date, midnight: datetime) -> int:
        if on not in self._since_midnight:
            self._since_midnight[on] = business_minutes_between(calendar, midnight, self._wording.now)
        return self._since_midnight[on]
