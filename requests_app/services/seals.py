"""Seal the audit trail: every minute, into one chain; nobody who writes evidence ever waits for it (RELIABILITY 7)."""

from datetime import datetime

from django.db import transaction

from requests_app.domain.seals import Link, Sealing, sign_head, sign_seal
from requests_app.models import AuditEntry, AuditHead
from requests_app.selectors.audit import VERIFICATION
from requests_app.selectors.seals import audit_key, is_genuine, link_of, sealed_entries, unsealed_entries
from requests_app.selectors.verification import Verification
from requests_app.services.sweeps import note_finish, note_start

# One transaction each: on SQLite nobody else can write meanwhile.
BATCH = 500


class BrokenChain(RuntimeError):
    """The end of the chain was tampered with: sealing on would make it look whole again."""


def seal_audit_entries(*, now: datetime, batch: int = BATCH) -> dict[str, int]:
    """Seal what waits, and say how many; of two sealers at once one finds nothing to do. Raises BrokenChain.

    The order of sealing is the chain's own: an entry whose transaction commits late is sealed late, whatever its id.
    """
    sealed = 0
    while part := _seal_batch(now=now, batch=batch):
        sealed += part
    return {"sealed": sealed}


def record_verification(found: Verification, *, started_at: datetime, at: datetime) -> None:
    """Keep when the trail was last verified and what was found, for whoever looks at it."""
    note_start(VERIFICATION, at=started_at)
    fault = str(found.fault) if found.fault else ""
    note_finish(VERIFICATION, at=at, counts={"entries": found.entries}, error=fault)


@transaction.atomic
def _seal_batch(*, now: datetime, batch: int) -> int:
    head = _hold_head()
    if head is None:
        return 0
    waiting = list(unsealed_entries().only("pk", "birth_hmac")[:batch])
    if not waiting:
        return 0
    end = link_of(head)
    for entry in waiting:
        end = _seal(entry, after=end, now=now)
    AuditEntry.objects.bulk_update(waiting, ["sequence", "chain_hash", "sealed_at"], batch_size=100)
    head.sequence, head.chain_hash = end
    head.sealed_at = now
    head.head_hmac = sign_head(end, key=audit_key())
    head.save()
    return len(waiting)


def _hold_head() -> AuditHead | None:
    """Lock the end of the chain; None while another sealer holds it. Raises BrokenChain."""
    start = Link.start()
    _, is_new = AuditHead.objects.get_or_create(
        pk=AuditHead.ONLY,
        defaults={"chain_hash": start.chain_hash, "head_hmac": sign_head(start, key=audit_key())},
    )
    if is_new and sealed_entries().exists():
        raise BrokenChain("The end of the chain is gone. Run verify_audit.")
    held = AuditHead.objects.select_for_update(skip_locked=True).filter(pk=AuditHead.ONLY).first()
    if held is not None and not is_genuine(held):
        raise BrokenChain("The end of the chain is not genuine. Run verify_audit.")
    return held


def _seal(entry: AuditEntry, *, after: Link, now: datetime) -> Link:
    entry.sequence, entry.sealed_at = after.sequence + 1, now
    sealing = Sealing(entry.sequence, entry.pk, entry.birth_hmac, now)
    entry.chain_hash = sign_seal(after.chain_hash, sealing, key=audit_key())
    return Link(entry.sequence, entry.chain_hash)
