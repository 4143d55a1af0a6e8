"""Hand over the work of somebody who is away, in one step (III.a.iv, III.b.ii.5)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, ngettext

from requests_app.domain.departures import Heir
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Absence, Employee, Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.away_words import away_until
from requests_app.selectors.handovers import handover_plan, may_hand_over, whereabouts_of
from requests_app.selectors.heirs import Handover
from requests_app.services.absences import lock_absence
from requests_app.services.assignments import pass_on_request
from requests_app.services.events import record_audit
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.refusals import refusal_text
from requests_app.services.transitions import lock_request


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many requests were handed over, and how often each refusal was met, in words."""

    done: int
    refused: Counter[str]


@transaction.atomic
def hand_over_work(
    *, absence_id: int, request_ids: Collection[int], heir: Heir, actor: Actor, at: datetime
) -> HandedOver:
    """Give open requests of somebody away to whoever is to have them meanwhile; no date moves, receivers are told once.

    What is no longer theirs, what the actor may not read and what may not go there is left as it is, so that a second
    click changes nothing. Raises ActionRefused for whoever may not, and for an absence that is over or was removed.
    """
    absence = lock_absence(absence_id)
    if not may_hand_over(actor, absence.employee):
        raise ActionRefused(Refusal.ABSENCE_NOT_YOURS)
    if absence.ends_at is not None and absence.ends_at <= at:
        raise ActionRefused(Refusal.ABSENCE_OVER)
    whereabouts = whereabouts_of(absence, now=at)
    away = whereabouts.away(absence.employee_id)
    name = absence.employee.name
    note = gettext("%(name)s is %(away)s.") % {"name": name, "away": away_until(away.back_on if away else None, at=at)}
    plan = handover_plan(absence, heir, actor=actor, whereabouts=whereabouts)
    done: list[Handover] = []
    refused: Counter[str] = Counter()
    for row in plan.rows:
        if row.handover is None or row.service_request.pk not in request_ids:
            continue
        try:
            done += [row.handover] if _hand_over(absence, row.handover, note=note, actor=actor, at=at) else []
        except ActionRefused as refusal:
            refused[refusal_text(refusal)] += 1
    _tell_receivers(absence, done, note=note, actor=actor, at=at)
    if done:
        record_audit("work_handed_over", absence, actor=actor, at=at, fields={"count": len(done)})
    return HandedOver(len(done), refused)


@transaction.atomic
def _hand_over(absence: Absence, handover: Handover, *, note: str, actor: Actor, at: datetime) -> bool:
    """Hand over one request in a transaction of its own; what somebody else moved meanwhile stays where it is."""
    current = lock_request(handover.service_request.pk)
    if current.owner_id != absence.employee_id or current.closed_at is not None:
        return False
    pass_on_request(
        request_id=current.pk, owner=handover.owner, department=handover.department, note=note, actor=actor, at=at
    )
    return True


def _tell_receivers(absence: Absence, done: list[Handover], *, note: str, actor: Actor, at: datetime) -> None:
    received: dict[Employee, list[ServiceRequest]] = {}
    for handover in done:
        if handover.owner and handover.owner.pk != actor.employee_id:
            received.setdefault(handover.owner, []).append(handover.service_request)
    for receiver, requests in received.items():
        text = ngettext(
            "%(note)s %(n)s open request is yours meanwhile; it is under My work, with its date as it was.",
            "%(note)s %(n)s open requests are yours meanwhile; they are under My work, with their dates as they were.",
            len(requests),
        )
        first = min(requests, key=lambda each: each.pk)
        entry = NoticeEntry(
            kind=Notice.Kind.COVER,
            recipient=receiver,
            dedupe_key=f"handover:{absence.pk}:{receiver.pk}:{first.pk}:{first.version}",
            text=text % {"note": note, "n": len(requests)},
        )
        queue_notice(entry, at=at)
