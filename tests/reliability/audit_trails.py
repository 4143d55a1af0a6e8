"""Long audit trails, and ways in which somebody with the database but without the key tampers with one."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from io import StringIO
from itertools import islice
from typing import Any

from django.db import connection, transaction

from requests_app.domain.seals import EVIDENCE, Link, Sealing, sign_birth, sign_head, sign_seal
from requests_app.models import AuditEntry, AuditHead, Employee
from requests_app.selectors.seals import audit_key
from requests_app.services.seals import seal_audit_entries

WRONG_KEY = b"not the key of this trail"
Tampering = tuple[str, Callable[[], object]]
_FIELDS = ("channel", "kind", "category", "department", "owner", "received_at", "confidentiality")


def long_trail(number: int, *, at: datetime) -> None:
    """Seal what there is, then put in so many entries as logged contacts leave them, sealed already.

    Past the models and the sweep, which would take many minutes for a million; both are measured elsewhere.
    """
    seal_audit_entries(now=at)
    head = AuditHead.objects.get()
    people = [None, *Employee.objects.values_list("pk", flat=True)[:3]]
    with transaction.atomic():
        lift_guards()
        chain = _chained(number, people, after=Link(head.sequence, head.chain_hash), at=at)
        while part := list(islice(chain, 10_000)):
            _put_in(part)
            end = Link(part[-1][-3], part[-1][-2])
        AuditHead.objects.update(
            sequence=end.sequence, chain_hash=end.chain_hash, head_hmac=sign_head(end, key=audit_key())
        )
        put_guards_back()


def _chained(number: int, people: list[int | None], *, after: Link, at: datetime) -> Iterator[tuple[Any, ...]]:
    hashed = {name: (name * 8).encode().hex()[:64].ljust(64, "0") for name in _FIELDS}
    first = AuditEntry.objects.latest("pk").pk + 1
    for n in range(number):
        said = (
            at + timedelta(microseconds=n), "logged", people[n % len(people)], None, "servicerequest", n, hashed, 1,
            f"{n:032x}",
        )  # fmt: skip
        birth = sign_birth(said, key=audit_key())
        sealing = Sealing(after.sequence + 1, first + n, birth, at)
        after = Link(sealing.sequence, sign_seal(after.chain_hash, sealing, key=audit_key()))
        yield first + n, *said[:6], json.dumps(hashed), *said[7:], birth, *after, at


def _put_in(rows: list[tuple[Any, ...]]) -> None:
    columns = ("id", *EVIDENCE, "birth_hmac", "sequence", "chain_hash", "sealed_at")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = ("\t".join("\\N" if cell is None else str(cell) for cell in row) for row in rows)
            cursor.copy_from(StringIO("\n".join(lines)), "requests_app_auditentry", columns=columns)
            cursor.execute("SELECT setval(pg_get_serial_sequence('requests_app_auditentry', 'id'), %s)", [rows[-1][0]])
            return
        marks = ", ".join("%s" for _ in columns)
        cursor.executemany(f"INSERT INTO requests_app_auditentry ({', '.join(columns)}) VALUES ({marks})", rows)


def lift_guards() -> None:
    """Turn the triggers off, as only an owner of the tables can."""
    _each_guard("DISABLE TRIGGER {}", "DROP TRIGGER {}")


def put_guards_back() -> None:
    """Turn the triggers on again."""
    _each_guard("ENABLE ALWAYS TRIGGER {}", "{}")


def _each_guard(on_postgresql: str, on_sqlite: str) -> None:
    migration = import_module("requests_app.migrations.0003_seal_the_audit_trail")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked holds the table
            for statement in migration.POSTGRESQL_BACK[:4]:
                cursor.execute(f"ALTER TABLE requests_app_auditentry {on_postgresql.format(statement.split()[2])}")
            return
        for create, drop in zip(migration.SQLITE, migration.SQLITE_BACK, strict=True):
            cursor.execute(on_sqlite.format(drop.split()[-1] if "DROP" in on_sqlite else create))


def tamperings() -> Iterator[Tampering]:
    """Give ways to tamper with the trail, each different, first one of each kind and then everywhere in it."""
    entries = list(AuditEntry.objects.filter(sequence__isnull=False).order_by("sequence"))
    middle = len(entries) // 2
    places = dict.fromkeys((0, middle, len(entries) - 1, *range(len(entries))))
    yield from _of_the_end(entries)
    for place in places:
        yield from _of_one(entries, place)


def _of_the_end(entries: list[AuditEntry]) -> Iterator[Tampering]:
    last, whole = entries[-1], AuditEntry.objects.all()
    heads = AuditHead.objects.all()
    shorter = Link(entries[-2].sequence or 0, entries[-2].chain_hash or "")
    yield "the end is gone", heads.delete
    yield "the end is moved back", partial(heads.update, sequence=shorter.sequence, chain_hash=shorter.chain_hash)
    yield "everything is gone", whole.delete
    yield "all content is of one", partial(whole.update, action=last.action, object_id=1)
    for cut in (1, 2, len(entries) // 2, len(entries) - 1):
        gone = AuditEntry.objects.filter(sequence__gt=len(entries) - cut)
        yield f"the last {cut} are gone", gone.delete
        yield f"the last {cut} are gone and the end is made to fit", partial(_cut_off, gone, entries[-cut - 1])


def _of_one(entries: list[AuditEntry], place: int) -> Iterator[Tampering]:
    entry = entries[place]
    row = AuditEntry.objects.filter(pk=entry.pk)
    where = f"seal {entry.sequence}"
    for column, value in _changes(entry).items():
        yield f"{where}: another {column}", partial(row.update, **{column: value})
        if column in EVIDENCE:
            yield f"{where}: another {column}, signed with another key", partial(_resign, entry.pk, column, value)
    yield f"{where} is gone", row.delete
    yield f"{where} is put in again", partial(_insert, entry, signed=True)
    yield f"{where} is put in again as of today", partial(_insert, entry, signed=False)
    yield f"{where} is unsealed", partial(row.update, sequence=None, chain_hash=None, sealed_at=None)
    yield f"all from {where} on is sealed anew with another key", partial(_reseal, entries[place:], entries[place - 1])
    other = entries[(place + 1) % len(entries)]
    yield f"{where} says what the next says", partial(_swap, entry, other, [*EVIDENCE, "birth_hmac"])
    yield f"{where} changes places with the next", partial(_swap, entry, other, ["chain_hash", "sealed_at"])


def _changes(entry: AuditEntry) -> dict[str, object]:
    """Give another value for each column."""
    name = next(iter(entry.fields), "")
    return {
        "at": entry.at + timedelta(microseconds=1),
        "action": "noted",
        "actor_id": None if entry.actor_id else Employee.objects.values_list("pk", flat=True)[0],
        "on_behalf_of_id": Employee.objects.values_list("pk", flat=True)[1],
        "object_kind": "employee",
        "object_id": 4711,
        "fields": {**entry.fields, name: "0" * 64},
        "count": entry.count + 1,
        "salt": "f" * 32,
        "birth_hmac": "f" * 64,
        "sequence": entry.pk + 1_000_000_000,
        "chain_hash": "f" * 64,
        "sealed_at": datetime(2020, 1, 1, tzinfo=UTC),
        "id": entry.pk + 1_000_000_000,
    }


def _resign(pk: int, column: str, value: object) -> None:
    AuditEntry.objects.filter(pk=pk).update(**{column: value})
    entry = AuditEntry.objects.get(pk=pk)
    signed = sign_birth([getattr(entry, name) for name in EVIDENCE], key=WRONG_KEY)
    AuditEntry.objects.filter(pk=pk).update(birth_hmac=signed)


def _insert(entry: AuditEntry, *, signed: bool) -> None:
    copy = AuditEntry(**{name: getattr(entry, name) for name in (*EVIDENCE, "birth_hmac")})
    if not signed:
        copy.salt = "e" * 32
        copy.birth_hmac = sign_birth([getattr(copy, name) for name in EVIDENCE], key=WRONG_KEY)
    copy.save(force_insert=True)


def _reseal(entries: list[AuditEntry], before: AuditEntry) -> None:
    chain_hash = before.chain_hash or ""
    for entry in entries:
        sealing = Sealing(entry.sequence or 0, entry.pk, entry.birth_hmac, entry.sealed_at)
        chain_hash = sign_seal(chain_hash, sealing, key=WRONG_KEY)
        AuditEntry.objects.filter(pk=entry.pk).update(chain_hash=chain_hash)
    end = Link(entries[-1].sequence or 0, chain_hash)
    AuditHead.objects.update(chain_hash=chain_hash, head_hmac=sign_head(end, key=WRONG_KEY))


def _swap(one: AuditEntry, other: AuditEntry, columns: list[str]) -> None:
    for to, source in ((one, other), (other, one)):
        AuditEntry.objects.filter(pk=to.pk).update(**{name: getattr(source, name) for name in columns})


def _cut_off(gone: object, last: AuditEntry) -> None:
    gone.delete()  # type: ignore[attr-defined]  # a queryset, whose type is longer than this
    end = Link(last.sequence or 0, last.chain_hash or "")
    AuditHead.objects.update(sequence=end.sequence, chain_hash=end.chain_hash, head_hmac=sign_head(end, key=WRONG_KEY))
