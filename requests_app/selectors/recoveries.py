"""Lost second factors: what waits for Human Resources, and whose code a code is."""

from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from requests_app.models import FactorRecovery

_SHOWN = 20


def hash_of_code(code: str) -> str:
    """Give what is stored of a code, however it was typed: case, blanks and hyphens do not count."""
    plain = "".join(code.split()).replace("-", "").upper()
    return sha256(plain.encode(errors="surrogatepass")).hexdigest()


def recoveries_waiting() -> QuerySet[FactorRecovery]:
    """List who waits for Human Resources, the longest first."""
    rows = FactorRecovery.objects.filter(decided_at=None).select_related("employee__department")
    return rows.order_by("asked_at", "pk")


def recoveries_decided() -> QuerySet[FactorRecovery]:
    """List the latest decisions."""
    rows = FactorRecovery.objects.exclude(decided_at=None).select_related("employee", "decided_by")
    return rows.order_by("-decided_at", "-pk")[:_SHOWN]


def recovery_by_code(user_id: int, code: str, *, now: datetime) -> FactorRecovery | None:
    """Give the confirmed recovery of this login that a code is for, unused and not a day old."""
    return FactorRecovery.objects.filter(
        employee__user_id=user_id,
        employee__is_active=True,
        code_hash=hash_of_code(code),
        code_expires_at__gt=now,
        used_at=None,
    ).first()


def has_recovered(user_id: int) -> bool:
    """Say whether a second factor of this login was ever replaced through Human Resources."""
    return FactorRecovery.objects.filter(employee__user_id=user_id, used_at__isnull=False).exists()
