"""From due to destroyed: proposed, approved, consented to, resolved; each by somebody else (Cal. Gov. Code 34090)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from requests_app.domain.disposal import DisposalState, DisposalStep, way_of
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Involvement, Role
from requests_app.models import BackgroundJob, DisposalItem, DisposalList, RequestSubject
from requests_app.selectors.access import Actor
from requests_app.selectors.disposals import is_unfinished, may_take
from requests_app.selectors.retention import current_retentions, due_for_disposal, retention_of
from requests_app.services.events import record_audit
from requests_app.services.jobs import enqueue_job

MOST_ITEMS = 2000
JOB_KIND = "destroy_records"


@transaction.atomic
def propose_disposal(*, department_id: int | None, is_confidential: bool, actor: Actor, at: datetime) -> DisposalList:
    """List what is due in a department, as of now. Raises ActionRefused where nothing is, and for other roles."""
    if actor.employee is None or not actor.holds(Role.HR if is_confidential else Role.RECORDS_CLERK):
        raise ActionRefused(Refusal.ROLE)
    due = due_for_disposal(actor, is_confidential=is_confidential, now=at).filter(department=department_id)
    rows = list(due.select_for_update(of=("self",))[:MOST_ITEMS])
    if not rows:
        raise ActionRefused(Refusal.NOTHING_DUE)
    disposal = DisposalList.objects.create(
        department_id=department_id, is_confidential=is_confidential, proposed_by=actor.employee, proposed_at=at
    )
    retentions = current_retentions()
    DisposalItem.objects.bulk_create(
        DisposalItem(
            disposal=disposal,
            service_request=row,
            number=row.number,
            kind=row.kind,
            received_at=row.received_at,
            closed_at=row.closed_at or at,
            retention=retention_of(row, retentions).code,
            years=retention_of(row, retentions).years,
        )
        for row in rows
    )
    record_audit("disposal_proposed", disposal, actor=actor, at=at, count=len(rows))
    return disposal


def approve_disposal(*, disposal_id: int, actor: Actor, at: datetime) -> DisposalList:
    """Approve a list as head of its department."""
    return _take(disposal_id, DisposalStep.APPROVE, {"approved_by": actor.employee, "approved_at": at}, actor, at)


def consent_to_disposal(*, disposal_id: int, actor: Actor, at: datetime) -> DisposalList:
    """Consent to a list as city attorney."""
    return _take(disposal_id, DisposalStep.CONSENT, {"consented_by": actor.employee, "consented_at": at}, actor, at)


@transaction.atomic
def resolve_disposal(*, disposal_id: int, resolution: str, actor: Actor, at: datetime) -> DisposalList:
    """Record the council's resolution; that asks for the destruction, which a worker does."""
    facts = {"resolution": resolution, "resolved_by": actor.employee, "resolved_at": at}
    disposal = _take(disposal_id, DisposalStep.RESOLVE, facts, actor, at)
    enqueue_job(JOB_KIND, parameters={"disposal_id": disposal.pk}, actor=actor, at=at)
    return disposal


def withdraw_disposal(*, disposal_id: int, reason: str, actor: Actor, at: datetime) -> DisposalList:
    """Take a list back before the council's resolution is recorded."""
    facts = {"withdraw_reason": reason, "withdrawn_by": actor.employee, "withdrawn_at": at}
    return _take(disposal_id, DisposalStep.WITHDRAW, facts, actor, at)


@transaction.atomic
def resume_disposal(*, disposal_id: int, actor: Actor, at: datetime) -> BackgroundJob:
    """Ask once more for a destruction that was cut short; what is done stays done."""
    disposal = DisposalList.objects.select_for_update(of=("self",)).get(pk=disposal_id)
    if not actor.holds(Role.RECORDS_CLERK, Role.CITY_MANAGER):
        raise ActionRefused(Refusal.ROLE)
    if not is_unfinished(disposal):
        raise ActionRefused(Refusal.DISPOSAL_STATE)
    return enqueue_job(JOB_KIND, parameters={"disposal_id": disposal.pk}, actor=actor, at=at)


@transaction.atomic
def _take(
    disposal_id: int, step: DisposalStep, facts: Mapping[str, object], actor: Actor, at: datetime
) -> DisposalList:
    """Take one step on a locked list, by the table. Raises ActionRefused for the state first, then for the person."""
    disposal = DisposalList.objects.select_for_update(of=("self",)).get(pk=disposal_id)
    way = way_of(disposal.state, step)
    if way is None:
        raise ActionRefused(Refusal.DISPOSAL_STATE)
    if not may_take(disposal, step, actor):
        raise ActionRefused(Refusal.DISPOSAL_PERSON)
    if _concerns(disposal, actor):
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    disposal.state = way.to.value
    for name, value in facts.items():
        setattr(disposal, name, value)
    disposal.save(update_fields=["state", *facts])
    record_audit(f"disposal_{way.to.value}", disposal, actor=actor, at=at, fields={"state": way.to.value})
    return disposal


def _concerns(disposal: DisposalList, actor: Actor) -> bool:
    """Say whether a request on the list is about the person acting, who then decides nothing of it."""
    return RequestSubject.objects.filter(
        service_request__disposal_items__disposal=disposal,
        employee=actor.employee,
        involvement=Involvement.CONCERNED,
    ).exists()


def finish_disposal(disposal: DisposalList, *, actor: Actor, at: datetime) -> None:
    """Close a list of which nothing is left to destroy: from now on it is the certificate."""
    disposal.state, disposal.destroyed_at = DisposalState.DESTROYED.value, at
    disposal.save(update_fields=["state", "destroyed_at"])
    record_audit("disposal_destroyed", disposal, actor=actor, at=at, fields={"resolution": disposal.resolution})
