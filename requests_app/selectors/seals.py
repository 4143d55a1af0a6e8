"""What is sealed, what waits for its seal, and where the chain of seals ends."""

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from requests_app.domain.seals import Link, sign_head
from requests_app.models import AuditEntry, AuditHead

_GUARDS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'requests_app_auditentry'",
        {"audit_entry_is_new", "audit_entry_is_only_sealed", "audit_entry_is_never_deleted"},
    ),
    "postgresql": (
        # 'A': fires whatever session_replication_role says.
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'requests_app_auditentry'::regclass AND tgenabled = 'A'",
        {
            "audit_entry_is_new", "audit_entry_is_only_sealed", "audit_entry_is_never_deleted",
            "audit_entry_is_never_truncated",
        },
    ),
}  # fmt: skip


def audit_key() -> bytes:
    """Give the key that entries, seals and the head are signed with."""
    return settings.AUDIT_KEY.encode()


def chain_end() -> AuditHead | None:
    """Give the row that keeps the end of the chain; None before the first seal."""
    return AuditHead.objects.filter(pk=AuditHead.ONLY).first()


def link_of(head: AuditHead | None) -> Link:
    """Give the end of the chain as a link; the start of it where nothing was sealed yet."""
    return Link(head.sequence, head.chain_hash) if head else Link.start()


def is_genuine(head: AuditHead) -> bool:
    """Say whether the kept end of the chain carries its HMAC."""
    return head.head_hmac == sign_head(link_of(head), key=audit_key())


def unsealed_entries() -> QuerySet[AuditEntry]:
    """Give what waits for its seal, in the order it will get it."""
    return AuditEntry.objects.filter(sequence__isnull=True).order_by("pk")


def sealed_entries() -> QuerySet[AuditEntry]:
    """Give the chain, in its own order."""
    return AuditEntry.objects.filter(sequence__isnull=False).order_by("sequence")


def has_its_guards() -> bool:
    """Say whether the triggers that refuse changes are there and on."""
    question, names = _GUARDS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return names <= {name for (name,) in cursor.fetchall()}
