"""When the report of a closed month is due: on a business day of the next one, the seventh at the latest (III.d.i)."""

from datetime import date

from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.periods import Month


def report_on(calendar: BusinessCalendar, month: Month, *, business_day: int) -> date:
    """Give the day on which the report of a month is made: so many business days after its end."""
    return nth_business_day_after(calendar, month.last_on, business_day)


def month_due(calendar: BusinessCalendar, today: date, *, business_day: int) -> Month | None:
    """Give the month whose report is due on a date, or overdue since; only business days have one.

    Who comes late still has it made: a missed day is put right on the next.
    """
    if not calendar.is_business_day(today):
        return None
    month = Month.of(today).plus(-1)
    return month if report_on(calendar, month, business_day=business_day) <= today else None
