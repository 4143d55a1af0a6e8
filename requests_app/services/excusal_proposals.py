"""Propose what an unforeseen absence may excuse, and take it back when it no longer does (III.b.ii.3, III.b.ii.4)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.domain.event_kinds import EventKind
from requests_app.models import Absence, ExcusalProposal, Notice, ResponseClock
from requests_app.selectors.access import Actor
from requests_app.selectors.excusal_deciders import DeciderRoster
from requests_app.selectors.excusals import CoverRule, covered_clocks, proposals
from requests_app.selectors.recipients import may_receive
from requests_app.services.events import record_audit, record_event
from requests_app.services.excusals import lock_clock, take_back
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.transitions import lock_request


@transaction.atomic
def reconsider_excusals(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Bring the proposals of a locked absence in line with what it covers now: after any change, and its removal.

    What it no longer covers is withdrawn, and revoked where it was granted; what it covers anew is proposed.
    """
    rule = CoverRule(now=at)
    standing = proposals().filter(absence=absence, withdrawn_at__isnull=True)
    # Requests are locked in one order, as those who decide do.
    for proposal in standing.order_by("clock__service_request", "pk"):
        if not rule.covers(absence, proposal.clock):
            _withdraw(proposal, actor=actor, at=at, is_removed=absence.removed_at is not None)
    if absence.removed_at is None:
        propose_excusals(absence, actor=actor, at=at)


@transaction.atomic
def propose_excusals(
    absence: Absence, *, actor: Actor, at: datetime, known_at: datetime | None = None
) -> list[ExcusalProposal]:
    """Propose every clock a locked absence covers that was with that person at its recording (III.b.ii.3, III.b.ii.4).

    Idempotent: what was proposed stays as it is. `known_at` is when the absence became known as it is, `at` where
    that is now. Who decides is told once for all of them.
    """
    clocks = covered_clocks(absence, CoverRule(now=at))
    known_at = known_at or at
    found = [
        _propose(absence, clock, actor=actor, at=at, is_after_breach=_is_past(clock, known_at)) for clock in clocks
    ]
    tell_deciders(absence, found, at=at)
    return found


def tell_deciders(absence: Absence, found: Sequence[ExcusalProposal], *, at: datetime) -> None:
    """Tell whoever has to decide: once a day for an absence, not once a clock."""
    rows = list(proposals().filter(pk__in=[proposal.pk for proposal in found]))
    roster = DeciderRoster(rows, now=at)
    waiting = Counter(person for row in rows for person in roster.asked(row))
    for person, count in waiting.items():
        text = ngettext(
            "%(n)s answer that %(name)s owed may be excused. Decide on it under Excuses.",
            "%(n)s answers that %(name)s owed may be excused. Decide on them under Excuses.",
            count,
        )
        entry = NoticeEntry(
            kind=Notice.Kind.EXCUSAL,
            recipient=person,
            dedupe_key=f"excusals:{absence.pk}:{timezone.localdate(at)}:{person.pk}",
            text=text % {"n": count, "name": absence.employee.name},
        )
        queue_notice(entry, at=at)


def _propose(
    absence: Absence, clock: ResponseClock, *, actor: Actor, at: datetime, is_after_breach: bool
) -> ExcusalProposal:
    """Propose one clock; one that was withdrawn undecided is proposed again."""
    proposal, _is_new = ExcusalProposal.objects.update_or_create(
        absence=absence,
        clock=clock,
        defaults={"withdrawn_at": None, "proposed_at": at, "is_after_breach": is_after_breach},
    )
    record_event(
        clock.service_request,
        EventKind.EXCUSAL_PROPOSED,
        actor=actor,
        at=at,
        text=_("Out of an unforeseen absence of %(name)s.") % {"name": absence.employee.name},
        fields={"clock": clock.pk, "absence": absence.pk, "proposal": proposal.pk},
    )
    return proposal


def _withdraw(proposal: ExcusalProposal, *, actor: Actor, at: datetime, is_removed: bool) -> None:
    """Withdraw a proposal, and revoke what was granted on it; a refusal stands as it was decided."""
    service_request = lock_request(proposal.clock.service_request_id)
    proposal = (
        ExcusalProposal.objects.select_for_update(of=("self",))
        .select_related("excusal", "absence__employee", "clock__service_request")
        .get(pk=proposal.pk)
    )
    if proposal.withdrawn_at is not None or proposal.is_granted is False:
        return
    proposal.withdrawn_at = at
    proposal.save(update_fields=["withdrawn_at"])
    record_audit("excusal_withdrawn", proposal, actor=actor, at=at, fields={"clock": proposal.clock_id})
    if proposal.excusal is not None and proposal.excusal.revoked_at is None:
        clock = lock_clock(proposal.clock_id)
        clock.service_request = service_request
        reason = _("The absence was removed.") if is_removed else _("The absence no longer covers the due day.")
        take_back(clock, reason=reason, actor=actor, at=at)
        _tell_of_revocation(proposal, reason=reason, at=at)


def _tell_of_revocation(proposal: ExcusalProposal, *, reason: str, at: datetime) -> None:
    """Tell the absent person that a late answer counts again; which one, as far as they may still see it."""
    person, found = proposal.absence.employee, proposal.clock.service_request
    is_led_there = may_receive(person, found)
    entry = NoticeEntry(
        kind=Notice.Kind.EXCUSAL,
        recipient=person,
        service_request=found if is_led_there else None,
        clock=proposal.clock if is_led_there else None,
        dedupe_key=f"excusal-revoked:{proposal.excusal_id}:{person.pk}",
        text=_("The excuse for a late answer is revoked. %(reason)s") % {"reason": reason},
    )
    queue_notice(entry, at=at)


def _is_past(clock: ResponseClock, at: datetime) -> bool:
    return clock.due_at is not None and at > clock.due_at
