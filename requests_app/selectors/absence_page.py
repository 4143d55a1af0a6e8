"""One absence as its page shows it: facts, what follows from it, who did what; why, only to who may know."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from requests_app.domain.absences import greeting_due_at
from requests_app.models import Absence, AuditEntry
from requests_app.selectors.absence_lists import When, stand_in_words, state_of
from requests_app.selectors.absence_words import day_words, until_words
from requests_app.selectors.absences import may_change, reads_reason
from requests_app.selectors.access import Actor
from requests_app.selectors.audit import action_label
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class AbsenceStep:
    """One line of the history of an absence."""

    at: datetime
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class AbsencePage:
    """What the page tells; `greeting_due_at` is None where no whole business day is missed, or not for its reader."""

    absence: Absence
    state: When
    until: str
    stand_in: str
    shows_why: bool
    may_change: bool
    may_end: bool
    greeting_due_at: datetime | None
    history: list[AbsenceStep]


def every_absence() -> QuerySet[Absence]:
    """Give the absences with everybody in them, removed ones too: who sees one, says `is_shown_to`."""
    return Absence.objects.select_related(
        "employee__department", "alternate_person", "alternate_department", "recorded_by", "removed_by"
    )


def is_shown_to(actor: Actor, absence: Absence) -> bool:
    """Say whether an actor sees an absence: one that was removed is there only for who may know why it was."""
    return absence.removed_at is None or reads_reason(actor, absence.employee)


def absence_page(absence: Absence, *, actor: Actor, now: datetime) -> AbsencePage:
    """Gather the page, in a fixed number of queries."""
    state, shows_why = state_of(absence, now=now), reads_reason(actor, absence.employee)
    version = response_calendar_version()
    changes = absence.removed_at is None and may_change(actor, absence)
    # By when the greeting is due tells whether the absence was foreseen.
    due_at = greeting_due_at(absence.period, version.business_calendar()) if version and changes else None
    return AbsencePage(
        absence=absence,
        state=state,
        until=until_words(absence, today=timezone.localdate(now)),
        stand_in=stand_in_words(absence, Whereabouts(now)),
        shows_why=shows_why,
        may_change=changes,
        may_end=changes and state is When.NOW,
        greeting_due_at=due_at,
        history=_history(absence) if shows_why else [],
    )


def _history(absence: Absence) -> list[AbsenceStep]:
    entries = AuditEntry.objects.filter(object_kind="absence", object_id=absence.pk).select_related("actor")
    return [AbsenceStep(entry.at, action_label(entry.action), str(entry.actor or "")) for entry in entries]


def away_line(employee_id: int, *, now: datetime) -> str:
    """Say that somebody is away, until when, and who stands in; "" for somebody who is there."""
    whereabouts, today = Whereabouts(now), timezone.localdate(now)
    away = whereabouts.away(employee_id)
    if away is None:
        return ""
    stand_in = whereabouts.stand_in(employee_id)
    who = str(whereabouts.person(stand_in) or whereabouts.department(stand_in) or gettext("nobody"))
    if away.absence is not None:
        until = until_words(away.absence, today=today)
    elif away.back_on is not None:
        until = gettext("back on %(day)s") % {"day": day_words(away.back_on, today=today)}
    else:
        until = gettext("return not known")
    return gettext("Away, %(until)s; %(who)s stands in") % {"until": until, "who": who}
