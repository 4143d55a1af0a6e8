"""Where a proposed excuse stands, for the page of its request (III.d.i)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from requests_app.domain.vocabulary import Verdict
from requests_app.models import ExcusalProposal, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.excusal_deciders import DeciderRoster
from requests_app.selectors.excusals import EXCUSABLE, proposals
from requests_app.selectors.own_excusals import may_propose


@dataclass(frozen=True, slots=True)
class ExcuseStates:
    """What is proposed of each clock, in words, and what the owner may do about it: a label, or nothing."""

    words: dict[int, str] = field(default_factory=dict)
    propose_label: str = ""


def excuse_states(
    service_request: ServiceRequest, clocks: Iterable[ResponseClock], *, actor: Actor, now: datetime, was_proposed: bool
) -> ExcuseStates:
    """Say of each clock what is proposed, and whether its owner may propose; no query where nothing ever was.

    Clocks come with their excusals; whether something was proposed, the story of the request has told already.
    """
    rows = _proposed(service_request) if was_proposed else []
    waiting = [row for row in rows if row.decided_at is None and row.clock.verdict in (Verdict.OPEN, Verdict.LATE)]
    roster = DeciderRoster(waiting, now=now)
    words = {row.clock_id: _refused(row) for row in rows if row.is_granted is False}
    words |= {row.clock_id: _waits(row, roster) for row in waiting}
    decided = {row.clock_id for row in rows if row.decided_at is not None}
    may_be = [clock for clock in clocks if clock.pk not in decided and _may_be_proposed(clock)]
    label = ""
    if may_be and may_propose(service_request, actor):
        label = gettext("Add a note to the proposed excuse") if waiting else gettext("Propose an excuse")
    return ExcuseStates(words, label)


def _proposed(service_request: ServiceRequest) -> list[ExcusalProposal]:
    found = proposals().filter(clock__service_request=service_request, withdrawn_at__isnull=True)
    return list(found.select_related("decided_by").order_by("pk"))


def _may_be_proposed(clock: ResponseClock) -> bool:
    is_owed = clock.verdict == Verdict.LATE or (clock.verdict == Verdict.OPEN and clock.stopped_by_id is None)
    is_excused = any(excusal.revoked_at is None for excusal in clock.excusals.all())
    return is_owed and not is_excused and clock.due_at is not None and clock.milestone in EXCUSABLE


def _refused(row: ExcusalProposal) -> str:
    return gettext("excuse refused by %(name)s") % {"name": row.decided_by.name if row.decided_by else ""}


def _waits(row: ExcusalProposal, roster: DeciderRoster) -> str:
    names = ", ".join(person.name for person in roster.asked(row))
    if not names:
        return gettext("excuse proposed, nobody may decide on it")
    return gettext("excuse proposed, waits for %(names)s") % {"names": names}
