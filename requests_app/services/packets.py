"""Seal the figures of a closed month: once for the same figures, and anew, beside the old, when they have changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from requests_app.domain.packets import (
    CHANGES,
    DATA,
    Sealing,
    changes,
    data_digest,
    data_in,
    digest,
    manifest_of,
    opened,
    packed,
    written,
)
from requests_app.domain.periods import Month
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.seals import Link
from requests_app.domain.vocabulary import Role
from requests_app.models import BackgroundJob, Packet
from requests_app.selectors.access import Actor
from requests_app.selectors.packets import SEALED, latest_packet, packet_before
from requests_app.selectors.seals import chain_end, link_of
from requests_app.services.events import record_audit
from requests_app.services.jobs import enqueue_job
from requests_app.services.register_locks import lock_registers_of_hr

SEAL_JOB, REMAKE_JOB = "seal_packet", "remake_packet"


@dataclass(frozen=True, slots=True)
class Counted:
    """A month as it was counted: the data, and the files drawn from them."""

    data: Mapping[str, Any]
    drawn: Mapping[str, bytes]
    drawn_by: str


@transaction.atomic
def ask_for_packet(*, month: Month, actor: Actor, at: datetime) -> BackgroundJob:
    """Have a month sealed in the background. Raises ActionRefused for other roles and for a month that is not over."""
    if not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    if month.last_on >= timezone.localdate(at):
        raise ActionRefused(Refusal.STATUS)
    return enqueue_job(SEAL_JOB, parameters={"month": str(month)}, actor=actor, at=at)


@transaction.atomic
def ask_to_remake(packet: Packet, *, actor: Actor, at: datetime) -> BackgroundJob:
    """Have a packet made again from the data of today, to be held against what was sealed."""
    return enqueue_job(REMAKE_JOB, parameters={"packet_id": packet.pk}, actor=actor, at=at)


@transaction.atomic
def seal_packet(*, month: Month, counted: Counted, as_of: datetime, actor: Actor, at: datetime) -> tuple[Packet, bool]:
    """Keep a month as a sealed packet, and say whether it is a new one: unchanged figures give the one there is.

    The manifest names the end of the audit trail, and the trail gets the manifest's hash: each is bound to the other.
    Of two who seal the same month at once the second finds the packet of the first.
    """
    lock_registers_of_hr()
    before = latest_packet(month)
    of_data = data_digest(counted.data)
    if before is not None and before.data_digest == of_data:
        return before, False
    head = link_of(chain_end())
    packet = Packet(
        month=str(month),
        revision=before.revision + 1 if before else 1,
        as_of=as_of,
        sealed_at=at,
        sealed_by=actor.employee,
        data_digest=of_data,
        audit_sequence=head.sequence,
        audit_hash=head.chain_hash,
    )
    _fill(packet, counted, before=before, drawn_by=counted.drawn_by)
    packet.save(force_insert=True)
    evidence = {"month": packet.month, "revision": packet.revision, "manifest": packet.manifest_digest}
    record_audit(SEALED, packet, actor=actor, at=at, fields=evidence)
    return packet, True


def made_again(packet: Packet, counted: Counted) -> bytes:
    """Give the bytes a packet would have if it were sealed from these data, at its own instant and place.

    Its manifest says of the drawing what the sealed one says, so that the same files are the same bytes.
    """
    copy = Packet(
        **{
            name: getattr(packet, name)
            for name in ("month", "revision", "as_of", "sealed_at", "audit_sequence", "audit_hash")
        }
    )
    drawn_by = opened(bytes(packet.content)).drawn_by
    _fill(copy, counted, before=packet_before(packet), drawn_by=drawn_by)
    return bytes(copy.content)


def record_packet_fetched(packet: Packet, *, actor: Actor, at: datetime) -> None:
    """Leave evidence that somebody took a packet out of the product."""
    record_audit("packet_fetched", packet, actor=actor, at=at)


def _fill(packet: Packet, counted: Counted, *, before: Packet | None, drawn_by: str) -> None:
    files = {**counted.drawn, DATA: written(counted.data)}
    if before is not None:
        packet.changes = changes(data_in(opened(bytes(before.content))), counted.data)
        files[CHANGES] = written(packet.changes)
    sealing = Sealing(
        month=packet.month,
        revision=packet.revision,
        as_of=packet.as_of,
        sealed_at=packet.sealed_at,
        head=Link(packet.audit_sequence, packet.audit_hash),
        replaces=before.manifest_digest if before else "",
        drawn_by=drawn_by,
    )
    manifest = manifest_of(files, sealing, of_data=data_digest(counted.data))
    packet.manifest, packet.manifest_digest = manifest.decode(), digest(manifest)
    packet.content = packed(files, manifest, at=packet.sealed_at)
