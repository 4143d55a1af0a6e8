"""What a what-if can change: the confirmed calendars, and the closures of theirs that could be left out."""

from dataclasses import dataclass

from requests_app.domain.replays import holidays_in
from requests_app.models import CalendarVersion

_MOST = 40  # ticks somebody still reads


@dataclass(frozen=True, slots=True)
class ReplayChoices:
    """Calendars as (slug, name), and names of closures in the order of the year."""

    calendars: list[tuple[str, str]]
    holidays: list[str]


def replay_choices() -> ReplayChoices:
    """Read the newest version of each calendar; one query."""
    versions = CalendarVersion.objects.select_related("calendar").order_by("number")
    newest = {version.calendar_id: version for version in versions}
    names: dict[str, tuple[int, int]] = {}
    for version in newest.values():
        for on, closure in version.business_calendar().closures.items():
            for name in holidays_in(closure.name):
                names.setdefault(name, (on.month, on.day))
    calendars = sorted((version.calendar.slug, version.calendar.name) for version in newest.values())
    return ReplayChoices(calendars, sorted(names, key=lambda name: names[name])[:_MOST])
