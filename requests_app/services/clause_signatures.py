"""Sign for a clause, and withdraw what was signed (III.b.i.4, III.b.ii.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.domain.clause_signatures import SIGNABLE, may_sign
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import ClauseSignature, Employee
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureEntry:
    """What is signed; without a department it is for the whole city."""

    clause: str
    from_on: date
    to_on: date
    statement: str
    evidence: str = ""
    department_id: int | None = None


@transaction.atomic
def sign_clause(entry: SignatureEntry, *, actor: Actor, at: datetime) -> ClauseSignature:
    """Sign; the same words for the same days once more are one signature. Raises ActionRefused for whoever may not."""
    signer = actor.employee
    heads, is_hr = actor.departments_as(Role.DEPARTMENT_HEAD), actor.holds(Role.HR)
    if signer is None or entry.clause not in SIGNABLE or not may_sign(entry.department_id, is_hr=is_hr, heads=heads):
        raise ActionRefused(Refusal.ROLE)
    Employee.objects.select_for_update().get(pk=signer.pk)  # a second click waits for the first, and finds it
    facts = {
        "clause": entry.clause,
        "department_id": entry.department_id,
        "from_on": entry.from_on,
        "to_on": entry.to_on,
        "statement": entry.statement,
        "evidence": entry.evidence,
    }
    known = ClauseSignature.objects.filter(**facts, signed_by=signer, withdrawn_at__isnull=True).first()
    if known is not None:
        return known
    signed = ClauseSignature.objects.create(**facts, signed_at=at, signed_by=signer)
    record_audit("clause_signed", signed, actor=actor, at=at, fields=facts)
    return signed


@transaction.atomic
def withdraw_signature(signature_id: int, *, actor: Actor, at: datetime) -> ClauseSignature:
    """Withdraw a signature; it stays on record. Whoever signed may, and Human Resources. Twice changes nothing."""
    signed = ClauseSignature.objects.select_for_update().get(pk=signature_id)
    if signed.signed_by_id != actor.employee_id and not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    if signed.withdrawn_at is None:
        signed.withdrawn_at, signed.withdrawn_by = at, actor.employee
        signed.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record_audit("signature_withdrawn", signed, actor=actor, at=at)
    return signed
