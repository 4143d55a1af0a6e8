"""The two calendars: the one deadlines run on and the one of the public counter."""

from datetime import date, datetime

from requests_app.domain.calendar_schema import dump_calendar
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.city_calendar import KNOWN_FROM, city_calendar, counter_calendar
from requests_app.domain.holidays import closures_for_year
from requests_app.models import Calendar, Closure
from requests_app.selectors.access import SYSTEM
from requests_app.services.calendars import confirm_calendar

# Closures are generated for whole years, so the calendar honestly knows every date through the last of them.
KNOWN_THROUGH = date(2028, 12, 31)


def set_up_calendars(*, at: datetime) -> int:
    """Add and confirm each calendar that does not exist yet and say how many those were."""
    wanted = (
        (Calendar.RESPONSE, "Response calendar", city_calendar(known_through=KNOWN_THROUGH)),
        (Calendar.COUNTER, "Public counter", counter_calendar(known_through=KNOWN_THROUGH)),
    )
    return sum(_set_up_calendar(slug, name, business_calendar, at=at) for slug, name, business_calendar in wanted)


def _set_up_calendar(slug: str, name: str, business_calendar: BusinessCalendar, *, at: datetime) -> bool:
    definition = dump_calendar(business_calendar)
    settings = {key: value for key, value in definition.items() if key not in ("closures", "name")}
    calendar, is_new = Calendar.objects.get_or_create(slug=slug, defaults={"name": name, "settings": settings})
    if is_new:
        # Two holidays may share a date (24 December 2027): each keeps a row of its own, to be edited.
        Closure.objects.bulk_create(
            Closure(calendar=calendar, on=closure.on, name=closure.name)
            for year in range(KNOWN_FROM.year, KNOWN_THROUGH.year + 1)
            for closure in closures_for_year(year)
        )
        confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=at)
    return is_new
