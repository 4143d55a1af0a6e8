"""Questions about calendars being edited."""

from requests_app.models import Calendar


def definition_of(calendar: Calendar) -> dict[str, object]:
    """Give a calendar in the schema of `domain.calendar_schema`, its closures included, in a fixed order."""
    closures = [
        {"date": closure.on.isoformat(), "name": closure.name, "open": closure.open}
        for closure in calendar.closures.order_by("on", "name")
    ]
    return {**calendar.settings, "name": calendar.name, "closures": closures}
