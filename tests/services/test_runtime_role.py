"""The role under which the product runs can do its work, and cannot touch evidence."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry
from requests_app.services.answers import answer_request
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, ContactEntry
from requests_app.services.requests import log_request
from requests_app.services.seals import seal_audit_entries
from tests.cast import Cast, actor

ROLE = "pinole_runtime_of_a_test"
TABLE = "requests_app_auditentry"


@pytest.fixture
def as_runtime_role(cast: Cast) -> Iterator[None]:
    """Go on as the narrowed role; the role goes with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_runtime_role", ROLE, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


@pytest.mark.postgres
@pytest.mark.usefixtures("as_runtime_role")
def test_it_does_the_work_of_the_product(cast: Cast, now: datetime) -> None:
    contact = ContactEntry(
        channel=Channel.PHONE,
        title="Pothole",
        received_at=now,
        customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    found = log_request(contact, actor=actor(cast.fay), at=now)
    answer = AnswerEntry(channel=Channel.PHONE, text="On Friday.", occurred_at=now)
    answer_request(request_id=found.pk, entry=answer, actor=actor(cast.alice), at=now)
    assert seal_audit_entries(now=now)["sealed"] == AuditEntry.objects.count() > 0


@pytest.mark.postgres
@pytest.mark.usefixtures("as_runtime_role")
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET action = 'other'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        f"ALTER TABLE {TABLE} DROP COLUMN salt",
        f"DROP TRIGGER audit_entry_is_never_deleted ON {TABLE}",
        f"DROP TABLE {TABLE}",
        "CREATE OR REPLACE FUNCTION audit_entry_refused() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "DELETE FROM requests_app_audithead",
        "UPDATE django_migrations SET name = 'other'",
    ],
)
def test_it_cannot_touch_evidence_nor_what_guards_it(statement: str) -> None:
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("role", "why"), [("nobody_of_this_name", "no such role"), ("postgres", "superuser"), ("owns_the_tables", "owns")]
)
def test_a_role_that_no_grant_narrows_is_refused(db: None, role: str, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE owns_the_tables")
        cursor.execute(f"ALTER TABLE {TABLE} OWNER TO owns_the_tables")
    with pytest.raises(CommandError, match=why):
        call_command("grant_runtime_role", role)


@pytest.mark.once
def test_where_there_are_no_roles_it_says_so(db: None) -> None:
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("grant_runtime_role", ROLE)
