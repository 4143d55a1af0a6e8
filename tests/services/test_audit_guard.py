"""Nobody changes evidence: not through the models, not in raw SQL, not as the owner of the tables."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from requests_app.models import AuditEntry, Department
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.seals import has_its_guards
from requests_app.services.events import record_audit
from requests_app.services.seals import seal_audit_entries

TABLE = "requests_app_auditentry"
SEAL = ("sequence", "chain_hash", "sealed_at")
CONTENT = [str(field.column) for field in AuditEntry._meta.fields if field.column not in SEAL]
OTHER = {
    "id": "id + 1000", "at": "'2020-01-01'", "action": "'other'", "actor_id": "1", "on_behalf_of_id": "1",
    "object_kind": "'other'", "object_id": "4711", "fields": "'{\"a\": \"b\"}'", "count": "99", "salt": "'other'",
    "birth_hmac": "'other'",
}  # fmt: skip
SET_SEAL = "sequence = 77, chain_hash = 'made up', sealed_at = '2020-01-01'"
_COPIED = ", ".join(name for name in CONTENT if name != "id")


@pytest.fixture
def entries(city: None, now: datetime) -> list[AuditEntry]:
    """Two entries that wait for their seal, and one before them that has it."""
    for _ in range(AuditEntry.objects.count(), 1):
        record_audit("tried", Department, actor=SYSTEM, at=now)
    seal_audit_entries(now=now)
    return [record_audit("tried", Department, actor=SYSTEM, at=now, fields={"a": 1}) for _ in range(2)]


def refused(*statements: str) -> bool:
    """Say whether the last of some statements is refused; whatever came of them is taken back."""
    *before, last = statements
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        try:
            with transaction.atomic():
                cursor.execute(last)
        except DatabaseError:
            return True
        finally:
            transaction.set_rollback(True)
    return False


def test_every_column_of_an_entry_is_guarded() -> None:
    """A column added later has to be named by the trigger of SQLite, and here."""
    assert set(CONTENT) == set(OTHER)


@pytest.mark.parametrize("column", CONTENT)
def test_no_column_can_be_changed_not_even_while_it_is_sealed(entries: list[AuditEntry], column: str) -> None:
    where = f"WHERE id = {entries[0].pk}"
    assert refused(f"UPDATE {TABLE} SET {column} = {OTHER[column]} {where}")
    assert refused(f"UPDATE {TABLE} SET {column} = {OTHER[column]}, {SET_SEAL} {where}")
    assert not refused(f"UPDATE {TABLE} SET {SET_SEAL} {where}"), "the statement itself must be sound"


@pytest.mark.parametrize("column", SEAL)
def test_a_seal_once_set_stays(entries: list[AuditEntry], column: str) -> None:
    sealed = AuditEntry.objects.exclude(sequence=None).latest("pk")
    for value in ("NULL", "'2020-01-01'" if column == "sealed_at" else "'99'"):
        assert refused(f"UPDATE {TABLE} SET {column} = {value} WHERE id = {sealed.pk}")
    assert refused(f"UPDATE {TABLE} SET sequence = NULL, chain_hash = NULL, sealed_at = NULL WHERE id = {sealed.pk}")


def test_nothing_is_deleted(entries: list[AuditEntry]) -> None:
    assert refused(f"DELETE FROM {TABLE} WHERE id = {entries[-1].pk}")
    assert refused(f"DELETE FROM {TABLE}")
    with pytest.raises(IntegrityError), transaction.atomic():
        entries[0].delete()


def test_an_entry_is_born_without_a_seal(entries: list[AuditEntry]) -> None:
    copied = f"INSERT INTO {TABLE} ({_COPIED}, sequence, chain_hash, sealed_at) SELECT {_COPIED}"
    assert refused(f"{copied}, 78, 'made up', at FROM {TABLE} WHERE id = {entries[0].pk}")
    assert not refused(f"{copied}, NULL, NULL, NULL FROM {TABLE} WHERE id = {entries[0].pk}")


def test_a_seal_is_whole(entries: list[AuditEntry]) -> None:
    assert refused(f"UPDATE {TABLE} SET sequence = 77 WHERE id = {entries[0].pk}")


def test_the_guards_are_there_and_missed_when_they_are_not(entries: list[AuditEntry]) -> None:
    assert has_its_guards()
    name = "audit_entry_is_only_sealed"
    on_table = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")
        assert not has_its_guards()
        transaction.set_rollback(True)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
def test_replacing_is_refused_on_sqlite_with_and_without_recursive_triggers(
    entries: list[AuditEntry], recursive_triggers: str
) -> None:
    copied = f"SELECT id, {_COPIED} FROM {TABLE} WHERE id = {entries[0].pk}"
    sealed = AuditEntry.objects.exclude(sequence=None).latest("pk")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive_triggers}")
        try:
            assert refused(f"INSERT OR REPLACE INTO {TABLE} (id, {_COPIED}) {copied}")
            assert refused(f"REPLACE INTO {TABLE} (id, {_COPIED}) {copied}")
            taken = f"sequence = {sealed.sequence}, chain_hash = 'x', sealed_at = at"
            assert refused(f"UPDATE OR REPLACE {TABLE} SET {taken} WHERE id = {entries[0].pk}")
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        f"TRUNCATE {TABLE}",
        f"TRUNCATE {TABLE} CASCADE",
        "TRUNCATE requests_app_employee CASCADE",
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET action = 'other'",
    ],
)
def test_the_owner_of_the_tables_who_is_superuser_is_refused_too(entries: list[AuditEntry], statement: str) -> None:
    assert _asked("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    assert _asked(f"SELECT tableowner = current_user FROM pg_tables WHERE tablename = '{TABLE}'")
    assert refused(statement)
    assert refused("SET LOCAL session_replication_role = replica", statement)


def _asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
