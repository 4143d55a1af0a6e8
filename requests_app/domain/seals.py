"""How evidence is signed: an entry at its birth, and each seal over the one before it (RELIABILITY 7)."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

# What the first seal is chained to.
_GENESIS = "0" * 64
# The columns of an entry that are signed at its birth, in this order.
EVIDENCE = (
    "at", "action", "actor_id", "on_behalf_of_id", "object_kind", "object_id", "fields", "count", "salt",
)  # fmt: skip
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_HEAD = re.compile(r"\b(?:(\d{1,18})-)?([0-9a-f]{64})\b")


class Sealing(NamedTuple):
    """What a seal covers, besides the seal before it."""

    sequence: int
    entry_id: int
    birth_hmac: str
    sealed_at: datetime | None


class SealedRow(NamedTuple):
    """An entry of the chain, as the walk along it reads it."""

    chain_hash: str
    sealing: Sealing
    evidence: Sequence[object]


class Link(NamedTuple):
    """How far a chain reaches: the number of its last seal, and that seal."""

    sequence: int
    chain_hash: str

    def __str__(self) -> str:
        return f"{self.sequence}-{self.chain_hash}"

    @classmethod
    def start(cls) -> "Link":
        """Give the end of a chain in which nothing is sealed yet."""
        return cls(0, _GENESIS)


class FaultKind(StrEnum):
    """What can be wrong with the trail, said of the place where it is."""

    CONTENT = "does not say what it said when it was written"
    CHAIN = "does not carry the seal that follows from the one before"
    GAP = "does not follow the one before: entries between them are gone, moved or put in"
    UNREADABLE = "cannot be read: a column holds what never was written there"
    REPEATED = "is a copy of another entry"
    UNSEALED = "has waited too long for its seal: the sweep that seals does not run"
    EXTRA = "Entries carry numbers of the chain that belong to others."
    TAIL = "The chain is shorter than it was: its last entries are gone."
    HEAD_MISSING = "The row that keeps the end of the chain is gone."
    HEAD_FORGED = "The row that keeps the end of the chain was changed."
    HEAD_GIVEN = "The chain does not pass through the head given: it was cut off, or made anew, since."
    UNGUARDED = "The triggers that refuse changes are not all there and on."


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong, and the row it was found at; None where it is about no single row."""

    kind: FaultKind
    entry_id: int | None = None
    sequence: int | None = None

    def __str__(self) -> str:
        if self.entry_id is None:
            return self.kind.value
        place = f"entry {self.entry_id}" if self.sequence is None else f"entry {self.entry_id}, seal {self.sequence},"
        return f"{place} {self.kind}."


def salted(salt: str, value: str) -> str:
    """Give the hash under which an entry keeps a value: whoever has the value can show that it was this one."""
    # User text may hold a lone surrogate; evidence of it must not fail.
    return hashlib.sha256(f"{salt}:{value}".encode(errors="surrogatepass")).hexdigest()


def sign_birth(evidence: Iterable[object], *, key: bytes) -> str:
    """Give the HMAC over what an entry says, the values of EVIDENCE: the same text on every database."""
    at, *rest = evidence
    return _sign(_ENCODER.encode([_written(at), *rest]), key=key)


def sign_seal(previous: str, sealing: Sealing, *, key: bytes) -> str:
    """Give the seal that follows the seal `previous`."""
    sequence, entry_id, birth_hmac, sealed_at = sealing
    sealed = _written(sealed_at)
    return _sign(f"seal|{previous}|{sequence}|{entry_id}|{birth_hmac}|{sealed}", key=key)


def sign_head(head: Link, *, key: bytes) -> str:
    """Give the HMAC under which the end of the chain is kept, so that a shorter chain is not the whole one."""
    return _sign(f"head|{head}", key=key)


def first_fault(rows: Iterable[SealedRow], *, after: Link, key: bytes) -> tuple[Fault | None, Link]:
    """Walk sealed rows in their order; give what is wrong with the first broken one, and how far the chain is whole."""
    for row in rows:
        kind = _fault_of(row, after, key=key)
        if kind is not None:
            return Fault(kind, row.sealing.entry_id, row.sealing.sequence), after
        after = Link(row.sealing.sequence, row.chain_hash)
    return None, after


def read_head(text: str) -> tuple[int | None, str] | None:
    """Find a head in a text such as the mail it was sent in: its number, where there is one, and its hash."""
    found = _HEAD.search(text)
    return (int(found[1]) if found[1] else None, found[2]) if found else None


def _fault_of(row: SealedRow, after: Link, *, key: bytes) -> FaultKind | None:
    if row.sealing.sequence != after.sequence + 1:
        return FaultKind.GAP
    # Of two things wrong with a row its content is the one to name.
    if sign_birth(row.evidence, key=key) != row.sealing.birth_hmac:
        return FaultKind.CONTENT
    if sign_seal(after.chain_hash, row.sealing, key=key) != row.chain_hash:
        return FaultKind.CHAIN
    return None


def _written(at: object) -> object:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(at, datetime) else at


def _sign(text: str, *, key: bytes) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()
