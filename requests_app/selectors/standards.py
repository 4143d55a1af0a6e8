"""Which standard, calendar and ladder are in force."""

from datetime import date

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Milestone
from requests_app.models import Calendar, CalendarVersion, LadderRung, ServiceStandard


class NoStandard(ActionRefused):
    """No service standard covers a contact: it is older than all of them, or the city has not been set up."""

    def __init__(self, text: str) -> None:
        super().__init__(Refusal.NO_STANDARD)
        self.args = (text,)


def standards_in_force(milestone: Milestone, on: date) -> list[ServiceStandard]:
    """Give the version of each standard of a milestone that is in force on a local date."""
    rows = (
        ServiceStandard.objects.filter(milestone=milestone, effective_from__lte=on)
        .select_related("calendar")
        .order_by("code", "effective_from")
    )
    newest = {row.code: row for row in rows}
    return list(newest.values())


def standard_for(
    milestone: Milestone, *, channel: Channel, is_from_colleague: bool, received_on: date
) -> ServiceStandard:
    """Find the standard a contact is judged by: the version in force when it was received (III.b.ii, III.b.iv.3).

    A colleague's request has its own standard whatever the channel. Raises NoStandard when none covers the contact.
    """
    in_force = standards_in_force(milestone, received_on)
    for standard in in_force:
        if standard.is_for_colleagues == is_from_colleague and (
            is_from_colleague or not standard.channels or channel.value in standard.channels
        ):
            return standard
    raise NoStandard(f"No standard for {milestone} by {channel} is in force on {received_on}; run setup_city.")


def current_calendar_version(slug: str) -> CalendarVersion | None:
    """Give the newest confirmed version of a calendar, or None when none was confirmed."""
    return CalendarVersion.objects.filter(calendar__slug=slug).order_by("-number").first()


def response_calendar_version() -> CalendarVersion | None:
    """Give the newest confirmed version of the calendar deadlines and reminders run on."""
    return current_calendar_version(Calendar.RESPONSE)


def ladder_rungs() -> list[LadderRung]:
    """Give the rungs of the reminder ladder in use, in order."""
    return list(LadderRung.objects.filter(is_active=True))


def response_calendar() -> BusinessCalendar | None:
    """Give that calendar itself, ready for questions; None before one was confirmed."""
    version = response_calendar_version()
    return version.business_calendar() if version else None
