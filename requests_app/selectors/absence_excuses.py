"""What became of the late answers an absence may excuse, for the page of that absence (III.d.i)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from requests_app.domain.absences import AbsenceKind
from requests_app.models import Absence, ExcusalProposal
from requests_app.selectors.absences import reads_reason
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.excusal_deciders import DeciderRoster
from requests_app.selectors.excusals import proposals
from requests_app.selectors.visibility import visible_clocks


@dataclass(frozen=True, slots=True)
class AbsenceExcuse:
    """One proposal out of an absence: the answer it is about, and where it stands, in words."""

    proposal: ExcusalProposal
    due: DueView
    state: str
    tag: str


def excuses_of(absence: Absence, *, actor: Actor, now: datetime) -> list[AbsenceExcuse] | None:
    """Give the proposals out of an absence that an actor may see; None where there is nothing to tell them.

    Only the person, who leads them and Human Resources may know that an absence was unforeseen.
    """
    if absence.kind != AbsenceKind.UNFORESEEN or not reads_reason(actor, absence.employee):
        return None
    found = proposals().filter(absence=absence, clock__in=visible_clocks(actor)).select_related("decided_by")
    rows = list(found.order_by("clock__due_at", "pk"))
    roster, wording = DeciderRoster(rows, now=now), DueWording(now=now)
    return [AbsenceExcuse(row, wording.of_clock(row.clock), *_state(row, roster)) for row in rows]


def _state(row: ExcusalProposal, roster: DeciderRoster) -> tuple[str, str]:
    if row.withdrawn_at is not None:
        return (gettext("excused, then revoked") if row.is_granted else gettext("withdrawn")), ""
    if row.decided_at is None:
        names = ", ".join(person.name for person in roster.asked(row))
        waits = gettext("waits for %(names)s") % {"names": names} if names else gettext("nobody may decide on it")
        return waits, "soon"
    return (gettext("excused"), "beside") if row.is_granted else (gettext("not excused"), "")
