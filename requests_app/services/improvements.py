"""Propose a better way, discuss it, decide it with a reason, and say when it is done (III.a.v, III.c.iii)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from requests_app.domain.improvements import ImprovementState, decide_by
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.domain.wording import format_date
from requests_app.models import Employee, Improvement, ImprovementComment, Notice, ServiceRequest
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.improvements import decider_of, may_decide
from requests_app.selectors.standards import response_calendar
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice


class DecidedAlready(ValueError):
    """Somebody else decided it meanwhile, or it is not in the state for this step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementEntry:
    """A suggestion as typed; an anonymous one keeps nobody's name, not even in the audit trail."""

    title: str
    text: str
    department_id: int
    is_anonymous: bool = False
    service_request: ServiceRequest | None = None


@transaction.atomic
def propose_improvement(entry: ImprovementEntry, *, actor: Actor, at: datetime) -> Improvement:
    """Propose something; whoever decides it is told. A second click gives back what the first one made.

    Raises ActionRefused for a login of nobody on the roster, and for a request that is not an ordinary one.
    """
    person = _require_employee(actor)
    source = entry.service_request
    if source is not None and source.confidentiality != Confidentiality.ORDINARY:
        raise ActionRefused(Refusal.ROLE)
    # Held, so that two clicks at once make one row, be it without a name.
    Employee.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate(at)
    proposer = None if entry.is_anonymous else person
    facts = {"title": entry.title, "text": entry.text, "department_id": entry.department_id, "proposed_by": proposer}
    known = Improvement.objects.filter(**facts, proposed_on=today).first()
    if known is not None:
        return known
    due_on = decide_by(response_calendar(), today, current_choices().suggestion_decision_business_days)
    row = Improvement.objects.create(**facts, service_request=source, proposed_on=today, due_on=due_on)
    by = SYSTEM if entry.is_anonymous else actor
    record_audit("improvement_proposed", row, actor=by, at=at, fields={"title": row.title, "text": row.text})
    _tell_decider(row, at=at)
    return row


@transaction.atomic
def comment_on_improvement(*, improvement_id: int, text: str, actor: Actor, at: datetime) -> ImprovementComment:
    """Say something to a suggestion; the same words twice in a row are said once. Raises ActionRefused."""
    person = _require_employee(actor)
    row = Improvement.objects.select_for_update().get(pk=improvement_id)
    last = row.comments.order_by("-pk").first()
    if last is not None and (last.employee_id, last.text) == (person.pk, text):
        return last
    comment = ImprovementComment.objects.create(improvement=row, employee=person, text=text, at=at)
    record_audit("improvement_commented", row, actor=actor, at=at, fields={"text": text})
    return comment


@transaction.atomic
def decide_improvement(
    *, improvement_id: int, is_adopted: bool, reason: str, actor: Actor, at: datetime
) -> Improvement:
    """Adopt a suggestion or not, with the reason; whoever proposed it is told. A second click changes nothing.

    Raises ActionRefused for who may not decide it, DecidedAlready where somebody else was quicker.
    """
    row = _locked(improvement_id, actor)
    state = ImprovementState.ADOPTED if is_adopted else ImprovementState.DECLINED
    if row.state != ImprovementState.OPEN:
        if (row.state, row.decision_reason) == (state, reason):
            return row
        raise DecidedAlready
    row.state, row.decision_reason = state, reason
    row.decided_by, row.decided_on = actor.employee, timezone.localdate(at)
    row.save(update_fields=["state", "decision_reason", "decided_by", "decided_on"])
    record_audit("improvement_decided", row, actor=actor, at=at, fields={"state": state, "reason": reason})
    said = gettext("Adopted: %(title)s") if is_adopted else gettext("Not adopted: %(title)s")
    _tell_proposer(row, "decided", said, reason, at=at)
    return row


@transaction.atomic
def finish_improvement(*, improvement_id: int, note: str, actor: Actor, at: datetime) -> Improvement:
    """Say that an adopted suggestion is done; whoever proposed it is told. A second click changes nothing.

    Raises ActionRefused for who may not decide it, DecidedAlready for one that was not adopted.
    """
    row = _locked(improvement_id, actor)
    if row.state == ImprovementState.DONE:
        return row
    if row.state != ImprovementState.ADOPTED:
        raise DecidedAlready
    row.state, row.done_note = ImprovementState.DONE, note
    row.done_by, row.done_on = actor.employee, timezone.localdate(at)
    row.save(update_fields=["state", "done_note", "done_by", "done_on"])
    record_audit("improvement_done", row, actor=actor, at=at, fields={"note": note})
    _tell_proposer(row, "done", gettext("Done: %(title)s"), note, at=at)
    return row


def _require_employee(actor: Actor) -> Employee:
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    return actor.employee


def _locked(improvement_id: int, actor: Actor) -> Improvement:
    row = Improvement.objects.select_for_update().get(pk=improvement_id)
    if not may_decide(actor, row):
        raise ActionRefused(Refusal.ROLE)
    return row


def _tell_decider(row: Improvement, *, at: datetime) -> None:
    decider = decider_of(row.department_id, besides=row.proposed_by_id)
    if decider is None:
        return
    with translation.override(STAFF_LANGUAGE):
        due = format_date(row.due_on, language=STAFF_LANGUAGE, today=timezone.localdate(at))
        said = gettext("To be decided by %(due)s: %(title)s") % {"due": due, "title": row.title}
    _tell(row, "proposed", decider, said, at=at)


def _tell_proposer(row: Improvement, step: str, said: str, words: str, *, at: datetime) -> None:
    if row.proposed_by is not None:
        text = said % {"title": row.title}
        _tell(row, step, row.proposed_by, f"{text}\n{words}" if words else text, at=at)


def _tell(row: Improvement, step: str, recipient: Employee, said: str, *, at: datetime) -> None:
    link = f"{settings.PUBLIC_URL.rstrip('/')}{row.get_absolute_url()}"
    entry = NoticeEntry(
        kind=Notice.Kind.SUGGESTION,
        recipient=recipient,
        dedupe_key=f"improvement:{row.pk}:{step}",
        text=f"{said}\n{link}",
        # Words of a resident's request stay words of it wherever they are told: what is redacted there goes here too.
        service_request=row.service_request,
        is_addressed=True,
    )
    queue_notice(entry, at=at)
