"""Walk the audit trail and say what is wrong first; in chunks, so that a million entries need no memory."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from multiprocessing import get_context
from typing import Any

from django.db import DatabaseError, connection, connections
from django.db.models import Count, Max, QuerySet

from requests_app.domain.seals import (
    EVIDENCE,
    Fault,
    FaultKind,
    Link,
    SealedRow,
    Sealing,
    first_fault,
    read_head,
    sign_birth,
)
from requests_app.models import AuditEntry, AuditHead
from requests_app.selectors.seals import (
    audit_key,
    chain_end,
    has_its_guards,
    is_genuine,
    link_of,
    sealed_entries,
    unsealed_entries,
)

# A sweep seals every minute: what is older was passed over.
SEALED_WITHIN = timedelta(minutes=10)
# What one process walks before it takes the next part.
PART = 50_000
_CHUNK = 5_000
_BEFORE_ALL = -(2**63)
_COLUMNS = ("sequence", "pk", "birth_hmac", "sealed_at", "chain_hash", *EVIDENCE)
_Row = tuple[Any, ...]
# Where a part starts, what is wrong in it, and how far it is whole.
_Part = tuple[Link, Fault | None, Link]


class InvalidHead(ValueError):
    """A text in which there is no head."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along the whole trail found; `head` is how far the chain is whole."""

    unsealed: int
    head: Link
    fault: Fault | None

    @property
    def entries(self) -> int:
        """Count what was found whole."""
        return self.head.sequence + self.unsealed


@dataclass(frozen=True, slots=True)
class _Unreadable(Exception):
    entry_id: int
    sequence: int | None


def verify_trail(*, now: datetime, head: str = "", processes: int = 1, part: int = PART) -> Verification:
    """Walk the whole trail; nothing is changed. Raises InvalidHead.

    `head` is one that was mailed: the trail must still pass through it, so that a tail cut off is noticed even where
    the end kept in the database was put back with it. Outside a transaction a long trail is walked by several
    processes, `part` entries at a time.
    """
    given = _given(head)
    kept = chain_end()  # first: what is sealed during the walk lies beyond it
    is_long = kept is not None and kept.sequence > part and processes > 1 and not connection.in_atomic_block
    known = _parts(range(0, kept.sequence, part), part, processes) if kept and is_long else []
    fault, end = _walk_chain(known)
    fault = fault or _fault_of_end(kept, end) or _fault_of_extra(end) or (_fault_of_head(*given) if given else None)
    waiting_fault, unsealed = _walk_unsealed(now)
    return Verification(unsealed, end, fault or waiting_fault or _fault_of_copies() or _fault_of_guards())


def _given(head: str) -> tuple[int | None, str] | None:
    given = read_head(head)
    if head and given is None:
        raise InvalidHead(head)
    return given


def _parts(firsts: range, part: int, processes: int) -> Iterator[_Part]:
    """Walk the parts of a chain in processes of their own, and give them in order."""
    connections.close_all()  # no connection survives a fork
    context = get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_forget_connections) as pool:
        yield from pool.map(_walk_part, firsts, repeat(part))


def _forget_connections() -> None:
    """Leave alone whatever a process was born with: two that speak over one connection read each other's answers."""
    for known in connections.all(initialized_only=True):
        del connections[known.alias]


def _walk_part(first: int, part: int) -> _Part:
    """Walk the entries after a number, as if all before them were whole: they are held against them later."""
    try:
        before = sealed_entries().filter(sequence=first).values_list("chain_hash", flat=True).first()
        start = Link(first, before or "") if first else Link.start()
        return start, *_walk(start, position=first, entries=sealed_entries().filter(sequence__lte=first + part))
    finally:
        connections.close_all()


def _walk_chain(parts: Iterable[_Part]) -> tuple[Fault | None, Link]:
    """Join the parts that were walked already as far as they are whole, and walk the rest."""
    end = Link.start()
    for start, fault, reached in parts:
        if start != end:
            break
        if fault:
            return fault, reached
        end = reached
    return _walk(end, position=end.sequence or _BEFORE_ALL, entries=sealed_entries())


