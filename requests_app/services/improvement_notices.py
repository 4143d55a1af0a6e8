"""Remind whoever decides a suggestion of its date, before it, on it and after it, ever further up (III.c.iii)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.business_time import may_tell
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.choices import LocalChoices
from requests_app.domain.improvements import Reminder, reminder_on
from requests_app.domain.vocabulary import Role
from requests_app.domain.wording import format_date
from requests_app.models import Employee, Improvement, Notice
from requests_app.selectors.choices import current_choices
from requests_app.selectors.improvements import decider_of, undecided
from requests_app.selectors.standards import response_calendar
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice

_TEXTS: Mapping[Reminder, str | Promise] = {
    Reminder.AHEAD: _("To be decided by %(due)s: %(title)s"),
    Reminder.TODAY: _("To be decided today: %(title)s"),
    Reminder.OVER: _("Was to be decided by %(due)s: %(title)s"),
    Reminder.LONG_OVER: _("Was to be decided by %(due)s: %(title)s"),
}
# Whom each reaches: the nearest who decides is never left out, and who is above joins in.
_FROM: Mapping[Reminder, tuple[Role, ...]] = {
    Reminder.AHEAD: (Role.DEPARTMENT_HEAD,),
    Reminder.TODAY: (Role.DEPARTMENT_HEAD,),
    Reminder.OVER: (Role.DEPARTMENT_HEAD, Role.CITY_MANAGER),
    Reminder.LONG_OVER: (Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR),
}


def tell_of_undecided(*, now: datetime) -> int:
    """Tell of each reminder that has come, each person once, inside business hours; say how many were told.

    Who is away is passed over for whoever decides in their place. May run twice or not at all: the next run tells
    of the last reminder that has come.
    """
    calendar = response_calendar()
    if calendar is None or not may_tell(calendar, now):
        return 0
    today, choices = timezone.localdate(now), current_choices()
    due = [(row, reminder) for row in undecided() if (reminder := _reminder(row, calendar, choices, today))]
    whereabouts = Whereabouts(now)
    with translation.override(STAFF_LANGUAGE):
        entries = [entry for row, reminder in due for entry in _entries(row, reminder, whereabouts, today)]
        keys = [entry.dedupe_key for entry in entries]
        told = set(Notice.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
        return sum(queue_notice(entry, at=now) is not None for entry in entries if entry.dedupe_key not in told)


def _reminder(row: Improvement, calendar: BusinessCalendar, choices: LocalChoices, today: date) -> Reminder | None:
    ahead, long_over = choices.suggestion_reminder_business_days, choices.suggestion_escalation_business_days
    try:
        return reminder_on(today, calendar=calendar, due_on=row.due_on, ahead=ahead, long_over=long_over)
    except CalendarError:  # a date the calendar does not reach is counted again once it does
        return Reminder.OVER if today > row.due_on else None


def _entries(row: Improvement, reminder: Reminder, whereabouts: Whereabouts, today: date) -> Iterator[NoticeEntry]:
    people: dict[int, Employee] = {}
    for role in _FROM[reminder]:
        person = decider_of(row.department_id, besides=row.proposed_by_id, whereabouts=whereabouts, start=role)
        if person is not None:
            people[person.pk] = person
    due = format_date(row.due_on, language=STAFF_LANGUAGE, today=today)
    said = str(_TEXTS[reminder]) % {"due": due, "title": row.title}
    for person in people.values():
        yield NoticeEntry(
            kind=Notice.Kind.UNDECIDED,
            recipient=person,
            dedupe_key=f"undecided:{row.pk}:{row.due_on}:{reminder}:{person.pk}",
            text=f"{said}\n{settings.PUBLIC_URL.rstrip('/')}{row.get_absolute_url()}",
            # Words of a resident's request stay words of it wherever they are told: what is redacted goes here too.
            service_request=row.service_request,
            is_addressed=True,
        )
