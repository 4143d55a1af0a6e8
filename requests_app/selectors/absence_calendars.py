"""An absence as a calendar file (.ics): when, and whose; never why."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from requests_app.models import Absence
from requests_app.selectors.absence_words import until_words

_A_DAY = timedelta(days=1)


def calendar_file(absence: Absence) -> bytes:
    """Write the calendar entry of an absence.

    Its UID stays the same and its sequence grows, so that a calendar replaces what it took in before.
    """
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"absence-{absence.pk}@service-desk.pinole")
    event.add("sequence", absence.version)
    event.add("dtstamp", absence.recorded_at.astimezone(UTC))
    event.add("dtstart", absence.starts_at.astimezone(UTC))
    event.add("dtend", _shown_until(absence).astimezone(UTC))
    event.add("summary", gettext("Away: %(name)s") % {"name": absence.employee.name})
    if absence.ends_at is None:
        event.add("description", until_words(absence, today=timezone.localdate(absence.recorded_at)))
    event.add("transp", "TRANSPARENT")  # it is no appointment of whoever takes it in
    calendar = Calendar()
    calendar.add("prodid", "-//City of Pinole//Service desk//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _shown_until(absence: Absence) -> datetime:
    """Give the end; while nobody knows it, the end of the day on which to ask again."""
    if absence.ends_at is not None:
        return absence.ends_at
    asked = absence.ask_again_on or timezone.localdate(absence.starts_at)
    end = timezone.make_aware(datetime.combine(asked + _A_DAY, time.min))
    return max(end, absence.starts_at + _A_DAY)
