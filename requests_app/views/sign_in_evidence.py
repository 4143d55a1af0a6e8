"""Hear of sign-ins, failed sign-ins and sign-outs, whichever way they come, and have them recorded."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from requests_app.services.sign_in_evidence import record_failed_sign_in, record_sign_in, record_sign_out


@receiver(user_logged_in)
def signed_in(sender: object, user: AbstractBaseUser, **kwargs: Any) -> None:
    """Record a sign-in."""
    record_sign_in(user, at=timezone.now())


@receiver(user_logged_out)
def signed_out(sender: object, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    """Record a sign-out; a browser that was not signed in has none."""
    if user is not None and user.is_authenticated:
        record_sign_out(user, at=timezone.now())


@receiver(user_login_failed)
def sign_in_failed(sender: object, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a failed sign-in by the address typed, unless no database could look that up (a NUL, a surrogate)."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    record_failed_sign_in(typed if typed.isprintable() else "", at=timezone.now())
