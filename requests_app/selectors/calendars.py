"""Questions about calendars being edited, and how a draft differs from what was confirmed."""

from dataclasses import dataclass
from functools import cached_property

from requests_app.domain.calendar_changes import Change, changes_between
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendar_schema import parse_calendar
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.fingerprints import fingerprint
from requests_app.models import Calendar, CalendarVersion


def definition_of(calendar: Calendar) -> dict[str, object]:
    """Give a calendar in the schema of `domain.calendar_schema`, its closures included, in a fixed order."""
    closures = [
        {"date": closure.on.isoformat(), "name": closure.name, "open": closure.open}
        for closure in calendar.closures.order_by("on", "name")
    ]
    return {**calendar.settings, "name": calendar.name, "closures": closures}


@dataclass(frozen=True)
class Draft:
    """A calendar as it is being edited, beside its newest confirmed version."""

    calendar: Calendar
    definition: dict[str, object]
    newest: CalendarVersion | None

    @property
    def mark(self) -> str:
        """Give the mark a form sends back, so that another administrator's edit in between is noticed."""
        return fingerprint(self.definition)

    @property
    def is_changed(self) -> bool:
        """Say whether confirming would make a new version."""
        return self.newest is None or self.newest.definition != self.definition

    @cached_property
    def business_calendar(self) -> BusinessCalendar:
        """Give the draft as a pure calendar. Raises InvalidCalendar for one that contradicts itself."""
        return parse_calendar(self.definition)

    @cached_property
    def problem(self) -> str:
        """Say why the draft cannot be confirmed; nothing for a sound one."""
        try:
            self.business_calendar  # noqa: B018  # read for what it raises
        except CalendarError as error:
            return str(error)
        return ""

    @property
    def shown(self) -> BusinessCalendar | None:
        """Give the draft or, where that contradicts itself, what was confirmed."""
        if not self.problem:
            return self.business_calendar
        return self.newest.business_calendar() if self.newest else None

    @cached_property
    def changes(self) -> list[Change]:
        """List what confirming would change."""
        if self.newest is None or self.problem:
            return []
        return changes_between(self.newest.definition, self.definition)


def draft_of(calendar: Calendar) -> Draft:
    """Look at a calendar's draft (two queries)."""
    return Draft(calendar, definition_of(calendar), calendar.versions.order_by("-number").first())


@dataclass(frozen=True, slots=True)
class VersionStep:
    """A confirmed version and what it changed against the one before; the first one has nothing before it."""

    version: CalendarVersion
    changes: list[Change]
    is_first: bool


def version_steps(calendar: Calendar) -> list[VersionStep]:
    """Give every confirmed version, newest first, each with what it changed (one query)."""
    versions = list(calendar.versions.select_related("confirmed_by").order_by("-number"))
    earlier: list[CalendarVersion | None] = [*versions[1:], None]
    return [
        VersionStep(
            version, changes_between(before.definition, version.definition) if before else [], is_first=before is None
        )
        for version, before in zip(versions, earlier, strict=False)
    ]