def _walk(end: Link, *, position: int, entries: QuerySet[AuditEntry]) -> tuple[Fault | None, Link]:
    fault = None
    try:
        while fault is None and (rows := _read(entries.filter(sequence__gt=position))):
            position = rows[-1][0]
            fault, end = first_fault(map(_sealed_row, rows), after=end, key=audit_key())
    except _Unreadable as unreadable:
        fault = Fault(FaultKind.UNREADABLE, unreadable.entry_id, unreadable.sequence)
    return fault, end


def _walk_unsealed(now: datetime) -> tuple[Fault | None, int]:
    fault, position, walked = None, _BEFORE_ALL, 0
    try:
        while rows := _read(unsealed_entries().filter(pk__gt=position)):
            position, walked = rows[-1][1], walked + len(rows)
            fault = fault or next((found for row in rows if (found := _fault_of_unsealed(row, now))), None)
    except _Unreadable as unreadable:
        fault = fault or Fault(FaultKind.UNREADABLE, unreadable.entry_id)
    return fault, walked


def _fault_of_unsealed(row: _Row, now: datetime) -> Fault | None:
    _, entry_id, birth_hmac, _, _, at, *_ = row
    if sign_birth(row[5:], key=audit_key()) != birth_hmac:
        return Fault(FaultKind.CONTENT, entry_id)
    return Fault(FaultKind.UNSEALED, entry_id) if at < now - SEALED_WITHIN else None


def _fault_of_end(kept: AuditHead | None, end: Link) -> Fault | None:
    """Hold the chain against the end of it that was kept."""
    if kept is None:
        return Fault(FaultKind.HEAD_MISSING) if end.sequence else None
    if not is_genuine(kept):
        return Fault(FaultKind.HEAD_FORGED)
    if end.sequence < kept.sequence:
        return Fault(FaultKind.TAIL)
    return _fault_of_head(*link_of(kept)) if kept.sequence else None


def _fault_of_extra(end: Link) -> Fault | None:
    """Look for entries with a number of the chain that the walk did not meet."""
    if sealed_entries().filter(sequence__lte=end.sequence).count() != end.sequence:
        return Fault(FaultKind.EXTRA)
    return None


def _fault_of_head(sequence: int | None, chain_hash: str) -> Fault | None:
    entries = sealed_entries().filter(chain_hash=chain_hash)
    if sequence is not None:
        entries = entries.filter(sequence=sequence)
    return None if entries.exists() else Fault(FaultKind.HEAD_GIVEN)


def _fault_of_copies() -> Fault | None:
    """Look for an entry put in again as it was, its HMAC included; the salt makes each one different."""
    repeated = (
        AuditEntry.objects.order_by().values("birth_hmac").annotate(n=Count("pk"), copy=Max("pk")).filter(n__gt=1)
    )
    copies = sorted(row["copy"] for row in repeated[:_CHUNK])
    return Fault(FaultKind.REPEATED, copies[0]) if copies else None


def _fault_of_guards() -> Fault | None:
    return None if has_its_guards() else Fault(FaultKind.UNGUARDED)


def _read(entries: QuerySet[AuditEntry]) -> Sequence[_Row]:
    """Read the next rows. Raises _Unreadable for the first that no longer is what its columns say."""
    rows = entries.values_list(*_COLUMNS)
    try:
        return list(rows[:_CHUNK])
    except (ValueError, TypeError, DatabaseError):
        for pk, sequence in entries.values_list("pk", "sequence")[:_CHUNK]:
            try:
                list(rows.filter(pk=pk))
            except (ValueError, TypeError, DatabaseError):
                raise _Unreadable(pk, sequence) from None
        raise


def _sealed_row(row: _Row) -> SealedRow:
    return SealedRow(row[4], Sealing(*row[:4]), row[5:])
