"""Evidence of who signed in, who tried to and who signed out; never of what was typed."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from requests_app.models import AuditEntry
from requests_app.selectors.access import SYSTEM, actor_for
from requests_app.services.events import record_audit


def record_sign_in(user: AbstractBaseUser, *, at: datetime) -> AuditEntry:
    """Record that somebody signed in."""
    return record_audit("signed_in", user, actor=actor_for(user), at=at)


def record_sign_out(user: AbstractBaseUser, *, at: datetime) -> AuditEntry:
    """Record that somebody signed out."""
    return record_audit("signed_out", user, actor=actor_for(user), at=at)


def record_failed_sign_in(login: str, *, at: datetime) -> AuditEntry:
    """Record that a sign-in failed: whose, where the login is known; of the address typed a salted hash.

    Nobody is its actor: who typed it is what nobody knows.
    """
    known = get_user_model()._default_manager.filter(email__iexact=login).only("pk").first() if login else None
    subject = known if known is not None else get_user_model()
    return record_audit("sign_in_failed", subject, actor=SYSTEM, at=at, fields={"email": login.lower()})
