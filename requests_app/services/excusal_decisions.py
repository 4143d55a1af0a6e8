"""Decide on proposed excuses: a lead of the absent person, with a reason, never that person (III.d.i)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.excusals import Deciders
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.workflow import Action, next_status
from requests_app.models import Employee, ExcusalProposal, Notice
from requests_app.selectors.access import Actor
from requests_app.selectors.excusal_deciders import DeciderRoster, barred_from
from requests_app.selectors.excusals import proposals
from requests_app.selectors.recipients import may_receive
from requests_app.services.events import record_event
from requests_app.services.excusals import grant_excusal, lock_clock
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.refusals import refusal_text
from requests_app.services.transitions import lock_request


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The proposals that were decided, and how often each refusal was met, in words."""

    decided: list[ExcusalProposal]
    refused: Counter[str]


@transaction.atomic
def decide_excusal(*, proposal_id: int, is_granted: bool, reason: str, actor: Actor, at: datetime) -> ExcusalProposal:
    """Grant or refuse a proposed excuse, and tell the absent person.

    Raises ActionRefused for the absent person, for whoever answered, for anybody the chain does not lead to, for an
    answer that is not late yet, and for what was decided or withdrawn meanwhile.
    """
    _lock_people([proposal_id], actor=actor)
    decided = _decide(proposal_id, is_granted=is_granted, reason=reason, actor=actor, at=at)
    _tell_person(decided.absence.employee, [decided], at=at)
    return decided


@transaction.atomic
def decide_excusals(
    proposal_ids: Iterable[int], *, is_granted: bool, reason: str, actor: Actor, at: datetime
) -> DecisionOutcome:
    """Decide on several with one reason; one refusal stops no other, and each absent person is told once."""
    outcome = DecisionOutcome([], Counter())
    ids = list(proposal_ids)
    _lock_people(ids, actor=actor)
    # Requests are locked in one order, so that two who decide on the same ones wait for each other, and no more.
    rows = ExcusalProposal.objects.filter(pk__in=ids).order_by("clock__service_request", "pk")
    for proposal_id in rows.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                decided = _decide(proposal_id, is_granted=is_granted, reason=reason, actor=actor, at=at)
        except ActionRefused as refused:
            outcome.refused[refusal_text(refused)] += 1
        else:
            outcome.decided.append(decided)
    by_person: dict[Employee, list[ExcusalProposal]] = defaultdict(list)
    for decided in outcome.decided:
        by_person[decided.absence.employee].append(decided)
    for person, theirs in by_person.items():
        _tell_person(person, theirs, at=at)
    return outcome


def _lock_people(proposal_ids: list[int], *, actor: Actor) -> None:
    """Lock the absent people before any request, as whoever changes an absence does.

    Telling them refers to their rows, for which a change of their absence would be waited for with requests in hand.
    """
    absent = ExcusalProposal.objects.filter(pk__in=proposal_ids).values_list("absence__employee", flat=True)
    people = Employee.objects.filter(pk__in=[*absent, *([actor.employee_id] if actor.employee_id else [])])
    list(people.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _decide(proposal_id: int, *, is_granted: bool, reason: str, actor: Actor, at: datetime) -> ExcusalProposal:
    request_id = ExcusalProposal.objects.values_list("clock__service_request_id", flat=True).get(pk=proposal_id)
    service_request = lock_request(request_id)
    ExcusalProposal.objects.select_for_update().get(pk=proposal_id)
    proposal = proposals().get(pk=proposal_id)
    _check(proposal, actor=actor, at=at)
    clock = lock_clock(proposal.clock_id)
    clock.service_request = service_request
    proposal.decided_at, proposal.decided_by = at, actor.employee
    proposal.is_granted, proposal.decision_reason = is_granted, reason
    if is_granted:
        proposal.excusal = grant_excusal(clock, reason=reason, actor=actor, at=at)
    else:
        fields = {"clock": clock.pk, "proposal": proposal.pk}
        record_event(service_request, EventKind.EXCUSAL_REFUSED, actor=actor, at=at, text=reason, fields=fields)
    proposal.save(update_fields=["decided_at", "decided_by", "is_granted", "decision_reason", "excusal"])
    return proposal


def _check(proposal: ExcusalProposal, *, actor: Actor, at: datetime) -> None:
    if proposal.decided_at is not None or proposal.withdrawn_at is not None:
        raise ActionRefused(Refusal.PROPOSAL_DECIDED)
    if proposal.clock.service_request.destroyed_at is not None:
        raise ActionRefused(Refusal.DESTROYED)
    if actor.employee_id == proposal.absence.employee_id:
        raise ActionRefused(Refusal.OWN_ABSENCE)
    if actor.employee_id in barred_from(proposal.clock):
        raise ActionRefused(Refusal.OWN_CLOCK)
    _check_role(proposal, DeciderRoster([proposal], now=at).of(proposal), actor=actor)


def _check_role(proposal: ExcusalProposal, found: Deciders, *, actor: Actor) -> None:
    role = found.able.get(actor.employee_id) if actor.employee_id else None
    roles = frozenset({role}) if role else frozenset()
    next_status(proposal.clock.service_request.status, Action.DECIDE_EXCUSAL, roles)


def _tell_person(person: Employee, decided: list[ExcusalProposal], *, at: datetime) -> None:
    """Tell the absent person once; a reason is told only with the request it belongs to, where it can be redacted."""
    only = decided[0] if len(decided) == 1 else None
    found = only.clock.service_request if only else None
    is_led_there = found is not None and may_receive(person, found)
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.EXCUSAL,
            recipient=person,
            service_request=found if is_led_there else None,
            clock=only.clock if only and is_led_there else None,
            dedupe_key=f"excusal-decided:{decided[0].pk}:{person.pk}",
            text=_words_of_one(only) if only and is_led_there else _words_of_many(decided),
        ),
        at=at,
    )


def _words_of_one(proposal: ExcusalProposal) -> str:
    said = _("The late answer is excused: %(reason)s") if proposal.is_granted else _("Not excused: %(reason)s")
    return said % {"reason": proposal.decision_reason}


def _words_of_many(decided: list[ExcusalProposal]) -> str:
    granted = sum(bool(proposal.is_granted) for proposal in decided)
    refused = len(decided) - granted
    parts = []
    if granted:
        parts.append(
            ngettext("%(n)s late answer is excused.", "%(n)s late answers are excused.", granted) % {"n": granted}
        )
    if refused:
        parts.append(ngettext("%(n)s is not excused.", "%(n)s are not excused.", refused) % {"n": refused})
    return " ".join([*parts, _("The reasons stand on your absence.")])
