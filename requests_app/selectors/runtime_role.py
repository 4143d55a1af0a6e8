"""Whether a role of PostgreSQL is one whose rights can be narrowed."""

from enum import StrEnum

from django.db import connection

from requests_app.models import AuditEntry

_QUESTION = """
    SELECT rolsuper, EXISTS (
        SELECT 1 FROM pg_tables WHERE tablename = %s AND pg_has_role(rolname, tableowner, 'MEMBER')
    ) FROM pg_roles WHERE rolname = %s
"""


class RoleState(StrEnum):
    """What a role is, said as a sentence about it."""

    FIT = "The role can be narrowed."
    UNKNOWN = "There is no such role. Make it first: CREATE ROLE name LOGIN PASSWORD '…'."
    SUPERUSER = "The role is superuser, whom no grant narrows."
    OWNER = "The role owns the tables, or is a member of the role that does."
    NOT_POSTGRESQL = "Only PostgreSQL has roles."


def role_state(role: str) -> RoleState:
    """Say what a role is."""
    if connection.vendor != "postgresql":
        return RoleState.NOT_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [AuditEntry._meta.db_table, role])
        found = cursor.fetchone()
    if found is None:
        return RoleState.UNKNOWN
    is_superuser, is_owner = found
    if is_superuser:
        return RoleState.SUPERUSER
    return RoleState.OWNER if is_owner else RoleState.FIT
