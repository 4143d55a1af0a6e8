"""How the state of greetings, their four elements and what is wrong with them read on screen (III.b.ii.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.greeting_tracks import GreetingTrack, Stage, Timeliness, timeliness
from requests_app.domain.greeting_warnings import GreetingWarning
from requests_app.domain.greetings import Element, ElementState
from requests_app.domain.wording import Style, format_date, format_instant
from requests_app.models.absence_words import GREETING_ELEMENTS

WARNINGS: Mapping[GreetingWarning, str | Promise] = {
    GreetingWarning.NOT_SET: _("Greeting and automatic reply are not set, and were due."),
    GreetingWarning.FOUND_WRONG: _("What is set was found not right. It has to be set anew."),
    GreetingWarning.SAYS_TOO_EARLY: _("The texts name an earlier day of return than the register. Write them anew."),
    GreetingWarning.ASK_AGAIN: _("The return is unknown, and the day to ask again has come."),
    GreetingWarning.CIRCLE: _("Those who stand in for one another are all away: nobody is there."),
    GreetingWarning.ALTERNATE_AWAY: _("Whoever stands in is away too."),
    GreetingWarning.NOT_CLEARED: _("The day of return is over, and the greeting was not taken down."),
}
_STATES: Mapping[ElementState, tuple[str | Promise, str, str]] = {
    ElementState.PRESENT: (_("there"), "good", "check-circle-fill"),
    ElementState.DECLINED: (_("left out, with a reason"), "beside", "dash-circle-fill"),
    ElementState.LACKING: (_("lacking"), "over", "exclamation-triangle-fill"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A few words with an icon and a kind of tag; never colour alone."""

    text: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the checklist: an element by its letter, and what became of it."""

    letter: str
    label: str
    sign: Sign


def tick(element: Element, state: ElementState) -> Tick:
    """Give the line of the checklist for an element."""
    text, kind, icon = _STATES[state]
    return Tick(element.value, str(GREETING_ELEMENTS[element]), Sign(str(text), kind, icon))


def state_of(track: GreetingTrack, stage: Stage, *, now: datetime) -> Sign:
    """Say in a sentence where the greetings of an absence stand."""
    due, first, cleared = (at_words(at, now=now) for at in (track.due_at, track.first_set_at, track.cleared_at))
    sentences = {
        Stage.NOT_NEEDED: Sign(
            gettext("No whole business day is missed, so no greeting is asked for."), "", "info-circle-fill"
        ),
        Stage.PENDING: Sign(gettext("Not set yet. Due by %(due)s.") % {"due": due}, "soon", "clock"),
        Stage.MISSING: Sign(
            gettext("Not set. It was due by %(due)s.") % {"due": due}, "over", "exclamation-octagon-fill"
        ),
        Stage.SET: _set_sign(track, now=now),
        Stage.SET_AGAIN: Sign(
            gettext("Set %(first)s; something changed since. Set it anew.") % {"first": first},
            "over",
            "exclamation-triangle-fill",
        ),
        Stage.TO_CLEAR: Sign(_clear_words(track, now=now), "soon", "arrow-counterclockwise"),
        Stage.CLEARED: Sign(gettext("Taken down %(at)s.") % {"at": cleared}, "good", "check-circle-fill"),
        Stage.MISSED: Sign(
            gettext("It was never set. It was due by %(due)s.") % {"due": due}, "over", "dash-circle-fill"
        ),
    }
    return sentences[stage]


def _set_sign(track: GreetingTrack, *, now: datetime) -> Sign:
    words = {"first": at_words(track.first_set_at, now=now), "due": at_words(track.due_at, now=now)}
    if timeliness(track, now=now) is Timeliness.LATE:
        return Sign(gettext("Set %(first)s, late: due by %(due)s.") % words, "soon", "check-circle")
    if track.due_at is None:
        return Sign(gettext("Set %(first)s.") % words, "good", "check-circle-fill")
    return Sign(gettext("Set %(first)s, in time: due by %(due)s.") % words, "good", "check-circle-fill")


def _clear_words(track: GreetingTrack, *, now: datetime) -> str:
    if track.clear_due_at is None:
        return gettext("To be taken down.")
    return gettext("To be taken down by %(at)s.") % {"at": at_words(track.clear_due_at, now=now)}


def at_words(at: datetime | None, *, now: datetime) -> str:
    """Write an instant as "Wed 25 Nov, 5:00 pm"; nothing for None."""
    if at is None:
        return ""
    zone, language = timezone.get_default_timezone(), get_language() or "en"
    return format_instant(at, time_zone=zone, language=language, today=timezone.localdate(now), style=Style.SHORT)


def day_words(on: date, *, now: datetime) -> str:
    """Write a date as "Wed 25 Nov"."""
    return format_date(on, language=get_language() or "en", today=timezone.localdate(now), style=Style.SHORT)


def away_words(track: GreetingTrack, *, now: datetime) -> str:
    """Say until when somebody is away, as everybody may read it: never why."""
    if track.returns_on is None:
        return gettext("away, return not known yet")
    return gettext("away until %(day)s") % {"day": day_words(track.returns_on, now=now)}
