"""What the role may do under which the product runs on PostgreSQL, where it does not own the tables (RELIABILITY 7)."""

from django.db import connection, transaction

from requests_app.models import AuditEntry, AuditHead
from requests_app.selectors.runtime_role import RoleState, role_state

_SEAL = "sequence, chain_hash, sealed_at"


class UnfitRole(ValueError):
    """A role whose rights cannot be narrowed: there is none of that name, it is superuser, or it owns the tables."""


@transaction.atomic
def grant_runtime_role(role: str) -> None:
    """Let a role do what the product does and no more; again after each migration, for the tables that are new.

    Of the audit trail it may read, add and seal, but not change, delete, truncate or alter. Raises UnfitRole.
    """
    state = role_state(role)
    if state is not RoleState.FIT:
        raise UnfitRole(state.value)
    to, audit, head = (connection.ops.quote_name(name) for name in (role, _table(AuditEntry), _table(AuditHead)))
    with connection.cursor() as cursor:
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {to}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {to}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}",
            f"REVOKE ALL ON {audit}, {head}, django_migrations FROM {to}",
            f"GRANT SELECT ON django_migrations TO {to}",
            f"GRANT SELECT, INSERT, UPDATE ({_SEAL}) ON {audit} TO {to}",
            f"GRANT SELECT, INSERT, UPDATE ON {head} TO {to}",
        ):
            cursor.execute(statement)


def _table(model: type[AuditEntry] | type[AuditHead]) -> str:
    return model._meta.db_table
