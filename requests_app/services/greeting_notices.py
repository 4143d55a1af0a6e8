"""Tell whoever goes, comes back or leads them of the greeting that is to be set or taken down (III.b.ii.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.business_time import may_tell
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.greeting_occasions import FOR_THE_PERSON, Occasion, occasions
from requests_app.models import Absence, Employee, Notice
from requests_app.selectors.greeting_warnings import GreetingWatch
from requests_app.selectors.greeting_words import at_words, away_words
from requests_app.selectors.leads import Leads
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice

# Whose greeting, until when they are away, by when: never why.
_TEXTS: Mapping[Occasion, str | Promise] = {
    Occasion.BEFORE: _("%(who)s, %(away)s: set the greeting and the automatic reply by %(due)s. The texts are ready."),
    Occasion.STARTED: _("%(who)s, %(away)s: greeting and automatic reply are not set. They were due by %(due)s."),
    Occasion.FIRST_DAY: _("%(who)s, %(away)s: greeting and automatic reply are not set. They are due by %(due)s."),
    Occasion.SAYS_TOO_EARLY: _("%(who)s, %(away)s: the greeting names an earlier day of return. Have it set anew."),
    Occasion.ASK_AGAIN: _("%(who)s: the day of return is unknown. Today is the day to ask again."),
    Occasion.RETURNED: _("%(who)s: take down the greeting and the automatic reply by %(clear)s."),
    Occasion.LEFT_UP: _("%(who)s is back, and the greeting was not taken down. It was to be by %(clear)s."),
}


@dataclass(frozen=True, slots=True)
class _News:
    """One thing to tell of one absence; the key names the occasion, so that it is told once."""

    absence: Absence
    occasion: Occasion
    key: str
    text: str


def tell_of_greetings(*, now: datetime) -> int:
    """Tell what has come of greetings, each occasion once, inside business hours; say how many were told.

    Whoever is away is not told: who leads them is. May run twice or not at all: the next run puts it right.
    """
    watch = GreetingWatch(now)
    if watch.desk.calendar is None or not may_tell(watch.desk.calendar, now):
        return 0
    with translation.override(STAFF_LANGUAGE):
        news = _news(watch, watch.desk.calendar)
        told = set(
            Notice.objects.filter(dedupe_key__in=[each.key for each in news]).values_list("dedupe_key", flat=True)
        )
        leads = Leads(Whereabouts(now))
        return sum(_tell(each, leads, at=now) for each in news if each.key not in told)


def _news(watch: GreetingWatch, calendar: BusinessCalendar) -> list[_News]:
    found = []
    for each in watch.tracked:
        for occasion, on in occasions(each.track, now=watch.now, calendar=calendar):
            words = {
                "who": each.absence.employee.name,
                "away": away_words(each.track, now=watch.now),
                "due": at_words(each.track.due_at, now=watch.now),
                "clear": at_words(each.track.clear_due_at, now=watch.now),
            }
            link = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('greeting', args=[each.absence.pk])}"
            key = f"greeting:{each.absence.pk}:{occasion}:{on}"
            found.append(_News(each.absence, occasion, key, f"{str(_TEXTS[occasion]) % words}\n{link}"))
    return found


def _tell(news: _News, leads: Leads, *, at: datetime) -> bool:
    recipient = _recipient(news, leads)
    if recipient is None:
        return False
    employee = news.absence.employee
    is_in_place = news.occasion in FOR_THE_PERSON and recipient.pk != employee.pk
    entry = NoticeEntry(
        kind=Notice.Kind.ABSENCE,
        recipient=recipient,
        dedupe_key=news.key,
        text=news.text,
        in_place_of=employee if is_in_place else None,
    )
    return queue_notice(entry, at=at) is not None


def _recipient(news: _News, leads: Leads) -> Employee | None:
    employee = news.absence.employee
    is_theirs = news.occasion in FOR_THE_PERSON and leads.is_there(employee)
    return employee if is_theirs else leads.nearest(employee)
